using System.Globalization;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Allocations;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Parks;
using JinshanBio.Crm.Texts;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Allocations;

/// <summary>How a plan is said: names of projects (their titles as of now) and spaces, and the reasons in words.</summary>
internal sealed class AllocationWords
{
    private readonly Dictionary<Guid, (string Number, string Title)> _projects;
    private readonly Dictionary<Guid, PlanSpaceRow> _spaces;
    private readonly Dictionary<Guid, string> _parks;
    private readonly AllocationPlan _plan;

    private AllocationWords(AllocationPlan plan, Dictionary<Guid, (string, string)> projects, Dictionary<Guid, string> parks, bool mayKnow)
    {
        (_plan, _projects, _parks) = (plan, projects, parks);
        // What somebody called an added space is free text.
        var added = plan.Outcome.Spaces.Where(s => s.IsAdded).Select((s, i) => (s.Id, Name: Text.Of("allocations.addedNamed", i + 1))).ToDictionary(s => s.Id, s => s.Name);
        _spaces = plan.Outcome.Spaces.ToDictionary(s => s.Id, s => new PlanSpaceRow(s.Id, s.ParkId, Park(s.ParkId), s.IsAdded && !mayKnow ? added[s.Id] : s.Name, s.Building, s.IsAdded));
    }

    public static async Task<AllocationWords> LoadAsync(CrmDb db, Actor actor, AllocationPlan plan, CancellationToken cancel)
    {
        List<Guid> ids = [.. plan.Outcome.Projects.Select(p => p.Id), .. plan.Outcome.Unplanned.Select(p => p.Id)];
        var projects = await db.Projects.VisibleTo(actor).Where(p => ids.Contains(p.Id)).Select(p => new { p.Id, p.Number, p.Title }).ToDictionaryAsync(p => p.Id, p => (p.Number, p.Title), cancel);
        var parks = await db.Parks.AsNoTracking().VisibleTo(actor).ToDictionaryAsync(p => p.Id, p => Text.Pick(p.NameZh, p.NameEn), cancel);
        return new AllocationWords(plan, projects, parks, actor.May(Permission.RealNames));
    }

    public (string Number, string Title) Project(Guid id) => _projects.GetValueOrDefault(id, ("", Text.Of("allocations.goneProject")));

    public PlanSpaceRow Space(Guid id) => _spaces.GetValueOrDefault(id) ?? new PlanSpaceRow(id, default, "", Text.Of("allocations.goneSpace"), null, false);

    public string Park(Guid id) => _parks.GetValueOrDefault(id, "");

    public static List<string> Fit(PlacementFit fit) => [.. fit.Points.Select(p => $"{Text.Of("fit.point." + p.Key)} {Number(p.Points)}/{Number(p.Of)}")];

    public LeftOutRow Row(AllocationLeftOut left, PlannedProject project)
    {
        var name = Project(left.ProjectId);
        return new(left.ProjectId, name.Number, name.Title, project.AreaM2, project.Output, project.Wanted, left.Reason.ToString(), Why(left, project), left.SpaceId);
    }

    public LeftOutRow Row(UnplannedProject left)
    {
        var name = Project(left.Id);
        return new(left.Id, name.Number, name.Title, null, null, left.Wanted, left.Reason.ToString(), Text.Of("allocations.why." + left.Reason), null);
    }

    private string Why(AllocationLeftOut left, PlannedProject project)
    {
        var space = left.SpaceId is { } id ? $"{Space(id).ParkName} {Space(id).Name}" : "";
        return left.Reason switch
        {
            LeftOutReason.NoSpaceFits => Text.Of("allocations.why.NoSpaceFits", project.Barred.Count == 0 ? "–"
                : string.Join(Text.Of("list.comma"), project.Barred.Take(3).Select(b => Text.Of("allocations.bars", FitWords.LimitName(b.Key), b.Spaces)))),
            LeftOutReason.NoRoom => Text.Of("allocations.why.NoRoom", Number(project.AreaM2), space, Number(left.M2 ?? 0)),
            LeftOutReason.TooLate => Text.Of("allocations.why.TooLate", space, Month(left.Month ?? 0), _plan.Scenario.Weights.LongestWait),
            _ => Text.Of("allocations.why.Displaced", space, Month(left.Month ?? 0), left.DisplacedBy.Count == 0 ? "–" : string.Join(Text.Of("list.comma"), left.DisplacedBy.Take(4).Select(p => Project(p).Title)), Number(left.Worth ?? 0)),
        };
    }

    public RefusedPinRow Row(RefusedPin pin) => new(pin.ProjectId, pin.SpaceId, pin.Reason, Text.Of("allocations.pinRefused", Project(pin.ProjectId).Title, Space(pin.SpaceId).Name, Text.Of(pin.Reason)));

    public List<AssumptionRow> Assumptions()
    {
        var scenario = _plan.Scenario;
        return
        [
            .. scenario.Pins.Select(p => new AssumptionRow("pin", Text.Of("allocations.named.pin", Project(p.ProjectId).Title, Space(p.SpaceId).Name))),
            .. scenario.Closures.Select(c => new AssumptionRow("close", Text.Of("allocations.assumes.close",
                string.Join(' ', new[] { Park(c.ParkId), c.SpaceId is { } space ? Space(space).Name : c.Building }.Where(w => !string.IsNullOrEmpty(w))), Day(c.From)))),
            .. scenario.Additions.Select(a => new AssumptionRow("add", Text.Of("allocations.assumes.add", Park(a.ParkId), Space(a.Id).Name, Number(a.AreaM2), Day(a.From)))),
        ];
    }

    private string Month(int month) => _plan.MonthAt(month).ToString(Text.IsEnglish ? "MMM yyyy" : "yyyy年M月", CultureInfo.CurrentCulture);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Number(decimal value) => value.ToString("#,##0.##", CultureInfo.InvariantCulture);
}
