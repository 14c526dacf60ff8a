using JinshanBio.Crm.Domain.Searching;

namespace JinshanBio.Crm.Domain.Enterprises;

/// <summary>别名、曾用名: another name under which people know or knew the enterprise.</summary>
public sealed class EnterpriseAlias
{
    private EnterpriseAlias() { }

    public EnterpriseAlias(Guid enterpriseId, AliasKind kind, string name, DateOnly? until, DateTime at)
    {
        (EnterpriseId, Kind, Name, Until, At) = (enterpriseId, kind, name.Trim(), until, at);
        (CoreName, CorePinyin) = (EnterpriseName.Core(Name), EnterpriseName.CorePinyin(Name));
    }

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid EnterpriseId { get; private set; }
    public AliasKind Kind { get; private set; }
    public string Name { get; private set; } = "";
    public string CoreName { get; private set; } = "";
    public string? CorePinyin { get; private set; }

    /// <summary>Of a former name: the day since which it is not borne any more, when that is known.</summary>
    public DateOnly? Until { get; private set; }

    /// <summary>When it was put on record, UTC.</summary>
    public DateTime At { get; private set; }

    public bool IsCalled(string name) => SearchText.Normalise(name) == SearchText.Normalise(Name);

    internal void Ended(DateOnly? until) => Until = until;

    internal void MoveTo(Guid enterpriseId) => EnterpriseId = enterpriseId;
}

/// <param name="Until">Of a former name, when known.</param>
public sealed record OtherName(AliasKind Kind, string Name, DateOnly? Until = null);

public enum AliasKind
{
    /// <summary>简称</summary>
    Short,
    /// <summary>英文名</summary>
    English,
    /// <summary>其他名称</summary>
    Other,
    /// <summary>曾用名</summary>
    Former,
    /// <summary>A credit code that another record of the same enterprise carried.</summary>
    Code,
}
