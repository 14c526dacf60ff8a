using JinshanBio.Crm.Assignments;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Stages;
using JinshanBio.Crm.FollowUps;
using JinshanBio.Crm.HandOvers;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Leads;
using JinshanBio.Crm.People;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Projects;

/// <summary>项目详情: one project with its stages, evidence, places and follow-ups.</summary>
[Needs(Permission.ProjectsRead)]
public sealed record GetProject(Guid Id) : IRequest<ProjectRecord>;

/// <summary>
/// A project as a person may see it. Money in yuan, area in m², times UTC. Who may not know the names behind a code name
/// gets neither names nor the free text (reasons, evidence) in which a name may stand, until signing.
/// </summary>
public sealed record ProjectRecord
{
    public Guid Id { get; init; }
    public required string Number { get; init; }
    public int Version { get; init; }
    public required string Title { get; init; }
    public string? Name { get; init; }
    public string? CodeName { get; init; }
    public Guid? EnterpriseId { get; init; }
    public string? EnterpriseName { get; init; }
    public string? CreditCode { get; init; }
    public Guid? LeadId { get; init; }
    public required string Field { get; init; }
    public IReadOnlyList<string> Links { get; init; } = [];
    public Track Track { get; init; }
    public decimal Investment { get; init; }
    public decimal OutputAtCapacity { get; init; }
    public decimal AreaM2 { get; init; }
    public Guid OwnerId { get; init; }
    public required string OwnerName { get; init; }
    public required string Stage { get; init; }
    public DateTime StageSince { get; init; }
    public ProjectStatus Status { get; init; }
    public string? StatusReason { get; init; }
    public DateTime? NextFollowUp { get; init; }
    public DateTime CreatedAt { get; init; }
    public IReadOnlyList<ProjectMove> History { get; init; } = [];
    public IReadOnlyList<EvidenceLine> Evidence { get; init; } = [];
    public IReadOnlyList<AssignmentRow> Assignments { get; init; } = [];
    public IReadOnlyList<FollowUpLine> FollowUps { get; init; } = [];
    public IReadOnlyList<string> Tags { get; init; } = [];
    public IReadOnlyList<OwnerMove> OwnerMoves { get; init; } = [];

    /// <summary>The stages of the project's track in order.</summary>
    public IReadOnlyList<StageStep> Stages { get; init; } = [];

    /// <summary>The next stage and what entering it needs; null at the end of the track or when the project has ended.</summary>
    public NextStage? NextStage { get; init; }

    [System.Text.Json.Serialization.JsonIgnore]
    public ProjectHead Head => new(Id, Number, Title, Stage, StageSince, Status, Track, OwnerId, OwnerName, Name is not null, Version);
}

/// <summary>One move through the stages, with the evidence recorded at it by key.</summary>
public sealed record ProjectMove(string? From, string To, DateTime At, string By, string? Reason, IReadOnlyDictionary<string, string> Evidence);

/// <summary>佐证 on record.</summary>
public sealed record EvidenceLine(string Stage, string Key, string Name, string Value, DateTime At, string By);

/// <param name="EnteredAt">When the project last entered it, UTC.</param>
public sealed record StageStep(string Code, string Name, bool IsPassed, bool IsCurrent, DateTime? EnteredAt);

public sealed record NextStage(string Code, string Name, IReadOnlyList<EvidenceRequirement> Evidence, IReadOnlyList<string> Missing);

/// <param name="Type">text, creditCode or option.</param>
/// <param name="Options">Keys that an option may have.</param>
public sealed record EvidenceRequirement(string Key, string Name, string Type, bool IsRequired, IReadOnlyList<string> Options, bool IsMissing);

internal sealed class GetProjectHandler(CrmDb db, Actor actor, Catalogue catalogue) : IRequestHandler<GetProject, ProjectRecord>
{
    public async Task<ProjectRecord> Handle(GetProject request, CancellationToken cancellationToken)
    {
        var project = await db.Projects.AsNoTracking().VisibleTo(actor)
            .Include(p => p.Enterprise).Include(p => p.Links).Include(p => p.Tags).Include(p => p.Evidence).Include(p => p.History)
            .AsSplitQuery().OneAsync(request.Id, cancellationToken);
        var names = await db.NamesAsync([project.OwnerId, .. project.History.Select(h => h.ById), .. project.Evidence.Select(e => e.ById)], cancellationToken);
        var isOpen = actor.May(Permission.RealNames) || project.Title == project.Name;
        var history = project.History.OrderBy(h => h.At).ThenBy(h => h.Id).ToList();
        var evidence = isOpen ? project.Evidence.OrderBy(e => Stage.OrderOf(e.Stage)).ThenBy(e => e.Key, StringComparer.Ordinal).ToList() : [];

        return new ProjectRecord
        {
            Id = project.Id, Number = project.Number, Version = project.Version, Title = project.Title,
            Name = isOpen ? project.Name : null, CodeName = isOpen ? project.CodeName : null,
            EnterpriseId = isOpen ? project.EnterpriseId : null, EnterpriseName = isOpen ? project.Enterprise!.Name : null,
            CreditCode = isOpen ? project.Enterprise!.CreditCode : null, LeadId = isOpen ? project.LeadId : null,
            Field = project.Field, Links = [.. project.Links.Select(l => l.Code).Order(StringComparer.Ordinal)], Track = project.Track,
            Tags = !isOpen ? [] : [.. project.Tags.Select(t => t.Name).Order(StringComparer.Ordinal)],
            Investment = project.Investment, OutputAtCapacity = project.OutputAtCapacity, AreaM2 = project.AreaM2,
            OwnerId = project.OwnerId, OwnerName = names.Of(project.OwnerId), Stage = project.Stage, StageSince = project.StageSince,
            Status = project.Status, StatusReason = isOpen ? project.StatusReason : null, NextFollowUp = project.NextFollowUpAt, CreatedAt = project.CreatedAt,
            History = [.. history.Select(h => new ProjectMove(h.From, h.To, h.At, names.Of(h.ById), isOpen ? h.Reason : null,
                evidence.Where(e => e.At == h.At && e.Stage == h.To).ToDictionary(e => e.Key, e => e.Value, StringComparer.Ordinal)))],
            Evidence = [.. evidence.Select(e => new EvidenceLine(e.Stage, e.Key, NameOf(e), e.Value, e.At, names.Of(e.ById)))],
            Assignments = await db.Assignments.AsNoTracking().VisibleTo(actor).Where(a => a.ProjectId == project.Id)
                .OrderByDescending(a => a.ProposedAt).ToRows(db).ToListAsync(cancellationToken),
            FollowUps = await FollowUpsAsync(project, isOpen, cancellationToken),
            OwnerMoves = isOpen ? await db.OwnerMovesAsync(null, project.Id, cancellationToken) : [],
            Stages = [.. catalogue.Stages.Of(project.Track).Select(s => new StageStep(s.Code, Text.Pick(s.NameZh, s.NameEn),
                s.Order < Stage.OrderOf(project.Stage), s.Code == project.Stage, history.FindLast(h => h.To == s.Code)?.At))],
            NextStage = project.IsClosed || catalogue.Stages.Next(project.Track, project.Stage) is not { } next ? null
                : Describe(project, next, await db.GateAsync(project, next.Code, cancellationToken)),
        };
    }

    private async Task<IReadOnlyList<FollowUpLine>> FollowUpsAsync(Project project, bool isOpen, CancellationToken cancel)
    {
        var followUps = db.FollowUps.AsNoTracking().Where(f => f.ProjectId == project.Id);
        if (project.OwnerId != actor.Id) followUps = followUps.VisibleTo(actor);
        var lines = await db.LinesAsync(followUps, cancel);
        return isOpen ? lines : lines.ConvertAll(l => l with { Note = null, Outcome = null, CancelReason = null, SupervisionNote = null });
    }

    private static NextStage Describe(Project project, Stage next, GateRecords records)
    {
        var missing = project.Missing(next, records);
        return new NextStage(next.Code, Text.Pick(next.NameZh, next.NameEn),
            [.. next.Evidence.Select(n => new EvidenceRequirement(n.Key, Text.Pick(n.NameZh, n.NameEn), n.Type, n.Required, n.Options, missing.Contains(n.Key)))], missing);
    }

    private string NameOf(ProjectEvidence evidence)
        => catalogue.Stages.Find(evidence.Stage)?.Evidence.FirstOrDefault(n => n.Key == evidence.Key) is { } need ? Text.Pick(need.NameZh, need.NameEn) : evidence.Key;
}
