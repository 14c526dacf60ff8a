namespace JinshanBio.Crm.Domain.Chain;

/// <summary>
/// 配套伙伴: that a chain leader buys from, or sells to, a firm known by name, as an officer has heard or read it. One line for a firm and a role; removed when it
/// is no longer true.
/// </summary>
public sealed class Partner : Entity
{
    private Partner() { }

    /// <exception cref="Refusal">PartnerNotLeader, PartnerSelf, EnterpriseMerged.</exception>
    public Partner(Enterprises.Enterprise leader, Enterprises.Enterprise partner, PartnerTerms terms, DateTime now, Guid byId)
    {
        leader.MustStand();
        partner.MustStand();
        if (!leader.IsChainLeader) throw new Refusal(RefusalCode.PartnerNotLeader, leader.Name);
        if (leader.Id == partner.Id) throw new Refusal(RefusalCode.PartnerSelf) { Field = "partnerId" };
        (LeaderId, PartnerId, Relation, Link, Supply, KnownFrom) = (leader.Id, partner.Id, terms.Relation, terms.Link, terms.Supply.Trim(), terms.KnownFrom.Trim());
        (At, ById) = (now, byId);
    }

    /// <summary>链主.</summary>
    public Guid LeaderId { get; private set; }
    public Guid PartnerId { get; private set; }

    /// <summary>What the firm is to the leader.</summary>
    public PartnerRole Relation { get; private set; }

    /// <summary>Code of the firm's link, where somebody knows it.</summary>
    public string? Link { get; private set; }

    /// <summary>供应或采购内容.</summary>
    public string Supply { get; private set; } = "";

    /// <summary>Where this is known from.</summary>
    public string KnownFrom { get; private set; } = "";
    public DateTime At { get; private set; }
    public Guid ById { get; private set; }

    /// <summary>One enterprise takes the place of another, on either side: a merge, or its undoing.</summary>
    internal void Replace(Guid one, Guid other)
    {
        if (LeaderId == one) LeaderId = other;
        if (PartnerId == one) PartnerId = other;
    }

    /// <summary>
    /// Of the lines on the loser of a merge those that the winner can take over. What the winner has on record already, and what would make a firm its own partner,
    /// stays where it is: out of sight with the loser, and back with it when the merge is undone.
    /// </summary>
    /// <param name="all">All lines that name either of the two.</param>
    public static List<Partner> Movable(IEnumerable<Partner> all, Guid loserId, Guid winnerId)
    {
        var lines = all.ToList();
        var known = lines.Where(p => p.LeaderId != loserId && p.PartnerId != loserId).Select(p => (p.LeaderId, p.PartnerId, p.Relation)).ToHashSet();
        return [.. lines.Where(p => p.LeaderId == loserId || p.PartnerId == loserId).OrderBy(p => p.At).ThenBy(p => p.Id).Where(p =>
        {
            var (leader, partner) = (p.LeaderId == loserId ? winnerId : p.LeaderId, p.PartnerId == loserId ? winnerId : p.PartnerId);
            return leader != partner && known.Add((leader, partner, p.Relation));
        })];
    }
}

/// <summary>What is said about a partner.</summary>
public sealed record PartnerTerms(PartnerRole Relation, string? Link, string Supply, string KnownFrom);

/// <summary>伙伴关系.</summary>
public enum PartnerRole
{
    /// <summary>供应商: the leader buys from it.</summary>
    Supplier,
    /// <summary>客户: the leader sells to it.</summary>
    Customer,
}
