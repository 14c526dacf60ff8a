namespace JinshanBio.Crm.Domain.Chain;

/// <summary>供应关系版本: that one link supplies another, and with what, from one moment to the next. See <see cref="LinkEdition"/>.</summary>
public sealed class EdgeEdition : Edition
{
    private EdgeEdition() { }

    public EdgeEdition(EdgeKey key, EdgeTerms terms, Edit edit) : base(edit)
    {
        (Supplier, Buyer, Kind) = (key.Supplier, key.Buyer, key.Kind);
        (SuppliesZh, SuppliesEn, IsCritical, NeedPercent, Phrase) = (terms.SuppliesZh.Trim(), terms.SuppliesEn.Trim(), terms.IsCritical, terms.NeedPercent, terms.Phrase);
    }

    /// <summary>Code of the link that supplies.</summary>
    public string Supplier { get; private set; } = "";

    /// <summary>Code of the link that buys.</summary>
    public string Buyer { get; private set; } = "";
    public SupplyKind Kind { get; private set; }

    /// <summary>供应内容.</summary>
    public string SuppliesZh { get; private set; } = "";
    public string SuppliesEn { get; private set; } = "";

    /// <summary>关键: without it the buyer cannot produce.</summary>
    public bool IsCritical { get; private set; }

    /// <summary>Supply as a percentage of the buyer's output, where somebody knows it; null takes the general share.</summary>
    public decimal? NeedPercent { get; private set; }

    /// <summary>The words of the policy, where it says so.</summary>
    public string? Phrase { get; private set; }

    public EdgeKey Key => new(Supplier, Buyer, Kind);
    public EdgeTerms Terms => new(SuppliesZh, SuppliesEn, IsCritical) { NeedPercent = NeedPercent, Phrase = Phrase };
}

/// <summary>What makes an edge one and the same over its editions.</summary>
public sealed record EdgeKey(string Supplier, string Buyer, SupplyKind Kind);

/// <summary>What is said about an edge.</summary>
public sealed record EdgeTerms(string SuppliesZh, string SuppliesEn, bool IsCritical)
{
    public decimal? NeedPercent { get; init; }
    public string? Phrase { get; init; }
}

/// <summary>供应类别.</summary>
public enum SupplyKind
{
    /// <summary>物料</summary>
    Material,
    /// <summary>装备</summary>
    Equipment,
    /// <summary>技术</summary>
    Technology,
    /// <summary>服务</summary>
    Service,
    /// <summary>能源</summary>
    Energy,
    /// <summary>产品</summary>
    Product,
    /// <summary>循环利用: a return loop, cycles are meant.</summary>
    Circular,
}
