namespace JinshanBio.Crm.Domain.Enterprises;

/// <summary>The fields of an enterprise that a merge chooses one by one.</summary>
public sealed record EnterpriseFields(
    string Name, string? CreditCode, string Country, string? Address, string? Kind, EnterpriseSize? Size, string? Group, Guid? ParentId,
    bool IsChainLeader, IReadOnlyList<string> LeaderFields, Guid? ImportId)
{
    public string? IndustryCode { get; init; }
    public string? Scope { get; init; }

    public static readonly EnterpriseFields None = new("", null, "CN", null, null, null, null, null, false, [], null);

    /// <summary>As the API names them.</summary>
    public static readonly IReadOnlyList<string> Names = ["name", "creditCode", "country", "address", "kind", "size", "group", "parentId", "isChainLeader", "industryCode", "scope"];

    /// <summary>The other's values where they are chosen, and its credit code also where there is none here.</summary>
    internal EnterpriseFields With(EnterpriseFields other, IReadOnlySet<string> chosen, Guid winnerId, Guid loserId)
    {
        bool Theirs(string name) => chosen.Contains(name);
        var parent = Theirs("parentId") ? other.ParentId : ParentId;
        return new EnterpriseFields(
            Theirs("name") ? other.Name : Name,
            Theirs("creditCode") || CreditCode is null ? other.CreditCode ?? CreditCode : CreditCode,
            Theirs("country") ? other.Country : Country,
            Theirs("address") ? other.Address : Address,
            Theirs("kind") ? other.Kind : Kind,
            Theirs("size") ? other.Size : Size,
            Theirs("group") ? other.Group : Group,
            // Nobody stands above oneself, and the loser stands above nobody any more.
            parent == winnerId || parent == loserId ? null : parent,
            Theirs("isChainLeader") ? other.IsChainLeader : IsChainLeader,
            Theirs("isChainLeader") ? other.LeaderFields : LeaderFields,
            ImportId ?? other.ImportId)
        { IndustryCode = Theirs("industryCode") ? other.IndustryCode : IndustryCode, Scope = Theirs("scope") ? other.Scope : Scope };
    }

    /// <summary>These fields with what the merge changed put back.</summary>
    /// <exception cref="Refusal">MergeChanged when somebody has changed such a field since.</exception>
    internal EnterpriseFields Back(EnterpriseFields before, EnterpriseFields after)
    {
        T Was<T>(string name, T now, T then, T merged)
        {
            if (Same(then, merged)) return now;
            return Same(now, merged) ? then : throw new Refusal(RefusalCode.MergeChanged, name) { Field = name };
        }
        return new EnterpriseFields(
            Was("name", Name, before.Name, after.Name), Was("creditCode", CreditCode, before.CreditCode, after.CreditCode), Was("country", Country, before.Country, after.Country),
            Was("address", Address, before.Address, after.Address), Was("kind", Kind, before.Kind, after.Kind), Was("size", Size, before.Size, after.Size),
            Was("group", Group, before.Group, after.Group), Was("parentId", ParentId, before.ParentId, after.ParentId),
            Was("isChainLeader", IsChainLeader, before.IsChainLeader, after.IsChainLeader), Was("isChainLeader", LeaderFields, before.LeaderFields, after.LeaderFields),
            Was("importId", ImportId, before.ImportId, after.ImportId))
        { IndustryCode = Was("industryCode", IndustryCode, before.IndustryCode, after.IndustryCode), Scope = Was("scope", Scope, before.Scope, after.Scope) };
    }

    private static bool Same<T>(T a, T b) => a is IReadOnlyList<string> x && b is IReadOnlyList<string> y ? x.SequenceEqual(y) : Equals(a, b);
}
