using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Domain.Stages;

namespace JinshanBio.Crm.Domain.Projects;

/// <summary>招商项目: an intended investment, the unit that is counted. Begins at S40 在谈.</summary>
public sealed class Project : Entity
{
    private Project() { }

    private Project(string number, Lead lead, DateTime now, Guid byId)
    {
        (Number, LeadId, EnterpriseId, Enterprise) = (number, lead.Id, lead.EnterpriseId, lead.Enterprise);
        (CodeName, Field, OwnerId) = (lead.CodeName, lead.Field, lead.OwnerId);
        foreach (var link in lead.Links) Links.Add(new ProjectLink(Id, link.Code));
        foreach (var tag in lead.Tags) Tags.Add(new ProjectTag(Id, tag.Name));
        (Stage, StageSince, CreatedAt, CreatedById) = (Stages.Stage.InTalks, now, now, byId);
        History.Add(new StageChange(null, Stage, now, byId));
    }

    /// <summary>立项: turns a lead into a project, once.</summary>
    /// <exception cref="Refusal">LeadAlreadyConverted, LeadDropped.</exception>
    public static Project From(Lead lead, string number, ProjectTerms terms, DateTime now, Guid byId)
    {
        var project = new Project(number, lead, now, byId);
        lead.ConvertTo(project.Id);
        project.Edit(terms);
        return project;
    }

    /// <summary>"XM-2026-00001".</summary>
    public string Number { get; private set; } = "";
    public Guid LeadId { get; private set; }
    public Guid EnterpriseId { get; private set; }
    public Enterprise? Enterprise { get; private set; }
    public string Name { get; private set; } = "";
    public string? CodeName { get; private set; }

    /// <summary>What lists, exports, notices and file names show: the code name until signing, the name from then on.</summary>
    public string Title { get; private set; } = "";
    public string Field { get; private set; } = "";
    public ICollection<ProjectLink> Links { get; } = [];
    public ICollection<ProjectTag> Tags { get; } = [];
    public Track Track { get; private set; }

    /// <summary>总投资, CNY yuan.</summary>
    public decimal Investment { get; private set; }

    /// <summary>达产年产值, CNY yuan a year.</summary>
    public decimal OutputAtCapacity { get; private set; }

    /// <summary>签约额, CNY yuan: what the first formal agreement and its increases name; 0 until signing. A letter of intent never counts.</summary>
    public decimal SignedAmount { get; private set; }

    /// <summary>到位资金, CNY yuan, cumulative; 0 until proved.</summary>
    public decimal FundsInPlace { get; private set; }

    /// <summary>产值 of the last full year on record, CNY yuan; 0 until it produces.</summary>
    public decimal AnnualOutput { get; private set; }

    /// <summary>What counts as signed: the signed amount; the investment where none is on record of a signed project; nothing before signing.</summary>
    public decimal CountedAsSigned => Stages.Stage.OrderOf(Stage) < Stages.Stage.SignedOrder ? 0 : SignedAmount > 0 ? SignedAmount : Investment;

    /// <summary>Floor area wanted, m².</summary>
    public decimal AreaM2 { get; private set; }
    public Guid OwnerId { get; private set; }
    public string Stage { get; private set; } = "";
    public DateTime StageSince { get; private set; }
    public ProjectStatus Status { get; private set; }
    public string? StatusReason { get; private set; }
    public DateTime? NextFollowUpAt { get; private set; }
    public DateTime CreatedAt { get; private set; }
    public Guid CreatedById { get; private set; }
    public ICollection<StageChange> History { get; } = [];
    public ICollection<ProjectEvidence> Evidence { get; } = [];
    public ICollection<Assignment> Assignments { get; } = [];

    /// <summary>Neither active nor on hold; stored, because every list asks for it.</summary>
    public bool IsClosed { get; private set; }

    public void Edit(ProjectTerms terms)
    {
        Name = terms.Name.Trim();
        (Track, Investment, OutputAtCapacity, AreaM2) = (terms.Track, terms.Investment, terms.OutputAtCapacity, terms.AreaM2);
        RefreshTitle();
    }

    /// <summary>
    /// Moves the project. Forward only to the next stage of its track and with that stage's evidence; back with a reason.
    /// </summary>
    /// <param name="records">What the project's other records (review, agreement, promises) say to the gate.</param>
    /// <exception cref="Refusal">ProjectClosed, StageUnchanged, StageNotOnTrack, StageNotNext, ReasonRequired,
    /// EvidenceMissing (with what is missing), AgreementNotFormal, FairCompetitionOpen, CreditCodeWrong, and whatever stands in the way among the records.</exception>
    public void MoveTo(string to, StageTable stages, IReadOnlyDictionary<string, string?> evidence, string? reason, DateTime now, Guid byId, GateRecords? records = null)
    {
        if (IsClosed) throw new Refusal(RefusalCode.ProjectClosed, Number);
        if (to == Stage) throw new Refusal(RefusalCode.StageUnchanged, to) { Field = "to" };
        var target = stages.Of(Track).FirstOrDefault(s => s.Code == to)
            ?? throw new Refusal(RefusalCode.StageNotOnTrack, to) { Field = "to" };

        if (target.Order < stages[Stage].Order)
        {
            if (string.IsNullOrWhiteSpace(reason)) throw new Refusal(RefusalCode.ReasonRequired) { Field = "reason" };
        }
        else
        {
            var next = stages.Next(Track, Stage)!;
            if (next.Code != to) throw new Refusal(RefusalCode.StageNotNext, next.Code) { Field = "to" };
            if (records?.Obstacle is { } obstacle) throw obstacle;
            Record(target, evidence, records ?? GateRecords.None, now, byId);
        }

        History.Add(new StageChange(Stage, to, now, byId, reason?.Trim()));
        (Stage, StageSince) = (to, now);
        RefreshTitle();
    }

    /// <summary>Keys of the evidence that entering the stage would still need beyond what is on record and given.</summary>
    public IReadOnlyList<string> Missing(Stage target, GateRecords? records = null)
        => [.. target.Evidence.Where(need => need.Required && !Has(need) && records?.Evidence.ContainsKey(need.Key) is not true).Select(need => need.Key)];

    /// <exception cref="Refusal">TooManyTags.</exception>
    public void Label(string tag)
    {
        tag = Tag.Normalise(tag);
        if (Tags.Any(t => t.Name == tag)) return;
        if (Tags.Count == Tag.Most) throw new Refusal(RefusalCode.TooManyTags, Tag.Most) { Field = "tag" };
        Tags.Add(new ProjectTag(Id, tag));
    }

    public void Unlabel(string tag)
    {
        tag = Tag.Normalise(tag);
        if (Tags.FirstOrDefault(t => t.Name == tag) is { } there) Tags.Remove(there);
    }

    /// <summary>Ends, pauses or resumes the project; the stage stays as it is.</summary>
    /// <exception cref="Refusal">StatusNotAllowed, ReasonRequired.</exception>
    public void SetStatus(ProjectStatus to, string? reason)
    {
        var allowed = Status switch
        {
            ProjectStatus.Active => to != ProjectStatus.Active,
            ProjectStatus.OnHold => to != ProjectStatus.OnHold,
            _ => to == ProjectStatus.Active,
        };
        var signed = Stages.Stage.OrderOf(Stage) >= Stages.Stage.SignedOrder;
        if (to == ProjectStatus.Terminated && !signed) allowed = false;
        if (to == ProjectStatus.Exited && Stages.Stage.OrderOf(Stage) < Stages.Stage.LandedOrder) allowed = false;
        if (!allowed) throw new Refusal(RefusalCode.StatusNotAllowed, Number) { Field = "status" };
        if (to != ProjectStatus.Active && string.IsNullOrWhiteSpace(reason)) throw new Refusal(RefusalCode.ReasonRequired) { Field = "reason" };
        (Status, StatusReason) = (to, reason?.Trim());
        IsClosed = Status is not (ProjectStatus.Active or ProjectStatus.OnHold);
    }

    /// <summary>Keeps what the verified fulfilments of its promises prove.</summary>
    public void Prove(decimal fundsInPlace, decimal annualOutput) => (FundsInPlace, AnnualOutput) = (fundsInPlace, annualOutput);

    public void HandTo(Guid ownerId) => OwnerId = ownerId;

    /// <summary>Its enterprise was merged into another record, or the merge was undone.</summary>
    public void BelongTo(Enterprise enterprise) => (EnterpriseId, Enterprise) = (enterprise.Id, enterprise);

    public void PlanNext(DateTime? dueAt) => NextFollowUpAt = dueAt;

    /// <summary>What a record says outweighs what is typed: the record is the fact.</summary>
    private void Record(Stage target, IReadOnlyDictionary<string, string?> given, GateRecords records, DateTime now, Guid byId)
    {
        foreach (var need in target.Evidence)
        {
            if ((records.Evidence.GetValueOrDefault(need.Key) ?? given.GetValueOrDefault(need.Key)) is not { } value || string.IsNullOrWhiteSpace(value)) continue;
            value = need.Check(value);
            if (Evidence.FirstOrDefault(e => e.Key == need.Key) is { } known) known.Replace(value, now, byId);
            else Evidence.Add(new ProjectEvidence(Id, target.Code, need.Key, value, now, byId));
        }
        if (Missing(target) is { Count: > 0 } missing) throw new Refusal(RefusalCode.EvidenceMissing, target.Code) { Field = "evidence", Missing = missing };
        if (target.Code == Stages.Stage.Signed) MustBeFitToSign();
    }

    /// <summary>Only a formal agreement signs, and not before the fair-competition review is concluded (公平竞争审查条例, in force since 2024-08-01).</summary>
    private void MustBeFitToSign()
    {
        if (Value(EvidenceNeed.AgreementType) != EvidenceNeed.FormalAgreement)
            throw new Refusal(RefusalCode.AgreementNotFormal) { Field = $"evidence.{EvidenceNeed.AgreementType}" };
        if (Value(EvidenceNeed.FairCompetition) == EvidenceNeed.ReviewPending)
            throw new Refusal(RefusalCode.FairCompetitionOpen) { Field = $"evidence.{EvidenceNeed.FairCompetition}" };
    }

    private bool Has(EvidenceNeed need)
        => Value(need.Key) is not null || (need.Key == EvidenceNeed.SigningCreditCode && Enterprise?.CreditCode is not null);

    private string? Value(string key) => Evidence.FirstOrDefault(e => e.Key == key)?.Value;

    private void RefreshTitle()
        => Title = CodeName is not null && Stages.Stage.OrderOf(Stage) < Stages.Stage.SignedOrder ? CodeName : Name;
}

/// <summary>What the other records of a project say to the gate of a stage: evidence that they already are, and what stands in the way.</summary>
/// <param name="Evidence">By key of the evidence, in words: the number of the review, of the agreement.</param>
/// <param name="Obstacle">Thrown when the gate is tried, such as a review that was not passed.</param>
public sealed record GateRecords(IReadOnlyDictionary<string, string> Evidence, Refusal? Obstacle = null)
{
    public static readonly GateRecords None = new(new Dictionary<string, string>(StringComparer.Ordinal));
}

/// <summary>What is said about a project when it is opened or edited. Money in yuan, area in m².</summary>
public sealed record ProjectTerms(string Name, Track Track, decimal Investment, decimal OutputAtCapacity, decimal AreaM2);

public sealed class ProjectTag(Guid projectId, string name)
{
    public Guid ProjectId { get; private set; } = projectId;
    public string Name { get; private set; } = name;
}

public sealed class ProjectLink(Guid projectId, string code)
{
    public Guid ProjectId { get; private set; } = projectId;
    public string Code { get; private set; } = code;
}

/// <summary>佐证: one piece of evidence on record, such as a document number.</summary>
public sealed class ProjectEvidence(Guid projectId, string stage, string key, string value, DateTime at, Guid byId)
{
    public Guid ProjectId { get; private set; } = projectId;
    public string Stage { get; private set; } = stage;
    public string Key { get; private set; } = key;
    public string Value { get; private set; } = value;
    public DateTime At { get; private set; } = at;
    public Guid ById { get; private set; } = byId;

    public void Replace(string value, DateTime at, Guid byId) => (Value, At, ById) = (value, at, byId);
}

/// <summary>状态, separate from the stage: going on, paused, or how it ended.</summary>
public enum ProjectStatus
{
    /// <summary>进行中</summary>
    Active,
    /// <summary>暂停</summary>
    OnHold,
    /// <summary>流转</summary>
    Transferred,
    /// <summary>流失</summary>
    Lost,
    /// <summary>放弃/劝退</summary>
    Abandoned,
    /// <summary>签约后终止</summary>
    Terminated,
    /// <summary>退出</summary>
    Exited,
}
