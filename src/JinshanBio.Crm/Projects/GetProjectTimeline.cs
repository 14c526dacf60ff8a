using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Commitments;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.Domain.Stages;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.People;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Projects;

/// <summary>项目大事记: what happened with a project, of what the person may see, newest first.</summary>
[Needs(Permission.ProjectsRead)]
public sealed record GetProjectTimeline : IRequest<ProjectTimeline>
{
    public Guid Id { get; set; }

    /// <summary>Only what happened before this moment; the next of the page before.</summary>
    public DateTime? Before { get; set; }
    public int Size { get; set; } = 12;
}

/// <param name="Next">Give this as before to read on; null at the end.</param>
public sealed record ProjectTimeline(IReadOnlyList<ProjectEvent> Items, DateTime? Next);

/// <param name="Subject">What it is about, in words: the stage, the park, the kind of follow-up.</param>
/// <param name="Text">What was said: outcome, reason. Null for those who may not know the names behind the code name.</param>
/// <param name="Path">Page of that record.</param>
public sealed record ProjectEvent(DateTime At, ProjectEventKind Kind, string By, string? Subject = null, string? Text = null, string? Path = null);

public enum ProjectEventKind
{
    /// <summary>立项</summary>
    Opened,
    /// <summary>推进阶段</summary>
    Moved,
    /// <summary>退回</summary>
    MovedBack,
    /// <summary>完成跟进</summary>
    FollowUpDone,
    /// <summary>提出落位</summary>
    PlaceProposed,
    /// <summary>列入候补</summary>
    PlaceWaiting,
    /// <summary>签订租约</summary>
    PlaceAgreed,
    /// <summary>园区接受</summary>
    PlaceAccepted,
    /// <summary>园区未接受</summary>
    PlaceRefused,
    /// <summary>入驻</summary>
    MovedIn,
    /// <summary>落位结束</summary>
    PlaceEnded,
    /// <summary>更正阶段日期</summary>
    StageCorrected,
    /// <summary>评审有结论</summary>
    ReviewConcluded,
    /// <summary>签订协议</summary>
    AgreementSigned,
    /// <summary>履约经核实</summary>
    PromiseVerified,
    /// <summary>上传文件</summary>
    DocumentAdded,
    /// <summary>外迁迹象</summary>
    LeavingSignal,
}

internal sealed class GetProjectTimelineValidator : AbstractValidator<GetProjectTimeline>
{
    public GetProjectTimelineValidator()
    {
        RuleFor(r => r.Size).InclusiveBetween(1, Paging.MaxSize);
        RuleFor(r => r.Before).PlausibleTime();
    }
}

internal sealed class GetProjectTimelineHandler(CrmDb db, Actor actor, Catalogue catalogue, IMediator mediator) : IRequestHandler<GetProjectTimeline, ProjectTimeline>
{
    private readonly List<(Guid ById, ProjectEvent Event)> _all = [];

    public async Task<ProjectTimeline> Handle(GetProjectTimeline request, CancellationToken cancellationToken)
    {
        var head = await mediator.Send(new GetProjectHead(request.Id), cancellationToken);
        var (before, most) = (request.Before?.ToUtc() ?? DateTime.MaxValue, request.Size + 1);
        await StagesAsync(head, before, most, cancellationToken);
        await FollowUpsAsync(head, before, most, cancellationToken);
        await PlacesAsync(head, before, cancellationToken);
        await DealAsync(head, before, most, cancellationToken);
        if (actor.May(Permission.DocumentsRead)) await DocumentsAsync(head, before, most, cancellationToken);

        var sorted = _all.Where(h => h.Event.At < before).OrderByDescending(h => h.Event.At).ToList();
        var shown = sorted.Take(request.Size).ToList();
        // What happened in one moment is not torn apart: the next page begins before it.
        if (sorted.Count > shown.Count) shown.AddRange(sorted.Skip(shown.Count).TakeWhile(h => h.Event.At == shown[^1].Event.At));
        var names = await db.NamesAsync(shown.Select(h => h.ById), cancellationToken);
        return new ProjectTimeline(
            [.. shown.Select(h => h.Event with { By = names.Of(h.ById), Text = head.IsOpen ? h.Event.Text : null })],
            sorted.Count > shown.Count ? shown[^1].Event.At : null);
    }

    private async Task StagesAsync(ProjectHead head, DateTime before, int most, CancellationToken cancel)
    {
        foreach (var m in await db.StageChanges.AsNoTracking().Where(c => c.ProjectId == head.Id && c.At < before).OrderByDescending(c => c.At).Take(most).ToListAsync(cancel))
        {
            var kind = m.CorrectsId is not null ? ProjectEventKind.StageCorrected : m.From is null ? ProjectEventKind.Opened : Stage.OrderOf(m.To) < Stage.OrderOf(m.From) ? ProjectEventKind.MovedBack : ProjectEventKind.Moved;
            Add(m.ById, new(m.At, kind, "", catalogue.StageName(m.To), m.Reason));
        }
    }

    private async Task FollowUpsAsync(ProjectHead head, DateTime before, int most, CancellationToken cancel)
    {
        var done = db.FollowUps.AsNoTracking().Where(f => f.ProjectId == head.Id && f.Status == FollowUpStatus.Done && f.DoneAt < before);
        if (head.OwnerId != actor.Id) done = done.VisibleTo(actor);
        foreach (var f in await done.OrderByDescending(f => f.DoneAt).Take(most).Select(f => new { f.Id, f.DoneAt, f.DoneById, f.OwnerId, f.Kind, f.Outcome }).ToListAsync(cancel))
            Add(f.DoneById ?? f.OwnerId, new(f.DoneAt!.Value, ProjectEventKind.FollowUpDone, "", Text.Of(f.Kind), f.Outcome, $"/follow-ups/{f.Id}"));
    }

    /// <summary>A project has a handful of places.</summary>
    private async Task PlacesAsync(ProjectHead head, DateTime before, CancellationToken cancel)
    {
        var places = await db.Assignments.AsNoTracking().VisibleTo(actor).Where(a => a.ProjectId == head.Id && a.ProposedAt < before)
            .Select(a => new { a.ProposedAt, a.ProposedById, a.DecidedAt, a.DecidedById, a.WaitingSince, a.AgreedAt, a.AgreedById, a.LeaseNumber, a.MovedInAt, a.EndedAt, a.Status, a.Reason, a.AreaM2, a.ParkId, Zh = a.Park!.NameZh, En = a.Park.NameEn }).ToListAsync(cancel);
        foreach (var p in places)
        {
            var (place, path) = ($"{Text.Pick(p.Zh, p.En)} · {p.AreaM2:#,0.##} m²", $"/parks/{p.ParkId}");
            var refused = p.Status == AssignmentStatus.Refused;
            Add(p.ProposedById, new(p.ProposedAt, ProjectEventKind.PlaceProposed, "", place, null, path));
            if (p.WaitingSince is { } waiting) Add(p.DecidedAt == waiting ? p.DecidedById ?? Guid.Empty : Guid.Empty, new(waiting, ProjectEventKind.PlaceWaiting, "", place, null, path));
            if (p.AgreedAt is { } agreed) Add(p.AgreedById ?? Guid.Empty, new(agreed, ProjectEventKind.PlaceAgreed, "", place, p.LeaseNumber, path));
            if (p.DecidedAt is { } decided && decided != p.WaitingSince) Add(p.DecidedById ?? Guid.Empty, new(decided, refused ? ProjectEventKind.PlaceRefused : ProjectEventKind.PlaceAccepted, "", place, refused ? p.Reason : null, path));
            if (p.MovedInAt is { } movedIn) Add(Guid.Empty, new(movedIn, ProjectEventKind.MovedIn, "", place, null, path));
            if (p.EndedAt is { } ended && !refused) Add(Guid.Empty, new(ended, ProjectEventKind.PlaceEnded, "", $"{place} · {Text.Of(p.Status)}", p.Reason, path));
        }
    }

    private async Task DealAsync(ProjectHead head, DateTime before, int most, CancellationToken cancel)
    {
        var page = $"/projects/{head.Id}";
        foreach (var r in await db.Reviews.AsNoTracking().VisibleTo(actor).Where(r => r.ProjectId == head.Id && r.ConcludedAt < before).OrderByDescending(r => r.ConcludedAt).Take(most)
            .Select(r => new { r.Number, r.Status, r.ConcludedAt, r.ConcludedById, r.Conditions }).ToListAsync(cancel))
            Add(r.ConcludedById ?? Guid.Empty, new(r.ConcludedAt!.Value, ProjectEventKind.ReviewConcluded, "", $"{r.Number} · {Text.Of(r.Status)}", r.Conditions, page + "/review"));
        foreach (var a in await db.Agreements.AsNoTracking().VisibleTo(actor).Where(a => a.ProjectId == head.Id && a.SignedAt < before).OrderByDescending(a => a.SignedAt).Take(most)
            .Select(a => new { a.Kind, a.Number, a.SignedAt, a.SignedById }).ToListAsync(cancel))
            Add(a.SignedById ?? Guid.Empty, new(a.SignedAt!.Value, ProjectEventKind.AgreementSigned, "", Text.Of(a.Kind), a.Number, page + "/agreement"));
        var kept = db.Commitments.AsNoTracking().VisibleTo(actor).Where(c => c.ProjectId == head.Id)
            .Join(db.Set<Fulfilment>(), c => c.Id, f => f.CommitmentId, (c, f) => new { c.Kind, f.Step, f.At, f.ById, f.Text }).Where(f => f.Step == FulfilmentStep.Verified && f.At < before);
        foreach (var f in await kept.OrderByDescending(f => f.At).Take(most).ToListAsync(cancel))
            Add(f.ById, new(f.At, ProjectEventKind.PromiseVerified, "", Text.Of(f.Kind), f.Text, page + "/promises"));
        foreach (var s in await db.LeavingSignals.AsNoTracking().Where(s => s.ProjectId == head.Id && s.At < before && db.Projects.InCareOf(actor).Any(p => p.Id == s.ProjectId))
            .OrderByDescending(s => s.At).Take(most).Select(s => new { s.Sign, s.At, s.ById, s.Note }).ToListAsync(cancel))
            Add(s.ById, new(s.At, ProjectEventKind.LeavingSignal, "", Text.Of(s.Sign), s.Note, page + "/service"));
    }

    private async Task DocumentsAsync(ProjectHead head, DateTime before, int most, CancellationToken cancel)
    {
        foreach (var d in await db.Documents.AsNoTracking().VisibleTo(actor).Where(d => d.ProjectId == head.Id && d.IsCurrent && d.At < before).OrderByDescending(d => d.At).Take(most)
            .Select(d => new { d.At, d.ById, d.Number, d.Purpose, d.Title }).ToListAsync(cancel))
            Add(d.ById, new(d.At, ProjectEventKind.DocumentAdded, "", $"{Text.Of(d.Purpose)} · {d.Number}", d.Title, $"/projects/{head.Id}/documents"));
    }

    private void Add(Guid byId, ProjectEvent happened) => _all.Add((byId, happened));
}
