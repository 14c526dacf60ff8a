using System.Globalization;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.FollowUps;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Notices;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace JinshanBio.Crm.Assignments;

/// <summary>
/// 落位提醒: tells the managers of a park that an answer is due, their head when it is workdays late, and both sides that a reservation or an option will soon end.
/// </summary>
[Needs(Permission.JobsManage)]
public sealed record RemindOfPlaces : IRequest<string>;

internal sealed class RemindOfPlacesHandler(CrmDb db, Catalogue catalogue, TimeProvider clock, ILogger<RemindOfPlacesHandler> log) : IRequestHandler<RemindOfPlaces, string>
{
    private readonly TellOnce _once = new(db, log);

    public async Task<string> Handle(RemindOfPlaces request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var today = ShanghaiTime.Day(now);
        await GiveTimeAsync(cancellationToken);
        if (!catalogue.Workdays.IsWorkday(today)) return Sentence.Of("job.said.places", 0, 0, 0, 0);

        var (soon, late) = (today.AddDays(catalogue.Places.NoticeDays), catalogue.Workdays.LateBy(catalogue.Places.EscalateWorkdays, today));
        var heads = await Heads.LoadAsync(db, cancellationToken);
        var managers = (await db.PersonParks.Where(p => db.Users.Any(u => u.Id == p.PersonId && !u.Disabled)).ToListAsync(cancellationToken)).ToLookup(p => p.ParkId, p => p.PersonId);
        IEnumerable<Guid> HeadsOf(PlaceRow row) => managers[row.ParkId].DefaultIfEmpty(row.OwnerId).SelectMany(heads.Of).Distinct();

        var open = db.Assignments.Where(a => a.Status == AssignmentStatus.Proposed);
        var due = await TellAsync(open.Where(a => a.Told == PlaceTold.Nothing && a.RespondBy <= today), PlaceTold.Due,
            row => managers[row.ParkId].Select(m => row.Notice(m, NoticeKind.AssignmentDue, "assignment-due", now)), cancellationToken);
        var escalated = await TellAsync(open.Where(a => a.Told == PlaceTold.Due && a.RespondBy <= late), PlaceTold.Escalated,
            row => HeadsOf(row).Select(h => row.Notice(h, NoticeKind.AssignmentEscalated, "assignment-escalated", now)), cancellationToken);
        var ending = await HoldsAsync(today, soon, row => managers[row.ParkId].Concat(row.Proposers).Distinct().Select(p => row.Notice(p, NoticeKind.HoldEnding, $"hold-ending:{row.Arg}", now)), cancellationToken)
            + await OptionsAsync(today, soon, row => managers[row.ParkId].Concat(row.Proposers).Distinct().Select(p => row.Notice(p, NoticeKind.OptionEnding, "option-ending", now)), cancellationToken);
        return Sentence.Of("job.said.places", due, escalated, ending, _once.Failed);
    }

    /// <summary>Proposals of the time before parks had a day for their answer get theirs, counted from the day on which they were made.</summary>
    private async Task GiveTimeAsync(CancellationToken cancel)
    {
        foreach (var row in await db.Assignments.Where(a => a.Status == AssignmentStatus.Proposed && a.RespondBy == null).Select(a => new { a.Id, a.ProposedAt }).ToListAsync(cancel))
        {
            var day = catalogue.Workdays.Add(ShanghaiTime.Day(row.ProposedAt), catalogue.Places.RespondWorkdays);
            // Past the aggregate: nobody changed the proposal.
            await db.Assignments.Where(a => a.Id == row.Id && a.RespondBy == null).ExecuteUpdateAsync(a => a.SetProperty(x => x.RespondBy, day), cancel);
        }
    }

    private Task<int> TellAsync(IQueryable<Assignment> which, PlaceTold step, Func<PlaceRow, IEnumerable<Notice>> notices, CancellationToken cancel)
        => _once.TellAsync((failed, most) => which.AsNoTracking().Where(a => !failed.Contains(a.Id)).OrderBy(a => a.RespondBy).ThenBy(a => a.Id).Take(most)
                .Select(a => new PlaceRow(a.Id, a.Id, a.ParkId, a.ProposedById, a.Project!.OwnerId, a.Project.Title, a.Park!.NameZh, a.Park.NameEn, a.RespondBy!.Value)).ToListAsync(cancel),
            row => row.Id, ids => which.Where(a => ids.Contains(a.Id)).ExecuteUpdateAsync(a => a.SetProperty(x => x.Told, step), cancel), notices, cancel);

    private Task<int> HoldsAsync(DateOnly today, DateOnly soon, Func<PlaceRow, IEnumerable<Notice>> notices, CancellationToken cancel)
    {
        var which = db.Assignments.Where(a => a.Status == AssignmentStatus.Accepted && a.HoldUntil >= today && a.HoldUntil <= soon && (a.ToldHoldUntil == null || a.ToldHoldUntil != a.HoldUntil));
        return _once.TellAsync((failed, most) => which.AsNoTracking().Where(a => !failed.Contains(a.Id)).OrderBy(a => a.HoldUntil).ThenBy(a => a.Id).Take(most)
                .Select(a => new PlaceRow(a.Id, a.Id, a.ParkId, a.ProposedById, a.Project!.OwnerId, a.Project.Title, a.Park!.NameZh, a.Park.NameEn, a.HoldUntil!.Value)).ToListAsync(cancel),
            row => row.Id, ids => which.Where(a => ids.Contains(a.Id)).ExecuteUpdateAsync(a => a.SetProperty(x => x.ToldHoldUntil, x => x.HoldUntil), cancel), notices, cancel);
    }

    private Task<int> OptionsAsync(DateOnly today, DateOnly soon, Func<PlaceRow, IEnumerable<Notice>> notices, CancellationToken cancel)
    {
        var which = db.SpaceOptions.Where(o => o.Status == OptionStatus.Open && !o.ToldEnding && o.Until >= today && o.Until <= soon);
        return _once.TellAsync((failed, most) => which.AsNoTracking().Where(o => !failed.Contains(o.Id)).OrderBy(o => o.Until).ThenBy(o => o.Id).Take(most)
                .Join(db.Assignments, o => o.AssignmentId, a => a.Id, (o, a) => new PlaceRow(o.Id, a.Id, a.ParkId, a.ProposedById, a.Project!.OwnerId, a.Project.Title, o.Space!.Name, o.Space.Name, o.Until)).ToListAsync(cancel),
            row => row.Id, ids => which.Where(o => ids.Contains(o.Id)).ExecuteUpdateAsync(o => o.SetProperty(x => x.ToldEnding, true), cancel), notices, cancel);
    }
}

/// <summary>A place that something is to be said about: its park or space, and the day it is about.</summary>
internal sealed record PlaceRow(Guid Id, Guid PlaceId, Guid ParkId, Guid ProposedById, Guid OwnerId, string Title, string NameZh, string NameEn, DateOnly Day)
{
    public Guid[] Proposers => [ProposedById, OwnerId];
    public string Arg => Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public Notice Notice(Guid reader, NoticeKind kind, string key, DateTime now) => new(reader, kind, $"{key}:{Id}", [Title, NoticeText.Both(NameZh, NameEn), Arg], $"/proposals/{PlaceId}", now);
}
