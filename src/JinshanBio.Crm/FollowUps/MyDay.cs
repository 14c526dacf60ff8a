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

/// <summary>我的一天: what waits for the person: follow-ups, leads that stall or have no next step, what others changed, proposals, unread notices.</summary>
[Needs(Permission.Account)]
public sealed record MyDay : IRequest<DayPage>;

/// <summary>Days are those of Shanghai.</summary>
/// <param name="Coming">Due in the seven days after today.</param>
/// <param name="Stalled">Own open leads that stand at a stage for longer than it should take; the longest first.</param>
/// <param name="Proposals">Proposals that wait in the parks the person manages; the most overdue first.</param>
public sealed record DayPage(
    DateOnly Day, DayPart<FollowUpItem> Overdue, DayPart<FollowUpItem> Today, DayPart<FollowUpItem> Coming, DayPart<StalledLead> Stalled,
    DayPart<AssignmentRow> Proposals, int UnreadNotices)
{
    /// <summary>督办: own ones that a leader watches over, whenever they are due; they stand in no other part.</summary>
    public DayPart<FollowUpItem> Supervised { get; init; } = new(0, []);

    /// <summary>Those of others that the person watches over.</summary>
    public DayPart<FollowUpItem> Watched { get; init; } = new(0, []);

    /// <summary>Own open leads for which nothing is planned; the newest first.</summary>
    public DayPart<LeadWithoutNext> WithoutNext { get; init; } = new(0, []);

    /// <summary>What others changed on own leads and projects since the last workday began; the newest first.</summary>
    public IReadOnlyList<OwnChange> Changes { get; init; } = [];
}

/// <param name="Items">The first fifty.</param>
public sealed record DayPart<T>(int Count, IReadOnlyList<T> Items)
{
    public const int AtMost = 50;
}

public sealed record StalledLead(Guid Id, string Number, string Title, string Stage, DateTime StageSince, decimal ExpectedInvestment, DateTime? NextFollowUp);

/// <param name="Suggested">What is usual next at its stage.</param>
public sealed record LeadWithoutNext(Guid Id, string Number, string Title, string Stage, NextStep Suggested);

internal sealed class MyDayHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<MyDay, DayPage>
{
    private const int DaysAhead = 7, ChangesAtMost = 20, WithoutNextAtMost = 10;

    public async Task<DayPage> Handle(MyDay request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var day = ShanghaiTime.Day(now);
        var (start, tomorrow, horizon) = (ShanghaiTime.StartOfDayUtc(day), ShanghaiTime.StartOfDayUtc(day.AddDays(1)), ShanghaiTime.StartOfDayUtc(day.AddDays(DaysAhead + 1)));
        var open = db.FollowUps.AsNoTracking().Where(f => f.Status == FollowUpStatus.Open);
        var own = open.Where(f => f.OwnerId == actor.Id);
        var plain = own.Where(f => !f.IsSupervised);
        return new DayPage(day,
            await PartAsync(plain.Where(f => f.DueAt < start), cancellationToken),
            await PartAsync(plain.Where(f => f.DueAt >= start && f.DueAt < tomorrow), cancellationToken),
            await PartAsync(plain.Where(f => f.DueAt >= tomorrow && f.DueAt < horizon), cancellationToken),
            await StalledAsync(now, cancellationToken), await ProposalsAsync(cancellationToken),
            await db.Notices.VisibleTo(actor).CountAsync(n => n.ReadAt == null, cancellationToken))
        {
            Supervised = await PartAsync(own.Where(f => f.IsSupervised), cancellationToken),
            Watched = actor.May(Permission.FollowUpsSupervise)
                ? await PartAsync(open.Where(f => f.IsSupervised && f.SupervisedById == actor.Id && f.OwnerId != actor.Id), cancellationToken) : new(0, []),
            WithoutNext = actor.May(Permission.LeadsWrite) ? await WithoutNextAsync(day, cancellationToken) : new(0, []),
            Changes = await OwnChanges.SinceAsync(db, actor.Id, ShanghaiTime.StartOfDayUtc(catalogue.Workdays.Add(day, -1)), ChangesAtMost, cancellationToken),
        };
    }

    private async Task<DayPart<FollowUpItem>> PartAsync(IQueryable<FollowUp> followUps, CancellationToken cancel)
    {
        var items = await followUps.OrderBy(f => f.DueAt).ThenBy(f => f.Id).Take(DayPart<FollowUpItem>.AtMost).ToItems(db).ToListAsync(cancel);
        return new(items.Count < DayPart<FollowUpItem>.AtMost ? items.Count : await followUps.CountAsync(cancel),
            items.Suggesting(catalogue.Workdays, clock.GetUtcNow().UtcDateTime));
    }

    private async Task<DayPart<LeadWithoutNext>> WithoutNextAsync(DateOnly day, CancellationToken cancel)
    {
        var leads = db.Leads.AsNoTracking().Where(l => l.OwnerId == actor.Id && l.Status == LeadStatus.Open && l.NextFollowUpAt == null);
        var items = await leads.OrderByDescending(l => l.Id).Take(WithoutNextAtMost).Select(l => new { l.Id, l.Number, Title = l.CodeName ?? l.Enterprise!.Name, l.Stage }).ToListAsync(cancel);
        return new(items.Count < WithoutNextAtMost ? items.Count : await leads.CountAsync(cancel),
            [.. items.Select(l => new LeadWithoutNext(l.Id, l.Number, l.Title, l.Stage, NextStep.After(l.Stage, null, day, catalogue.Workdays)))]);
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
            await waiting.OrderBy(a => a.RespondBy).ThenBy(a => a.ProposedAt).Take(DayPart<AssignmentRow>.AtMost).ToRows(db).ToListAsync(cancel));
    }
}
