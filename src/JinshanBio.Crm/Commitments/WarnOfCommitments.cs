using System.Globalization;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Commitments;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.FollowUps;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Notices;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace JinshanBio.Crm.Commitments;

/// <summary>
/// 承诺预警: tells whoever is responsible and the project's owner that a promise will soon be due or is overdue, and the leaders when it is workdays late. Each is
/// said once per due day: the step is claimed and the notice written in one transaction, and the notice's key is unique besides.
/// </summary>
[Needs(Permission.JobsManage)]
public sealed record WarnOfCommitments : IRequest<string>;

internal sealed class WarnOfCommitmentsHandler(CrmDb db, Catalogue catalogue, TimeProvider clock, ILogger<WarnOfCommitmentsHandler> log) : IRequestHandler<WarnOfCommitments, string>
{
    private readonly TellOnce _once = new(db, log);

    public async Task<string> Handle(WarnOfCommitments request, CancellationToken cancellationToken)
    {
        var (now, today) = (clock.GetUtcNow().UtcDateTime, clock.Today());
        var soonUntil = today.AddDays(catalogue.Commitments.SoonDays);
        var late = catalogue.Workdays.LateBy(catalogue.Commitments.EscalateWorkdays, today);
        var heads = await Heads.LoadAsync(db, cancellationToken);
        var open = db.Commitments.Open(db);
        // What waits to be verified has been reported: the next word is the verifier's.
        var overdue = open.Where(c => c.DueDay < today && !c.IsWaiting);

        var soon = await TellAsync(open.Where(c => c.Told == CommitmentTold.Nothing && c.DueDay >= today && c.DueDay <= soonUntil), CommitmentTold.Soon,
            c => c.Readers.Select(r => c.Notice(r, NoticeKind.CommitmentSoon, now)), cancellationToken);
        var told = await TellAsync(overdue.Where(c => c.Told == CommitmentTold.Nothing || c.Told == CommitmentTold.Soon), CommitmentTold.Overdue,
            c => c.Readers.Select(r => c.Notice(r, NoticeKind.CommitmentOverdue, now)), cancellationToken);
        var escalated = await TellAsync(overdue.Where(c => c.Told == CommitmentTold.Overdue && c.DueDay <= late), CommitmentTold.Escalated,
            c => heads.Of(c.OwnerId).Select(h => c.Notice(h, NoticeKind.CommitmentEscalated, now, heads.NameOf(c.OwnerId))), cancellationToken);
        return Sentence.Of("job.said.commitments", soon, told, escalated, _once.Failed);
    }

    private Task<int> TellAsync(IQueryable<Commitment> which, CommitmentTold step, Func<DueCommitment, IEnumerable<Notice>> notices, CancellationToken cancel)
        => _once.TellAsync((failed, most) => which.AsNoTracking().Where(c => !failed.Contains(c.Id)).OrderBy(c => c.DueDay).ThenBy(c => c.Id).Take(most)
                .Select(c => new DueCommitment(c.Id, c.Round, c.ProjectId, c.Kind, c.DueDay, c.Project!.OwnerId, c.ResponsibleId, c.Project.Title)).ToListAsync(cancel),
            row => row.Id, ids => which.Where(c => ids.Contains(c.Id)).ExecuteUpdateAsync(c => c.SetProperty(x => x.Told, step), cancel), notices, cancel);
}

/// <summary>A promise that something is to be said about.</summary>
internal sealed record DueCommitment(Guid Id, int Round, Guid ProjectId, CommitmentKind Kind, DateOnly DueDay, Guid OwnerId, Guid? ResponsibleId, string Title)
{
    public IEnumerable<Guid> Readers => new[] { OwnerId, ResponsibleId ?? OwnerId }.Distinct();

    public Notice Notice(Guid reader, NoticeKind kind, DateTime now, params string[] more)
    {
        var name = Text.Entries[$"{nameof(CommitmentKind)}.{Kind}"];
        // Whoever is responsible may not see the whole project.
        var page = reader == ResponsibleId && reader != OwnerId ? $"/promises?project={ProjectId}" : $"/projects/{ProjectId}/promises";
        return new Notice(reader, kind, string.Create(CultureInfo.InvariantCulture, $"{kind}:{Id}:{Round}"),
            [Title, NoticeText.Both(name[0], name[1]), DueDay.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), .. more], page, now);
    }
}
