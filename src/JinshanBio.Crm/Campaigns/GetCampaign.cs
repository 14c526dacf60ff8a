using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Campaigns;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Campaigns;

/// <summary>活动详情: its aims then and now, its leads and what became of them, its costs.</summary>
[Needs(Permission.LeadsRead)]
public sealed record GetCampaign(Guid Id) : IRequest<CampaignRecord>;

/// <summary>Figures are the whole district's; Leads are those that the person sees, and Hidden says how many there are besides. Money in yuan.</summary>
public sealed record CampaignRecord(
    Guid Id, int Version, string Name, CampaignKind Kind, DateOnly From, DateOnly? Until, string? Place, decimal? Budget, string? Note, Guid OwnerId, string OwnerName,
    DateTime? CancelledAt, string? CancelReason, CampaignFigures Figures, IReadOnlyList<AimRow> Aims, IReadOnlyList<CampaignLeadRow> Leads, int Hidden, IReadOnlyList<CostRow> Costs, bool MayEdit)
{
    public IReadOnlyList<string> Links => [.. Aims.Select(a => a.Link)];
}

/// <summary>An aimed gap then and now. Gaps in yuan a year.</summary>
/// <param name="StateNow">Null when the link is off the map.</param>
public sealed record AimRow(string Link, string Name, LinkState StateThen, LinkState? StateNow, decimal GapThen, decimal? GapNow, DateTime At, AimOutcome Outcome);

/// <summary>A lead, and the project that came of it.</summary>
public sealed record CampaignLeadRow(Guid Id, string Number, string Title, LeadStatus Status, string Stage, decimal Investment, Guid? ProjectId, string? ProjectTitle, string? ProjectStage);

public sealed record CostRow(Guid Id, DateOnly On, decimal Amount, string What, string By);

internal sealed class GetCampaignHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<GetCampaign, CampaignRecord>
{
    public async Task<CampaignRecord> Handle(GetCampaign request, CancellationToken cancellationToken)
    {
        var c = await db.Campaigns.AsNoTracking().Include(c => c.Aims).Include(c => c.Costs).AsSplitQuery().OneAsync(request.Id, cancellationToken);
        var book = await CampaignBook.LoadAsync(db, catalogue, [c.Id], clock.GetUtcNow().UtcDateTime, cancellationToken);
        var leads = await db.Leads.AsNoTracking().VisibleTo(actor).Where(l => l.CampaignId == c.Id).OrderByDescending(l => l.Id)
            .Select(l => new { l.Id, l.Number, Title = l.CodeName ?? l.Enterprise!.Name, l.Status, l.Stage, l.ExpectedInvestment,
                Project = db.Projects.VisibleTo(actor).Where(p => p.Id == l.ProjectId).Select(p => new { p.Id, p.Title, p.Stage, p.Investment }).FirstOrDefault() }).ToListAsync(cancellationToken);
        var people = c.Costs.Select(x => x.ById).Append(c.OwnerId).Distinct().ToList();
        var names = await db.Users.Where(u => people.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.DisplayName, cancellationToken);
        var figures = book.Of(c);
        return new CampaignRecord(c.Id, c.Version, c.Name, c.Kind, c.From, c.Until, c.Place, c.Budget, c.Note, c.OwnerId, names.GetValueOrDefault(c.OwnerId, ""), c.CancelledAt, c.CancelReason, figures,
            [.. c.Aims.OrderByDescending(a => a.GapThen).ThenBy(a => a.Link, StringComparer.Ordinal).Select(a => Aim(book, c, a))],
            [.. leads.Select(l => new CampaignLeadRow(l.Id, l.Number, l.Title, l.Status, l.Stage, l.Project?.Investment ?? l.ExpectedInvestment, l.Project?.Id, l.Project?.Title, l.Project?.Stage))],
            figures.Leads - leads.Count,
            [.. c.Costs.OrderBy(x => x.On).ThenBy(x => x.Id).Select(x => new CostRow(x.Id, x.On, x.Amount, x.What, names.GetValueOrDefault(x.ById, "")))],
            actor.May(Permission.CampaignsWrite) && (c.OwnerId == actor.Id || actor.May(Permission.EverybodysRows)));
    }

    private AimRow Aim(CampaignBook book, Campaign campaign, CampaignAim aim)
    {
        var (now, outcome) = book.Outcome(campaign, aim);
        return new AimRow(aim.Link, catalogue.LinkName(aim.Link), aim.StateThen, now?.State, aim.GapThen, now is null ? null : decimal.Round(now.WeightedGap, 2), aim.At, outcome);
    }
}
