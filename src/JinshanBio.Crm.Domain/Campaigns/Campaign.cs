using JinshanBio.Crm.Domain.Chain;

namespace JinshanBio.Crm.Domain.Campaigns;

/// <summary>招商活动: a forum, roadshow, trip, outpost, fund or alliance that aims at gaps of the chain. Leads say which one brought them.</summary>
public sealed class Campaign : Entity
{
    private Campaign() { }

    public Campaign(CampaignTerms terms, Guid ownerId, DateTime now, Guid byId)
    {
        (OwnerId, CreatedAt, CreatedById) = (ownerId, now, byId);
        Edit(terms);
    }

    public string Name { get; private set; } = "";
    public CampaignKind Kind { get; private set; }

    /// <summary>First day.</summary>
    public DateOnly From { get; private set; }

    /// <summary>Last day; null for what goes on, such as an outpost.</summary>
    public DateOnly? Until { get; private set; }
    public string? Place { get; private set; }

    /// <summary>预算, CNY yuan.</summary>
    public decimal? Budget { get; private set; }
    public string? Note { get; private set; }
    public Guid OwnerId { get; private set; }
    public DateTime CreatedAt { get; private set; }
    public Guid CreatedById { get; private set; }
    public DateTime? CancelledAt { get; private set; }
    public string? CancelReason { get; private set; }
    public ICollection<CampaignAim> Aims { get; } = [];
    public ICollection<CampaignCost> Costs { get; } = [];

    /// <exception cref="Refusal">CampaignCancelled.</exception>
    public void Edit(CampaignTerms terms)
    {
        if (CancelledAt is not null) throw new Refusal(RefusalCode.CampaignCancelled);
        (Name, Kind, From, Until, Place, Budget, Note) = (terms.Name.Trim(), terms.Kind, terms.From, terms.Until, Text(terms.Place), terms.Budget, Text(terms.Note));
    }

    /// <summary>The gaps it is for, as they stand on the day on which they are chosen. What stays chosen keeps the state of its day.</summary>
    /// <exception cref="Refusal">CampaignCancelled.</exception>
    public void AimAt(IEnumerable<LinkCoverage> gaps, DateTime now)
    {
        if (CancelledAt is not null) throw new Refusal(RefusalCode.CampaignCancelled);
        var wanted = gaps.DistinctBy(g => g.Link).ToList();
        foreach (var gone in Aims.Where(a => !wanted.Exists(g => g.Link == a.Link)).ToList()) Aims.Remove(gone);
        foreach (var gap in wanted.Where(g => Aims.All(a => a.Link != g.Link))) Aims.Add(new CampaignAim(Id, gap, now));
    }

    /// <summary>费用: also after it is over, and also of one that was cancelled.</summary>
    public void Spend(DateOnly on, decimal amount, string what, DateTime now, Guid byId) => Costs.Add(new CampaignCost(Id, on, amount, what.Trim(), now, byId));

    /// <exception cref="Refusal">NotFound.</exception>
    public void StrikeCost(Guid costId) => Costs.Remove(Costs.FirstOrDefault(c => c.Id == costId) ?? throw new Refusal(RefusalCode.NotFound));

    /// <exception cref="Refusal">CampaignCancelled.</exception>
    public void Cancel(string reason, DateTime now)
    {
        if (CancelledAt is not null) throw new Refusal(RefusalCode.CampaignCancelled);
        (CancelledAt, CancelReason) = (now, reason.Trim());
    }

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>What is said about a campaign. Money in yuan.</summary>
public sealed record CampaignTerms(string Name, CampaignKind Kind, DateOnly From, DateOnly? Until, string? Place, decimal? Budget, string? Note);

/// <summary>活动类型.</summary>
public enum CampaignKind
{
    /// <summary>论坛展会</summary>
    Forum,
    /// <summary>推介会</summary>
    Roadshow,
    /// <summary>外出招商</summary>
    Trip,
    /// <summary>驻外招商点</summary>
    Outpost,
    /// <summary>基金招商</summary>
    Fund,
    /// <summary>产业联盟</summary>
    Alliance,
}

/// <summary>A gap that the campaign aims at, as it stood when it was chosen.</summary>
public sealed class CampaignAim
{
    private CampaignAim() { }

    public CampaignAim(Guid campaignId, LinkCoverage gap, DateTime at)
    {
        (CampaignId, Link, At) = (campaignId, gap.Link, at);
        (StateThen, GapThen, CoverageThen) = (gap.State, decimal.Round(gap.WeightedGap, 2), decimal.Round(gap.CoverageHere, 2));
    }

    public Guid CampaignId { get; private set; }
    public string Link { get; private set; } = "";
    public DateTime At { get; private set; }
    public LinkState StateThen { get; private set; }

    /// <summary>加权缺口, yuan a year.</summary>
    public decimal GapThen { get; private set; }

    /// <summary>Of what was here, 0–1, to the hundredth.</summary>
    public decimal CoverageThen { get; private set; }

    /// <summary>What became of it: with somebody here where nobody was, or strong where it was weak, it is closed; by the campaign if a project of its leads has landed in the link.</summary>
    public AimOutcome Outcome(LinkCoverage? now, bool hasLanded)
    {
        if (now is null) return AimOutcome.Open;
        var better = StateThen is LinkState.Missing or LinkState.InPipeline ? now.State is LinkState.Weak or LinkState.Strong : StateThen == LinkState.Weak && now.State == LinkState.Strong;
        return better ? hasLanded ? AimOutcome.Closed : AimOutcome.ClosedByOthers : hasLanded ? AimOutcome.Eased : AimOutcome.Open;
    }
}

/// <summary>缺口结果.</summary>
public enum AimOutcome
{
    /// <summary>未变</summary>
    Open,
    /// <summary>有项目落地,尚未补上: a project of the campaign has landed, the state of the link is what it was.</summary>
    Eased,
    /// <summary>已补</summary>
    Closed,
    /// <summary>由其他来源补上</summary>
    ClosedByOthers,
}

/// <summary>费用: one line of what a campaign cost, CNY yuan.</summary>
public sealed class CampaignCost
{
    private CampaignCost() { }

    public CampaignCost(Guid campaignId, DateOnly on, decimal amount, string what, DateTime at, Guid byId)
        => (CampaignId, On, Amount, What, At, ById) = (campaignId, on, amount, what, at, byId);

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid CampaignId { get; private set; }
    public DateOnly On { get; private set; }
    public decimal Amount { get; private set; }
    public string What { get; private set; } = "";
    public DateTime At { get; private set; }
    public Guid ById { get; private set; }
}
