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

    /// <summary>签约额, of the formal agreement and its increases; 到位资金 and 产值 of the last year, as verified. Three sums that are never added up.</summary>
    public decimal SignedAmount { get; init; }
    public decimal FundsInPlace { get; init; }
    public decimal AnnualOutput { get; init; }
    public decimal AreaM2 { get; init; }
    public Guid OwnerId { get; init; }
    public required string OwnerName { get; init; }
    public required string Stage { get; init; }
    public DateTime StageSince { get; init; }
    public ProjectStatus Status { get; init; }
    public string? StatusReason { get; init; }

    /// <summary>What the status asked for: resume day, reason of a loss, shares and so on.</summary>
    public IReadOnlyList<StatusDetail> StatusDetails { get; init; } = [];

    /// <summary>While on hold, the day on which it is taken up again.</summary>
    public DateOnly? ResumeOn { get; init; }
    public IReadOnlyList<StatusMove> StatusHistory { get; init; } = [];
    public int DaysInStage { get; init; }

    /// <summary>Days after which the stage counts as stalled; null when it never does.</summary>
    public int? StallDays { get; init; }

    /// <summary>Whose turn it is; null while the project rests or has ended.</summary>
    public ProjectTurn? Turn { get; init; }
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
/// <param name="At">When it was recorded, UTC.</param>
public sealed record ProjectMove(string? From, string To, DateTime At, string By, string? Reason, IReadOnlyDictionary<string, string> Evidence)
{
    public Guid Id { get; init; }

    /// <summary>When the stage was entered: as recorded, or as the last correction says. It counts for the time in stage.</summary>
    public DateTime EnteredAt { get; init; }

    /// <summary>Corrections of this entry, oldest first.</summary>
    public IReadOnlyList<MoveCorrection> Corrections { get; init; } = [];
}

/// <summary>更正: somebody said later when the stage was really entered.</summary>
public sealed record MoveCorrection(DateTime EnteredAt, DateTime At, string By, string Reason);

/// <summary>佐证 on record.</summary>
public sealed record EvidenceLine(string Stage, string Key, string Name, string Value, DateTime At, string By)
{
    /// <summary>What stood there before, newest first.</summary>
    public IReadOnlyList<OlderEvidence> Older { get; init; } = [];
}

public sealed record OlderEvidence(string Value, DateTime At, string By, DateTime ReplacedAt, string ReplacedBy);

/// <param name="Value">In the reader's words.</param>
public sealed record StatusDetail(string Key, string Name, string Value);

/// <summary>状态变更: who changed the status when, from what to what, and why.</summary>
public sealed record StatusMove(ProjectStatus From, ProjectStatus To, DateTime At, string By, string? Reason, IReadOnlyList<StatusDetail> Details);

/// <param name="EnteredAt">When the project last entered it, UTC.</param>
public sealed record StageStep(string Code, string Name, bool IsPassed, bool IsCurrent, DateTime? EnteredAt);

/// <param name="Missing">Keys of the evidence and of the fields that are not there yet.</param>
public sealed record NextStage(string Code, string Name, IReadOnlyList<EvidenceRequirement> Evidence, IReadOnlyList<string> Missing)
{
    /// <summary>Fields of the project form that entering the stage needs, from this stage and from those before it.</summary>
    public IReadOnlyList<FieldRequirement> Fields { get; init; } = [];
}

/// <param name="Unit">CNY and USD are amounts: in yuan and US dollars here, in ten thousands on screen.</param>
public sealed record FieldRequirement(string Key, string Name, FormType Type, string? Unit, IReadOnlyList<FormChoice> Options, bool IsMissing);

/// <param name="Type">text, creditCode or option.</param>
/// <param name="Options">Keys that an option may have.</param>
public sealed record EvidenceRequirement(string Key, string Name, string Type, bool IsRequired, IReadOnlyList<string> Options, bool IsMissing);

internal sealed class GetProjectHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<GetProject, ProjectRecord>
{
    public async Task<ProjectRecord> Handle(GetProject request, CancellationToken cancellationToken)
    {
        var project = await db.Projects.AsNoTracking().VisibleTo(actor)
            .Include(p => p.Enterprise).Include(p => p.Links).Include(p => p.Tags).Include(p => p.Evidence).Include(p => p.History)
            .Include(p => p.Facts).Include(p => p.Superseded).Include(p => p.StatusHistory)
            .AsSplitQuery().OneAsync(request.Id, cancellationToken);
        var names = await db.NamesAsync([project.OwnerId, .. project.History.Select(h => h.ById), .. project.Evidence.Select(e => e.ById),
            .. project.Superseded.SelectMany(e => new[] { e.ById, e.ReplacedById }), .. project.StatusHistory.Select(c => c.ById)], cancellationToken);
        var isOpen = actor.May(Permission.RealNames) || project.Title == project.Name;
        var history = StageChange.InOrder(project.History);
        var (now, stage) = (clock.GetUtcNow().UtcDateTime, catalogue.Stages.Find(project.Stage));
        var waiting = await db.WaitingAsync(actor, [project.Id], cancellationToken);
        var evidence = isOpen ? project.Evidence.OrderBy(e => Stage.OrderOf(e.Stage)).ThenBy(e => e.Key, StringComparer.Ordinal).ToList() : [];

        return new ProjectRecord
        {
            Id = project.Id, Number = project.Number, Version = project.Version, Title = project.Title,
            Name = isOpen ? project.Name : null, CodeName = isOpen ? project.CodeName : null,
            EnterpriseId = isOpen ? project.EnterpriseId : null, EnterpriseName = isOpen ? project.Enterprise!.Name : null,
            CreditCode = isOpen ? project.Enterprise!.CreditCode : null, LeadId = isOpen ? project.LeadId : null,
            Field = project.Field, Links = [.. project.Links.Select(l => l.Code).Order(StringComparer.Ordinal)], Track = project.Track,
            Tags = !isOpen ? [] : [.. project.Tags.Select(t => t.Name).Order(StringComparer.Ordinal)],
            Investment = project.Investment, OutputAtCapacity = project.OutputAtCapacity,
            SignedAmount = project.SignedAmount, FundsInPlace = project.FundsInPlace, AnnualOutput = project.AnnualOutput, AreaM2 = project.AreaM2,
            OwnerId = project.OwnerId, OwnerName = names.Of(project.OwnerId), Stage = project.Stage, StageSince = project.StageSince,
            Status = project.Status, StatusReason = isOpen ? project.StatusReason : null, StatusDetails = isOpen ? Describe(project.Status, project.StatusDetails) : [], ResumeOn = project.ResumeOn,
            StatusHistory = [.. project.StatusHistory.OrderBy(c => c.At).ThenBy(c => c.Id).Select(c => new StatusMove(c.From, c.To, c.At, names.Of(c.ById), isOpen ? c.Reason : null, isOpen ? Describe(c.To, c.Details) : []))],
            DaysInStage = StageClock.Days(project.StageSince, now), StallDays = stage?.StallDays,
            Turn = Turns.Of(catalogue, project.Stage, project.StageSince, project.Status, waiting.TryGetValue(project.Id, out var proposed) ? proposed : null, names.Of(project.OwnerId), now),
            NextFollowUp = project.NextFollowUpAt, CreatedAt = project.CreatedAt,
            History = [.. history.Select(h => new ProjectMove(h.Move.From, h.Move.To, h.Move.At, names.Of(h.Move.ById), isOpen ? h.Move.Reason : null,
                evidence.Where(e => e.At == h.Move.At && e.Stage == h.Move.To).ToDictionary(e => e.Key, e => e.Value, StringComparer.Ordinal))
                { Id = h.Move.Id, EnteredAt = h.EnteredAt, Corrections = [.. h.Corrections.Select(c => new MoveCorrection(c.EnteredAt!.Value, c.At, names.Of(c.ById), isOpen ? c.Reason! : ""))] })],
            Evidence = [.. evidence.Select(e => new EvidenceLine(e.Stage, e.Key, NameOf(e), e.Value, e.At, names.Of(e.ById))
                { Older = [.. project.Superseded.Where(o => o.Key == e.Key).OrderByDescending(o => o.ReplacedAt).Select(o => new OlderEvidence(o.Value, o.At, names.Of(o.ById), o.ReplacedAt, names.Of(o.ReplacedById)))] })],
            Assignments = await db.Assignments.AsNoTracking().VisibleTo(actor).Where(a => a.ProjectId == project.Id)
                .OrderByDescending(a => a.ProposedAt).ToRows(db).ToListAsync(cancellationToken),
            FollowUps = await FollowUpsAsync(project, isOpen, cancellationToken),
            OwnerMoves = isOpen ? await db.OwnerMovesAsync(null, project.Id, cancellationToken) : [],
            Stages = [.. catalogue.Stages.Of(project.Track).Select(s => new StageStep(s.Code, Text.Pick(s.NameZh, s.NameEn),
                s.Order < Stage.OrderOf(project.Stage), s.Code == project.Stage, history.FindLast(h => h.Move.To == s.Code) is { Move: not null } entry ? entry.EnteredAt : null))],
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
            [.. next.Evidence.Select(n => new EvidenceRequirement(n.Key, Text.Pick(n.NameZh, n.NameEn), n.Type, n.Required, n.Options, missing.Contains(n.Key)))], missing)
        {
            Fields = [.. next.Fields.Where(f => f.IsAskedOf(project)).Select(f => new FieldRequirement(f.Key, f.Name(), f.Type, f.Money ?? f.Unit(),
                [.. f.Options.Select(o => new FormChoice(o.Key, Text.Pick(o.NameZh, o.NameEn)))], missing.Contains(f.Key)))],
        };
    }

    private List<StatusDetail> Describe(ProjectStatus status, IReadOnlyDictionary<string, string> details)
        => [.. catalogue.SideStates[status].Inputs.Where(i => details.ContainsKey(i.Key)).Select(i => new StatusDetail(i.Key, i.Name(), i.Show(details[i.Key])))];

    private string NameOf(ProjectEvidence evidence)
        => catalogue.Stages.Find(evidence.Stage)?.Evidence.FirstOrDefault(n => n.Key == evidence.Key) is { } need ? Text.Pick(need.NameZh, need.NameEn) : evidence.Key;
}
