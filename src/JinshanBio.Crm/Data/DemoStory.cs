using JinshanBio.Crm.Domain.Agreements;
using JinshanBio.Crm.Domain.Commitments;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Domain.FirstTalks;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Reviews;
using JinshanBio.Crm.Domain.Tenants;

namespace JinshanBio.Crm.Data;

/// <summary>The demo world as seeds/demo/world.json tells it. Days count from the day of loading.</summary>
internal sealed record DemoStory(string Password, List<DemoPerson> People, List<DemoEnterprise> Enterprises, List<DemoSpace> Spaces, List<DemoLead> Leads)
{
    public List<DemoPaper> Papers { get; init; } = [];
    public List<DemoAsked> Asked { get; init; } = [];
    public List<DemoSign> Signs { get; init; } = [];
    public List<DemoVisit> Visits { get; init; } = [];
    public List<DemoPlan> Plans { get; init; } = [];
    public List<DemoTenantReport> TenantReports { get; init; } = [];
    public List<DemoCampaign> Campaigns { get; init; } = [];
    public List<DemoPresence> Presences { get; init; } = [];
    public List<DemoPartner> Partners { get; init; } = [];
    public List<DemoOffer> Offers { get; init; } = [];
    public List<DemoIntroduction> Introductions { get; init; } = [];
    public List<DemoMapEdit> MapEdits { get; init; } = [];
    public List<DemoMapProposal> MapProposals { get; init; } = [];

    /// <summary>An example set: none is shipped.</summary>
    public GraduationRules? Graduation { get; init; }
}

/// <summary>What the project forms of the demo world say (seeds/demo/forms.json), by the enterprise of the project. Given with the conversion.</summary>
internal sealed record DemoForms(Dictionary<string, Dictionary<string, string?>> Forms);

internal sealed record DemoPerson(string UserName, string DisplayName, string Role, string? Department, List<string> Parks);

internal sealed record DemoEnterprise(string Key, string Name, string? CreditCode, string Country, string? Address, string? Kind, string By, int Day)
{
    public List<OtherName> Aliases { get; init; } = [];
    public EnterpriseSize? Size { get; init; }
    public string? Industry { get; init; }
    public string? Scope { get; init; }
    public string? Group { get; init; }
    public List<string> LeaderFields { get; init; } = [];
    public List<string> Links { get; init; } = [];
    public ContactTerms? Contact { get; init; }
}

internal sealed record DemoSpace(string Park, string Name, decimal AreaM2, DateOnly AvailableFrom, decimal? Rent, string By, int Day)
{
    public SpaceKind Kind { get; init; }
    public string? Building { get; init; }
    public string? Floor { get; init; }
    public Facilities Facilities { get; init; } = new();
    public DemoSplit? Split { get; init; }

    public SpaceTerms ToTerms() => new(Name, AreaM2, AvailableFrom) { Kind = Kind, Building = Building, Floor = Floor, Facilities = Facilities, Rent = Rent };
}

/// <summary>Nobody stands in it on that day.</summary>
internal sealed record DemoSplit(int Day, List<SpacePart> Parts);

internal sealed record DemoLead(
    string Enterprise, string Owner, int Day, string Field, List<string> Links, LeadSource Source, decimal Investment, string? CodeName, string? Note, List<DemoStep> Steps);

/// <summary>One thing that happened on a day, by the lead's owner unless somebody else is named.</summary>
internal sealed record DemoStep
{
    public int Day { get; init; }
    public string? By { get; init; }
    public string? Reason { get; init; }

    public FollowUpKind? Plan { get; init; }
    public int Due { get; init; }
    public TimeOnly? At { get; init; }
    public string? Note { get; init; }
    public int? Done { get; init; }
    public string? Outcome { get; init; }
    public FollowUpResult? Result { get; init; }
    public List<string> With { get; init; } = [];
    public RepeatUnit? Repeat { get; init; }
    public int Every { get; init; } = 1;
    public DemoPutOff? PutOff { get; init; }
    public DemoSupervision? Supervised { get; init; }

    public string? Screen { get; init; }
    public TalkEvidence? Talk { get; init; }
    public TalkEvidence? Dispute { get; init; }
    public string? TalkedTo { get; init; }
    public string? Drop { get; init; }
    public ProjectTerms? Convert { get; init; }
    public string? Move { get; init; }
    public Dictionary<string, string?> Evidence { get; init; } = [];
    public ProjectStatus? Status { get; init; }

    /// <summary>What the status asks for; a number is a day counted from today.</summary>
    public Dictionary<string, string?> Details { get; init; } = [];

    public string? Propose { get; init; }
    public string? Space { get; init; }
    public decimal AreaM2 { get; init; }
    public int? Start { get; init; }
    public DateOnly? StartOn { get; init; }
    public string? Accept { get; init; }
    public int? HoldUntil { get; init; }

    /// <summary>Last day of the lease.</summary>
    public int? Until { get; init; }
    public string? Refuse { get; init; }
    public bool MoveIn { get; init; }

    /// <summary>候补: what the manager says of it.</summary>
    public string? Wait { get; init; }
    public DemoLease? Lease { get; init; }
    public DemoOption? Option { get; init; }

    public DemoReview? Review { get; init; }
    public DemoFairCompetition? Fair { get; init; }
    public DemoAgreement? Agreement { get; init; }
    public DemoPromise? Promise { get; init; }
}

/// <summary>租约 until a day counted from today.</summary>
internal sealed record DemoLease(string Number, int? Until, string? Note);

/// <summary>扩租选择权 until a day counted from today.</summary>
internal sealed record DemoOption(string Space, decimal AreaM2, int Until, string? Note);

internal sealed record DemoReview(string Committed, List<DemoOpinion> Opinions)
{
    public string? Again { get; init; }
    public int? Concluded { get; init; }
    public ReviewStatus Result { get; init; }
    public string? Minutes { get; init; }
    public string? MinutesNumber { get; init; }
    public string? Conditions { get; init; }
}

/// <summary>Without a day nothing has been answered yet; without a person the owner records the department's letter.</summary>
internal sealed record DemoOpinion(string Unit, int Due, int? Day, string? By, Verdict Verdict, string? Conditions, string? Document);

internal sealed record DemoFairCompetition(FairCompetitionState State, string? Document, string By, string? Basis);

internal sealed record DemoAgreement(AgreementKind Kind, AgreementTerms Terms, List<DemoMeasure> Measures)
{
    /// <summary>The day on which it is signed; a draft without.</summary>
    public int? Signed { get; init; }
}

internal sealed record DemoMeasure(string Kind, string Document, string Title, DateOnly Date, decimal? Amount, string Conditions, string Unit);

/// <summary>承诺 with what was reported of it; verified by the leader.</summary>
internal sealed record DemoPromise(CommitmentKind Kind, decimal? Target, int Due)
{
    public string? What { get; init; }
    public string? Unit { get; init; }
    public string? Document { get; init; }
    public string? Agreement { get; init; }
    public List<DemoReport> Reports { get; init; } = [];
    public DemoPostponement? Postponed { get; init; }
}

internal sealed record DemoReport(int Day, decimal? Value, string Text, int? Verified);

internal sealed record DemoPostponement(int Day, int To, string Reason, string Document);

internal sealed record DemoPutOff(int Day, int To, string Reason);

internal sealed record DemoSupervision(int Day, string By, string Note);
