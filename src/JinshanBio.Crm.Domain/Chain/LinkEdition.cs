namespace JinshanBio.Crm.Domain.Chain;

/// <summary>
/// 环节版本: what the map said about a link of the chain from one moment to the next. A change ends the edition and opens another, so that a report of a
/// past day uses the map of its day.
/// </summary>
public sealed class LinkEdition : Edition
{
    private LinkEdition() { }

    public LinkEdition(string code, LinkTerms terms, Edit edit) : base(edit)
    {
        Code = code;
        (Field, Tier, NameZh, NameEn, IsEnabling, Slot) = (terms.Field, terms.Tier, terms.NameZh.Trim(), terms.NameEn.Trim(), terms.IsEnabling, terms.Slot);
        (AlsoFields, Products, IndustryCodes, Constraints, Evidence) = (terms.AlsoFields, terms.Products, terms.IndustryCodes, terms.Constraints, terms.Evidence);
    }

    /// <summary>"MED-04"; never changes and is never used again.</summary>
    public string Code { get; private set; } = "";
    public string Field { get; private set; } = "";

    /// <summary>Further fields to which the link belongs.</summary>
    public IReadOnlyList<string> AlsoFields { get; private set; } = [];
    public ChainTier Tier { get; private set; }
    public string NameZh { get; private set; } = "";
    public string NameEn { get; private set; } = "";

    /// <summary>代表产品.</summary>
    public IReadOnlyList<string> Products { get; private set; } = [];

    /// <summary>GB/T 4754-2017 classes, four digits, as a suggestion.</summary>
    public IReadOnlyList<string> IndustryCodes { get; private set; } = [];

    /// <summary>约束: what its plants usually need or must be permitted.</summary>
    public IReadOnlyList<string> Constraints { get; private set; } = [];

    /// <summary>Where the policy names it.</summary>
    public IReadOnlyList<LinkEvidence> Evidence { get; private set; } = [];

    /// <summary>共性支撑: it serves many others.</summary>
    public bool IsEnabling { get; private set; }

    /// <summary>一城一港一湾一园一谷, as a suggestion.</summary>
    public string? Slot { get; private set; }

    public LinkTerms Terms => new(Field, Tier, NameZh, NameEn) { AlsoFields = AlsoFields, Products = Products, IndustryCodes = IndustryCodes, Constraints = Constraints, Evidence = Evidence, IsEnabling = IsEnabling, Slot = Slot };

    public bool IsIn(string field) => Field == field || AlsoFields.Contains(field);
}

/// <summary>What is said about a link.</summary>
public sealed record LinkTerms(string Field, ChainTier Tier, string NameZh, string NameEn)
{
    public IReadOnlyList<string> AlsoFields { get; init; } = [];
    public IReadOnlyList<string> Products { get; init; } = [];
    public IReadOnlyList<string> IndustryCodes { get; init; } = [];
    public IReadOnlyList<string> Constraints { get; init; } = [];
    public IReadOnlyList<LinkEvidence> Evidence { get; init; } = [];
    public bool IsEnabling { get; init; }
    public string? Slot { get; init; }

    public bool SaysTheSame(LinkTerms other) => (Field, Tier, NameZh, NameEn, IsEnabling, Slot) == (other.Field, other.Tier, other.NameZh, other.NameEn, other.IsEnabling, other.Slot)
        && AlsoFields.SequenceEqual(other.AlsoFields) && Products.SequenceEqual(other.Products) && IndustryCodes.SequenceEqual(other.IndustryCodes)
        && Constraints.SequenceEqual(other.Constraints) && Evidence.SequenceEqual(other.Evidence);
}

/// <summary>原文依据: the words of the policy and the section in which they stand.</summary>
public sealed record LinkEvidence(string Phrase, string Section);

/// <summary>上游、中游、下游, as seen from the link's own field.</summary>
public enum ChainTier
{
    /// <summary>上游</summary>
    Upstream,
    /// <summary>中游</summary>
    Midstream,
    /// <summary>下游</summary>
    Downstream,
}
