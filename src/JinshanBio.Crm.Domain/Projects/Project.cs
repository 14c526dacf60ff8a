using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Domain.Stages;

namespace JinshanBio.Crm.Domain.Projects;

/// <summary>招商项目: an intended investment, the unit that is counted. Begins at S40 在谈.</summary>
public sealed partial class Project : Entity
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
    public decimal CountedAsSigned => CountAsSigned(Stage, SignedAmount, Investment);

    /// <summary>The same of figures that were read without the project.</summary>
    public static decimal CountAsSigned(string stage, decimal signedAmount, decimal investment)
        => Stages.Stage.OrderOf(stage) < Stages.Stage.SignedOrder ? 0 : signedAmount > 0 ? signedAmount : investment;

    /// <summary>Floor area wanted, m².</summary>
    public decimal AreaM2 { get; private set; }
    public Guid OwnerId { get; private set; }
    public string Stage { get; private set; } = "";
    public DateTime StageSince { get; private set; }
    public DateTime? NextFollowUpAt { get; private set; }
    public DateTime CreatedAt { get; private set; }
    public Guid CreatedById { get; private set; }
    public ICollection<StageChange> History { get; } = [];
    public ICollection<ProjectEvidence> Evidence { get; } = [];
    public ICollection<SupersededEvidence> Superseded { get; } = [];

    /// <summary>Answers of the project form.</summary>
    public ICollection<ProjectFact> Facts { get; } = [];
    public ICollection<Assignment> Assignments { get; } = [];

    public void Edit(ProjectTerms terms)
    {
        Name = terms.Name.Trim();
        (Track, Investment, OutputAtCapacity, AreaM2) = (terms.Track, terms.Investment, terms.OutputAtCapacity, terms.AreaM2);
        RefreshTitle();
    }

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

    /// <summary>Keeps what the verified fulfilments of its promises prove.</summary>
    public void Prove(decimal fundsInPlace, decimal annualOutput) => (FundsInPlace, AnnualOutput) = (fundsInPlace, annualOutput);

    public void HandTo(Guid ownerId) => OwnerId = ownerId;

    /// <summary>What its signed formal agreement and the increases add up to, CNY yuan; 0 when there is none.</summary>
    public void CountSigned(decimal amount) => SignedAmount = amount;

    /// <summary>Its enterprise was merged into another record, or the merge was undone.</summary>
    public void BelongTo(Enterprise enterprise) => (EnterpriseId, Enterprise) = (enterprise.Id, enterprise);

    public void PlanNext(DateTime? dueAt) => NextFollowUpAt = dueAt;

    private void RefreshTitle()
        => Title = CodeName is not null && Stages.Stage.OrderOf(Stage) < Stages.Stage.SignedOrder ? CodeName : Name;
}
