using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Searching;

namespace JinshanBio.Crm.Domain.Enterprises;

/// <summary>企业: a company that may invest, has invested, or supplies the chain. One record per company.</summary>
public sealed partial class Enterprise : Entity
{
    private Guid? _importId;

    private Enterprise() { }

    /// <param name="name">Full registered name as written.</param>
    /// <param name="creditCode">统一社会信用代码, or null for a foreign firm or when it is not known yet.</param>
    /// <param name="country">ISO 3166-1 alpha-2.</param>
    /// <exception cref="Refusal">CreditCodeWrong.</exception>
    public Enterprise(string name, string? creditCode, string country, DateTime createdAt, Guid createdById)
    {
        CreatedAt = createdAt;
        CreatedById = createdById;
        Country = country;
        Call(name.Trim());
        CreditCode = Checked(creditCode);
        RefreshKeys();
    }

    public string Name { get; private set; } = "";

    /// <summary>The name without company form, region and punctuation: equal for spellings of one name.</summary>
    public string CoreName { get; private set; } = "";

    /// <summary>How the core name sounds; null where it has no Chinese characters.</summary>
    public string? CorePinyin { get; private set; }
    public string? CreditCode { get; private set; }
    public string Country { get; private set; } = "CN";
    public string? Address { get; private set; }
    public string? Kind { get; private set; }
    public EnterpriseSize? Size { get; private set; }

    /// <summary>集团, by its name.</summary>
    public string? Group { get; private set; }

    /// <summary>上级企业.</summary>
    public Guid? ParentId { get; private set; }

    /// <summary>链主, and the fields that it leads.</summary>
    public bool IsChainLeader { get; private set; }
    public ICollection<string> LeaderFields { get; private set; } = [];

    /// <summary>Why it was registered although others looked like it.</summary>
    public string? DuplicateReason { get; init; }

    /// <summary>The record that this one was merged into; what hung on it hangs there.</summary>
    public Guid? MergedIntoId { get; private set; }
    public DateTime CreatedAt { get; private set; }
    public Guid CreatedById { get; private set; }
    public Guid? ImportId { get => _importId; init => _importId = value; }
    public ICollection<EnterpriseAlias> Aliases { get; } = [];
    public ICollection<EnterpriseLink> Links { get; } = [];

    /// <summary>Index keys under which search finds the names by characters, pinyin or initials.</summary>
    public ICollection<EnterpriseKey> Keys { get; } = [];

    /// <summary>更名: the old name stays on record as a former one. Wants aliases and keys loaded.</summary>
    public void Rename(string name, DateTime now)
    {
        name = name.Trim();
        if (name == Name) return;
        var before = Name;
        Call(name);
        if (Aliases.FirstOrDefault(a => a.IsCalled(name)) is { } known) Aliases.Remove(known);
        if (SearchText.Normalise(before) != SearchText.Normalise(name)) Know(AliasKind.Former, before, ShanghaiTime.Day(now), now);
        RefreshKeys();
    }

    /// <summary>A renaming is taken back, and the former name that it left with it. Wants aliases and keys loaded.</summary>
    public void NameAgain(string name)
    {
        if (name == Name) return;
        Call(name);
        if (Aliases.FirstOrDefault(a => a.Kind == AliasKind.Former && a.Name == name) is { } former) Aliases.Remove(former);
        RefreshKeys();
    }

    /// <exception cref="Refusal">CreditCodeWrong, beside the field creditCode.</exception>
    public void Identify(string? creditCode)
    {
        var code = Checked(creditCode);
        if (code == CreditCode) return;
        CreditCode = code;
        RefreshKeys();
    }

    public void Describe(string? address, string? kind, string country) => (Address, Kind, Country) = (Text(address), Text(kind), country);

    public void Classify(EnterpriseSize? size, string? group, bool isChainLeader, IEnumerable<string>? leaderFields)
    {
        (Size, Group, IsChainLeader) = (size, Text(group), isChainLeader);
        ICollection<string> fields = isChainLeader ? [.. (leaderFields ?? LeaderFields).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)] : [];
        if (!fields.SequenceEqual(LeaderFields)) LeaderFields = fields;
    }

    /// <param name="ancestors">The parent itself, its parent and so on.</param>
    /// <exception cref="Refusal">ParentLoop when the enterprise would stand above itself.</exception>
    public void BelongTo(Guid? parentId, IReadOnlyCollection<Guid> ancestors)
    {
        if (parentId == Id || ancestors.Contains(Id)) throw new Refusal(RefusalCode.ParentLoop, Name) { Field = "parentId" };
        ParentId = parentId;
    }

    public void WorkIn(IEnumerable<string> links)
    {
        var wanted = links.Distinct(StringComparer.Ordinal).ToList();
        foreach (var gone in Links.Where(l => !wanted.Contains(l.Code)).ToList()) Links.Remove(gone);
        foreach (var code in wanted.Except(Links.Select(l => l.Code)).ToList()) Links.Add(new EnterpriseLink(Id, code));
    }

    /// <summary>Other names as a person gives them all at once; wants keys loaded.</summary>
    public void AlsoCalled(IEnumerable<OtherName> names, DateTime now)
    {
        var wanted = names.Select(n => n with { Name = n.Name.Trim() }).DistinctBy(n => (n.Kind, SearchText.Normalise(n.Name))).ToList();
        foreach (var gone in Aliases.Where(a => !wanted.Exists(n => n.Kind == a.Kind && n.Name == a.Name)).ToList()) Aliases.Remove(gone);
        foreach (var name in wanted)
        {
            if (Aliases.FirstOrDefault(a => a.Kind == name.Kind && a.Name == name.Name) is { } known) known.Ended(name.Until);
            else Know(name.Kind, name.Name, name.Until, now);
        }
        RefreshKeys();
    }

    /// <exception cref="Refusal">EnterpriseMerged with the record to go to.</exception>
    public void MustStand()
    {
        if (MergedIntoId is { } into) throw new Refusal(RefusalCode.EnterpriseMerged, Name) { Details = new { mergedInto = into } };
    }

    internal EnterpriseFields Fields() => new(Name, CreditCode, Country, Address, Kind, Size, Group, ParentId, IsChainLeader, [.. LeaderFields], ImportId) { IndustryCode = IndustryCode, Scope = Scope };

    /// <summary>Takes all its fields at once; wants aliases and keys loaded.</summary>
    internal void Become(EnterpriseFields fields)
    {
        Call(fields.Name);
        (CreditCode, Country, Address, Kind, Size, Group) = (fields.CreditCode, fields.Country, fields.Address, fields.Kind, fields.Size, fields.Group);
        (ParentId, _importId, IndustryCode, Scope) = (fields.ParentId, fields.ImportId, fields.IndustryCode, fields.Scope);
        Classify(Size, Group, fields.IsChainLeader, fields.LeaderFields);
        RefreshKeys();
    }

    /// <summary>并入: stays as a record that leads to the other, and is found by no search. Wants links and keys loaded.</summary>
    internal void VanishInto(Guid winnerId)
    {
        (MergedIntoId, CreditCode, ParentId, CoreName, CorePinyin) = (winnerId, null, null, "", null);
        Links.Clear();
        Keys.Clear();
    }

    /// <summary>撤销合并: stands again with what it carried.</summary>
    internal void Return(EnterpriseFields fields)
    {
        MergedIntoId = null;
        Become(fields);
    }

    internal void RefreshKeys()
    {
        var wanted = SearchKeys.OfEnterprise(Name, CoreName, Aliases.Select(a => a.Name), CreditCode).ToHashSet();
        foreach (var stale in Keys.Where(k => !wanted.Contains(new(k.Kind, k.Key))).ToList()) Keys.Remove(stale);
        wanted.ExceptWith(Keys.Select(k => new SearchKey(k.Kind, k.Key)));
        foreach (var (kind, key) in wanted) Keys.Add(new EnterpriseKey(Id, kind, key));
    }

    private void Know(AliasKind kind, string name, DateOnly? until, DateTime now) => Aliases.Add(new EnterpriseAlias(Id, kind, name, until, now));

    private void Call(string name) => (Name, CoreName, CorePinyin) = (name, EnterpriseName.Core(name), EnterpriseName.CorePinyin(name));

    private static string? Checked(string? creditCode)
    {
        var code = Enterprises.CreditCode.Normalise(creditCode);
        return code is null || Enterprises.CreditCode.Check(code) is null ? code : throw new Refusal(RefusalCode.CreditCodeWrong, code) { Field = "creditCode" };
    }

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>企业规模, as in 中小企业划型标准规定.</summary>
public enum EnterpriseSize
{
    /// <summary>大型</summary>
    Large,
    /// <summary>中型</summary>
    Medium,
    /// <summary>小型</summary>
    Small,
    /// <summary>微型</summary>
    Micro,
}

/// <summary>One prefix under which an enterprise is found; see <see cref="SearchKeys"/>.</summary>
public sealed class EnterpriseKey(Guid enterpriseId, KeyKind kind, string key)
{
    public KeyKind Kind { get; private set; } = kind;
    public string Key { get; private set; } = key;
    public Guid EnterpriseId { get; private set; } = enterpriseId;
}

/// <summary>A link of the chain in which the enterprise works.</summary>
public sealed class EnterpriseLink(Guid enterpriseId, string code)
{
    public Guid EnterpriseId { get; private set; } = enterpriseId;
    public string Code { get; private set; } = code;
}
