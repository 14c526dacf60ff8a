using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Texts;

namespace JinshanBio.Crm.Web.Layout;

/// <summary>导航: one screen of the menu.</summary>
public sealed record NavItem(string Path, string Icon, string Key, Permission? Needs = null)
{
    private static readonly IReadOnlyList<NavItem> All =
    [
        new("/", "day", "nav.day"),
        new("/pipeline", "pipeline", "nav.pipeline", Permission.ReportsRead),
        new("/leads", "leads", "nav.leads", Permission.LeadsRead),
        new("/projects", "projects", "nav.projects", Permission.ProjectsRead),
        new("/chain", "chain", "nav.chain", Permission.ChainRead),
        new("/promises", "check", "nav.promises", Permission.ProjectsRead),
        new("/follow-ups", "calendar", "nav.followUps", Permission.LeadsRead),
        new("/service", "phone", "nav.service", Permission.ProjectsRead),
        new("/parks", "parks", "nav.parks", Permission.ParksRead),
        new("/allocations", "target", "nav.allocations", Permission.AllocationsPlan),
        new("/proposals", "inbox", "nav.proposals", Permission.AssignmentsRead),
        new("/reviews", "report", "nav.reviews", Permission.ReviewsRead),
        new("/first-talks", "star", "nav.firstTalks", Permission.FirstTalksRead),
        new("/enterprises", "enterprise", "nav.enterprises", Permission.EnterprisesRead),
        new("/imports", "imports", "nav.imports", Permission.ImportsRun),
        new("/people", "people", "nav.people", Permission.PeopleManage),
        new("/parameters/gates", "settings", "nav.gates", Permission.ParametersManage),
        new("/jobs", "jobs", "nav.jobs", Permission.JobsManage),
        new("/audit", "audit", "nav.audit", Permission.AuditRead),
    ];

    public string Label => Text.Of(Key);

    /// <summary>The screens a person may open, in the order of the menu.</summary>
    public static IReadOnlyList<NavItem> For(Actor actor) => [.. All.Where(i => i.Needs is not { } needed || actor.May(needed))];

    /// <summary>By its name in either language, or its address.</summary>
    public bool Matches(string q) => Path.Contains(q, StringComparison.OrdinalIgnoreCase)
        || Text.Entries[Key].Any(name => name.Contains(q, StringComparison.OrdinalIgnoreCase));

    public bool IsAt(string path) => Path == path || (Path != "/" && path.StartsWith(Path + "/", StringComparison.Ordinal));
}
