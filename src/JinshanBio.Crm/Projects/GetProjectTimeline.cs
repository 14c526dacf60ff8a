using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Assignments;
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
    /// <summary>园区接受</summary>
    PlaceAccepted,
    /// <summary>园区未接受</summary>
    PlaceRefused,
    /// <summary>入驻</summary>
    MovedIn,
    /// <summary>落位结束</summary>
    PlaceEnded,
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
            var kind = m.From is null ? ProjectEventKind.Opened : Stage.OrderOf(m.To) < Stage.OrderOf(m.From) ? ProjectEventKind.MovedBack : ProjectEventKind.Moved;
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
            .Select(a => new { a.ProposedAt, a.ProposedById, a.DecidedAt, a.DecidedById, a.MovedInAt, a.EndedAt, a.Status, a.Reason, a.AreaM2, a.ParkId, Zh = a.Park!.NameZh, En = a.Park.NameEn }).ToListAsync(cancel);
        foreach (var p in places)
        {
            var (place, path) = ($"{Text.Pick(p.Zh, p.En)} · {p.AreaM2:#,0.##} m²", $"/parks/{p.ParkId}");
            var refused = p.Status == AssignmentStatus.Refused;
            Add(p.ProposedById, new(p.ProposedAt, ProjectEventKind.PlaceProposed, "", place, null, path));
            if (p.DecidedAt is { } decided) Add(p.DecidedById ?? Guid.Empty, new(decided, refused ? ProjectEventKind.PlaceRefused : ProjectEventKind.PlaceAccepted, "", place, refused ? p.Reason : null, path));
            if (p.MovedInAt is { } movedIn) Add(Guid.Empty, new(movedIn, ProjectEventKind.MovedIn, "", place, null, path));
            if (p.EndedAt is { } ended && !refused) Add(Guid.Empty, new(ended, ProjectEventKind.PlaceEnded, "", $"{place} · {Text.Of(p.Status)}", p.Reason, path));
        }
    }

    private void Add(Guid byId, ProjectEvent happened) => _all.Add((byId, happened));
}
