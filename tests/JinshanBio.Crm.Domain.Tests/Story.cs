using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Stages;

namespace JinshanBio.Crm.Domain.Tests;

/// <summary>One lead, its project, a space and a short table of stages, to tell rules on.</summary>
internal static class Story
{
    public const string Name = "细胞工厂", CodeName = "青松计划";

    public static readonly DateTime Now = new(2026, 11, 20, 2, 0, 0, DateTimeKind.Utc);
    public static readonly Guid Officer = Guid.CreateVersion7(), Manager = Guid.CreateVersion7();

    /// <summary>S70 is not on the lease track; S60 has the evidence of a signing, S50 one text that is not required.</summary>
    public static readonly StageTable Table = new(
    [
        Stage("S10"), Stage("S40"), Stage("S50", Text("review"), Text("remark", required: false)),
        Stage("S60", Text("agreementNumber"), Option("agreementType", "formal", "framework", "intent"), new EvidenceNeed("creditCode", "", "", "creditCode", true, []),
            Option("fairCompetition", "compliant", "pending")),
        Stage("S65"), Stage("S70") with { Tracks = new HashSet<Track> { Track.Land, Track.Rnd } }, Stage("S80"), Stage("S100"),
    ]);

    public static Enterprise Enterprise(string? creditCode = null) => new("上海细胞工厂有限公司", creditCode, "CN", Now, Officer);

    public static Lead Lead(string? codeName = null, string? creditCode = null)
        => new("XS-2026-00001", Enterprise(creditCode), new LeadTerms("MED", ["MED-07", "CMN-05"], LeadSource.Visit, 1_000, codeName, " note "), Officer, Now, Officer);

    public static Project Project(Track track = Track.Lease, string? codeName = null, string? creditCode = null)
        => Domain.Projects.Project.From(Lead(codeName, creditCode), "XM-2026-00001", new ProjectTerms($" {Name} ", track, 5_000, 9_000, 800), Now, Officer);

    public static void Move(this Project project, string to, string? reason = null, Dictionary<string, string?>? evidence = null)
        => project.MoveTo(to, Table, evidence ?? [], reason, Now.AddDays(1), Officer);

    /// <summary>Resume day and so on, as the status asks for.</summary>
    public static readonly IReadOnlyDictionary<ProjectStatus, SideState> SideStates = new SideState[]
    {
        SideState.None(ProjectStatus.Active),
        Side(ProjectStatus.OnHold, new FormField("resumeOn", "", "", FormType.Date)),
        Side(ProjectStatus.Transferred, Share("shareOfFirst"), Share("shareOfLanding")),
        Side(ProjectStatus.Lost, new FormField("lostReason", "", "", FormType.Enum) { Options = [new FormOption("space", "", "")] }, new FormField("lostOn", "", "", FormType.Date)),
        new(ProjectStatus.Abandoned, [new FormField("vetoItem", "", "", FormType.Text)], new HashSet<string>()),
        Side(ProjectStatus.Terminated, new FormField("document", "", "", FormType.Text)),
        Side(ProjectStatus.Exited, new FormField("placeAfter", "", "", FormType.Text)),
    }.ToDictionary(s => s.Status);

    private static SideState Side(ProjectStatus status, params FormField[] inputs) => new(status, inputs, inputs.Select(i => i.Key).ToHashSet(StringComparer.Ordinal));

    private static FormField Share(string key) => new(key, "", "", FormType.Decimal) { Min = 0, Max = 100 };

    private static readonly Dictionary<ProjectStatus, Dictionary<string, string?>> Details = new()
    {
        [ProjectStatus.OnHold] = new() { ["resumeOn"] = "2027-01-20" },
        [ProjectStatus.Transferred] = new() { ["shareOfFirst"] = "40", ["shareOfLanding"] = "60" },
        [ProjectStatus.Lost] = new() { ["lostReason"] = "space", ["lostOn"] = "2026-11-19" },
        [ProjectStatus.Terminated] = new() { ["document"] = "金投函 1 号" },
        [ProjectStatus.Exited] = new() { ["placeAfter"] = "退租" },
    };

    /// <summary>With all that the status asks for, unless other details are given.</summary>
    public static void Become(this Project project, ProjectStatus to, string? reason, Dictionary<string, string?>? details = null)
        => project.SetStatus(SideStates[to], reason, details ?? Details.GetValueOrDefault(to, []), Now.AddDays(1), Officer);

    /// <summary>Takes a project in talks to a signed one.</summary>
    public static Project Signed(this Project project)
    {
        project.Move("S50", evidence: new() { ["review"] = "88" });
        project.Move("S60", evidence: Signing());
        return project;
    }

    public static Dictionary<string, string?> Signing(string type = "formal", string review = "compliant") => new()
    {
        ["agreementNumber"] = "A-1", ["agreementType"] = type, ["creditCode"] = "91310115MA0DEM013U", ["fairCompetition"] = review,
    };

    public static Space Space(decimal areaM2 = 1000, Guid? parkId = null)
        => new(parkId ?? Guid.CreateVersion7(), new SpaceTerms(" 2号楼 ", areaM2, new DateOnly(2026, 12, 1)), new DateOnly(2026, 11, 20));

    public static RefusalCode Refused(Action attempt) => Xunit.Assert.Throws<Refusal>(attempt).Code;

    private static Stage Stage(string code, params EvidenceNeed[] evidence)
        => new(code, Domain.Stages.Stage.OrderOf(code), code, code, 0.5m, null, new HashSet<Track>(Enum.GetValues<Track>()), evidence);

    private static EvidenceNeed Text(string key, bool required = true) => new(key, "", "", "text", required, []);

    private static EvidenceNeed Option(string key, params string[] options) => new(key, "", "", "option", true, options);
}
