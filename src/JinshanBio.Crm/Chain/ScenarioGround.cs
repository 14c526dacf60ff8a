using System.Globalization;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Domain.Commitments;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Domain.Stages;
using JinshanBio.Crm.Enterprises;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Projects;
using JinshanBio.Crm.Texts;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Chain;

/// <summary>What assumptions are about: the chain as it is, and the projects and enterprises that are named, as far as the person sees them.</summary>
internal sealed class ScenarioGround
{
    private const string ProductionDate = "production_date";

    private readonly ChainGround _ground;
    private readonly Catalogue _catalogue;
    private readonly Dictionary<Guid, Named> _projects;
    private readonly Dictionary<Guid, Firm> _enterprises;
    private readonly HashSet<Guid> _seen;
    private readonly DateOnly _today;

    private ScenarioGround(ChainGround ground, Catalogue catalogue, Dictionary<Guid, Named> projects, Dictionary<Guid, Firm> enterprises, HashSet<Guid> seen)
        => (_ground, _catalogue, _projects, _enterprises, _seen, _today) = (ground, catalogue, projects, enterprises, seen, ShanghaiTime.Day(ground.AsOf));

    public static async Task<ScenarioGround> LoadAsync(CrmDb db, Actor actor, Catalogue catalogue, ChainGround ground, IReadOnlyList<AssumptionInput> all, CancellationToken cancel)
    {
        List<Guid> Ids(params AssumptionKind[] kinds) => [.. all.Where(a => kinds.Contains(a.Kind!.Value)).Select(a => a.Id).OfType<Guid>().Distinct()];
        var (projects, firms) = (Ids(AssumptionKind.Lands, AssumptionKind.Lost), Ids(AssumptionKind.Leaves, AssumptionKind.Comes));
        var visible = actor.May(Permission.ProjectsRead) ? db.Projects.AsNoTracking().Live().VisibleTo(actor) : db.Projects.Where(p => false);
        var known = db.Projects.Live().NamedFor(actor);
        return new ScenarioGround(ground, catalogue,
            await visible.Where(p => projects.Contains(p.Id)).Select(p => new Named(p.Id, p.Number, p.Title, p.Stage, p.StageSince, p.Track,
                p.Facts.Where(f => f.Key == ProductionDate).Select(f => f.Value).FirstOrDefault(),
                db.Commitments.Where(c => c.ProjectId == p.Id && c.Kind == CommitmentKind.InProduction && c.Status == CommitmentStatus.Open).Min(c => (DateOnly?)c.DueDay))).ToDictionaryAsync(p => p.Id, cancel),
            await db.Enterprises.AsNoTracking().Where(e => firms.Contains(e.Id) && e.MergedIntoId == null)
                .Select(e => new Firm(e.Id, e.Name, e.Size, e.Links.Select(l => l.Code).ToList(), known.Any(p => p.EnterpriseId == e.Id))).ToDictionaryAsync(e => e.Id, cancel),
            [.. await visible.Where(p => firms.Contains(p.EnterpriseId)).Select(p => p.Id).ToListAsync(cancel)]);
    }

    /// <summary>One scenario as it can be reckoned, and how each of its assumptions is told.</summary>
    /// <exception cref="Refusal">AssumptionUnknown, AssumptionsClash, beside the scenario.</exception>
    public ReadScenario Read(IReadOnlyList<AssumptionInput> inputs, string field)
    {
        var read = inputs.Select(i => (Input: i, Row: Row(i, field))).ToList();
        if (read.GroupBy(r => (r.Input.Id, r.Input.Kind is AssumptionKind.Lands or AssumptionKind.Lost)).FirstOrDefault(g => g.Key.Id is not null && g.Count() > 1) is { } twice) throw Clash(twice.Last().Row.Name, twice.Last().Input, field);
        var assumed = read.ConvertAll(r => (Assumption: Assumption(r.Input, r.Row), r.Row));
        return new ReadScenario(new ChainScenario(assumed.Select(a => a.Assumption)), [.. assumed.Select(a => a.Row)], assumed.ToDictionary(a => a.Assumption.Id, a => a.Row.Name));
    }

    private AssumptionRow Row(AssumptionInput input, string field) => input.Kind switch
    {
        AssumptionKind.Lands or AssumptionKind.Lost => ProjectRow(input, field),
        AssumptionKind.Leaves => LeavingRow(input, field),
        _ => ComingRow(input, field),
    };

    private AssumptionRow ProjectRow(AssumptionInput input, string field)
    {
        if (!_projects.TryGetValue(input.Id!.Value, out var project) || _ground.Subjects.FirstOrDefault(s => s.ProjectId == project.Id) is not { } subject) throw Unknown(input, field);
        if (input.Kind == AssumptionKind.Lands && subject.Phase == SupplyPhase.Operating) throw Clash(project.Title, input, field);
        var expected = input.By is { } by ? new ExpectedDay(by, ExpectedSource.Given) : input.Kind == AssumptionKind.Lost ? Now
            : ExpectedDay.Of(_catalogue.Stages, project.Track, project.Stage, ShanghaiTime.Day(project.StageSince), project.Promised,
                DateOnly.TryParseExact(project.Planned, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var planned) ? planned : null, _today);
        return new AssumptionRow(input.ToString(), input.Kind!.Value, project.Id, project.Title, project.Number, project.Stage, input.Output ?? subject.Output, input.Output is not null || subject.IsOutputKnown, subject.Links,
            expected.On, expected.Source);
    }

    private AssumptionRow LeavingRow(AssumptionInput input, string field)
    {
        var here = _ground.Subjects.Where(s => s.EnterpriseId == input.Id && s.Phase != SupplyPhase.Pipeline && (s.ProjectId is not { } project || _seen.Contains(project))).ToList();
        if (here.Count == 0 || !_enterprises.TryGetValue(input.Id!.Value, out var firm)) throw Unknown(input, field);
        var counted = ChainSubject.CountedOnce(here);
        return new AssumptionRow(input.ToString(), AssumptionKind.Leaves, firm.Id, firm.Name, null, null, counted.Sum(s => s.Output), here.TrueForAll(s => s.IsOutputKnown),
            [.. here.SelectMany(s => s.Links).Distinct().Order(StringComparer.Ordinal)], input.By ?? _today, input.By is null ? ExpectedSource.Today : ExpectedSource.Given);
    }

    private AssumptionRow ComingRow(AssumptionInput input, string field)
    {
        var firm = input.Id is { } id ? _enterprises.GetValueOrDefault(id) ?? throw Unknown(input, field) : null;
        // What the person sees coming already is to be picked as a project.
        if (firm is not null && (firm.HasProject || _ground.Subjects.Any(s => s.EnterpriseId == firm.Id && s.ProjectId is null))) throw Clash(firm.Name, input, field);
        var links = input.Links.Count > 0 ? input.Links.Distinct(StringComparer.Ordinal).ToList() : firm?.Links ?? [];
        if (links.Count == 0 || links.Any(l => !_ground.Map.Has(l))) throw Unknown(input, field);
        return new AssumptionRow(input.ToString(), AssumptionKind.Comes, firm?.Id, firm?.Name ?? Text.Of("whatIf.someFirm", Text.Of(input.Size!.Value)), null, null,
            input.Output ?? _ground.Weights.OutputOf(null, firm?.Size ?? input.Size), input.Output is not null, links, input.By ?? _today, input.By is null ? ExpectedSource.Today : ExpectedSource.Given);
    }

    private Assumption Assumption(AssumptionInput input, AssumptionRow row) => new(row.Kind, row.Id ?? Guid.CreateVersion7(), row.On)
    {
        Output = row.Kind == AssumptionKind.Comes ? row.Output : input.Output,
        Links = row.Links,
        Stays = row.Kind == AssumptionKind.Leaves ? _ground.Subjects.Where(s => s.EnterpriseId == row.Id && s.Phase == SupplyPhase.Pipeline).Select(s => s.ProjectId).OfType<Guid>().Where(p => !_seen.Contains(p)).ToHashSet() : new HashSet<Guid>(),
    };

    private ExpectedDay Now => new(_today, ExpectedSource.Today);

    private static Refusal Unknown(AssumptionInput input, string field) => new(RefusalCode.AssumptionUnknown, input.ToString()) { Field = field, Details = new RefusedAssumption(input.ToString()) };

    private static Refusal Clash(string name, AssumptionInput input, string field) => new(RefusalCode.AssumptionsClash, name) { Field = field, Details = new RefusedAssumption(input.ToString()) };

    private sealed record Named(Guid Id, string Number, string Title, string Stage, DateTime StageSince, Track Track, string? Planned, DateOnly? Promised);

    private sealed record Firm(Guid Id, string Name, EnterpriseSize? Size, List<string> Links, bool HasProject);
}

/// <param name="Names">Of the projects and enterprises that are assumed about.</param>
internal sealed record ReadScenario(ChainScenario Scenario, IReadOnlyList<AssumptionRow> Rows, IReadOnlyDictionary<Guid, string> Names);

/// <param name="Assumption">As it stands in an address.</param>
public sealed record RefusedAssumption(string Assumption);
