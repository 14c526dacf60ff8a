using JinshanBio.Crm.Assignments;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Domain.Stages;
using JinshanBio.Crm.Identity;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.FollowUps;

/// <summary>我的一天: what waits for the person: follow-ups, leads that stall, proposals to the own parks, unread notices.</summary>
[Needs(Permission.Account)]
public sealed record MyDay : IRequest<DayPage>;

/// <summary>Days are those of Shanghai.</summary>
/// <param name="Coming">Due in the seven days after today.</param>
/// <param name="Stalled">Own open leads that stand at a stage for longer than it should take; the longest first.</param>
/// <param name="Proposals">Proposals that wait in the parks the person manages; the oldest first.</param>
public sealed record DayPage(
    DateOnly Day, DayPart<FollowUpItem> Overdue, DayPart<FollowUpItem> Today, DayPart<FollowUpItem> Coming, DayPart<StalledLead> Stalled,
    DayPart<AssignmentRow> Proposals, int UnreadNotices);

/// <param name="Items">The first fifty.</param>
public sealed record DayPart<T>(int Count, IReadOnlyList<T> Items)
{
    public const int AtMost = 50;
}

public sealed record StalledLead(Guid Id, string Number, string Title, string Stage, DateTime StageSince, decimal ExpectedInvestment, DateTime? NextFollowUp);

internal sealed class MyDayHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<MyDay, DayPage>
{
    private const int DaysAhead = 7;

    public async Task<DayPage> Handle(MyDay request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var day = ShanghaiTime.Day(now);
        var (start, tomorrow, horizon) = (ShanghaiTime.StartOfDayUtc(day), ShanghaiTime.StartOfDayUtc(day.AddDays(1)), ShanghaiTime.StartOfDayUtc(day.AddDays(DaysAhead + 1)));
        var own = db.FollowUps.AsNoTracking().Where(f => f.OwnerId == actor.Id && f.Status == FollowUpStatus.Open);
        return new DayPage(day,
            await PartAsync(own.Where(f => f.DueAt < start), cancellationToken),
            await PartAsync(own.Where(f => f.DueAt >= start && f.DueAt < tomorrow), cancellationToken),
            await PartAsync(own.Where(f => f.DueAt >= tomorrow && f.DueAt < horizon), cancellationToken),
            await StalledAsync(now, cancellationToken), await ProposalsAsync(cancellationToken),
            await db.Notices.VisibleTo(actor).CountAsync(n => n.ReadAt == null, cancellationToken));
    }

    private static async Task<DayPart<FollowUpItem>> PartAsync(IQueryable<FollowUp> followUps, CancellationToken cancel)
    {
        var items = await followUps.OrderBy(f => f.DueAt).ThenBy(f => f.Id).Take(DayPart<FollowUpItem>.AtMost).ToItems().ToListAsync(cancel);
        return new(items.Count < DayPart<FollowUpItem>.AtMost ? items.Count : await followUps.CountAsync(cancel), items);
    }

    private async Task<DayPart<StalledLead>> StalledAsync(DateTime now, CancellationToken cancel)
    {
        var own = db.Leads.AsNoTracking().Where(l => l.OwnerId == actor.Id && l.Status == LeadStatus.Open);
        var count = 0;
        var items = new List<StalledLead>();
        foreach (var stage in catalogue.Stages.All.Where(s => s is { Order: < 40, StallDays: not null }))
        {
            var limit = now.AddDays(-stage.StallDays!.Value);
            var stalled = own.Where(l => l.Stage == stage.Code && l.StageSince < limit);
            count += await stalled.CountAsync(cancel);
            items.AddRange(await stalled.OrderBy(l => l.StageSince).Take(DayPart<StalledLead>.AtMost)
                .Select(l => new StalledLead(l.Id, l.Number, l.CodeName ?? l.Enterprise!.Name, l.Stage, l.StageSince, l.ExpectedInvestment, l.NextFollowUpAt)).ToListAsync(cancel));
        }
        return new(count, [.. items.OrderBy(l => l.StageSince).Take(DayPart<StalledLead>.AtMost)]);
    }

    private async Task<DayPart<AssignmentRow>> ProposalsAsync(CancellationToken cancel)
    {
        if (!actor.May(Permission.AssignmentsDecide) || actor.Parks.Count == 0) return new(0, []);
        var waiting = db.Assignments.AsNoTracking().VisibleTo(actor).Where(a => a.Status == AssignmentStatus.Proposed && actor.Parks.Contains(a.ParkId));
        return new(await waiting.CountAsync(cancel),
            await waiting.OrderBy(a => a.ProposedAt).Take(DayPart<AssignmentRow>.AtMost).ToRows(db).ToListAsync(cancel));
    }
}
