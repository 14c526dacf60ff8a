using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Texts;
using MediatR;

namespace JinshanBio.Crm.Chain;

/// <summary>推演: two scenarios beside today: which gaps close or open, in which field, and by when. Nothing is stored.</summary>
[Needs(Permission.EnterprisesRead)]
public sealed record CompareScenarios : IRequest<ScenarioComparison>
{
    public List<AssumptionInput> A { get; set; } = [];
    public List<AssumptionInput> B { get; set; } = [];
}

/// <summary>Money in yuan a year, coverage 0–1.</summary>
/// <param name="AsOf">UTC.</param>
/// <param name="Fields">Each field, and what holds for the whole chain under the code null.</param>
public sealed record ScenarioComparison(DateTime AsOf, IReadOnlyList<FieldComparison> Fields, ScenarioResult A, ScenarioResult B);

public sealed record FieldComparison(string? Field, string Name, FieldFigures Today, FieldFigures A, FieldFigures B);

/// <param name="Gap">Sum of the weighted gaps of its links.</param>
public sealed record FieldFigures(decimal Coverage, decimal Gap);

/// <param name="Net">Change of the weighted gap of the whole chain; negative when more closes than opens.</param>
/// <param name="Closed">Gaps that become smaller, the largest change first.</param>
/// <param name="Opened">Gaps that become larger.</param>
/// <param name="Quarters">When what happens, by quarter.</param>
public sealed record ScenarioResult(IReadOnlyList<AssumptionRow> Assumptions, decimal Net, IReadOnlyList<GapRow> Closed, IReadOnlyList<GapRow> Opened, IReadOnlyList<QuarterRow> Quarters);

/// <param name="Code">As it stands in an address.</param>
/// <param name="Name">Of a project the name that lists show.</param>
/// <param name="IsOutputKnown">On record or given, and not taken for the size.</param>
public sealed record AssumptionRow(
    string Code, AssumptionKind Kind, Guid? Id, string Name, string? Number, string? Stage, decimal Output, bool IsOutputKnown, IReadOnlyList<string> Links, DateOnly On, ExpectedSource Source);

/// <param name="Change">Of the weighted gap.</param>
/// <param name="By">When the last of it has happened.</param>
public sealed record GapRow(string Link, string Name, string Field, LinkState Before, LinkState After, decimal GapBefore, decimal GapAfter, decimal Change, DateOnly? By);

/// <param name="Net">Change of the weighted gap within the quarter.</param>
/// <param name="Closed">The links in which most closes, by name.</param>
public sealed record QuarterRow(int Year, int Quarter, IReadOnlyList<string> What, decimal Net, IReadOnlyList<QuarterLink> Closed, IReadOnlyList<QuarterLink> Opened);

public sealed record QuarterLink(string Link, string Name, decimal Change);

internal sealed class CompareScenariosValidator : AbstractValidator<CompareScenarios>
{
    public const int AtMost = 20;

    public CompareScenariosValidator()
    {
        RuleFor(r => r.A).NotNull().Must(a => a is null || a.Count <= AtMost).WithMessage(_ => Text.Of("whatIf.tooMany", AtMost));
        RuleFor(r => r.B).NotNull().Must(a => a is null || a.Count <= AtMost).WithMessage(_ => Text.Of("whatIf.tooMany", AtMost));
        RuleForEach(r => r.A).NotNull().SetValidator(new AssumptionInputValidator());
        RuleForEach(r => r.B).NotNull().SetValidator(new AssumptionInputValidator());
    }
}

internal sealed class CompareScenariosHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<CompareScenarios, ScenarioComparison>
{
    // Of a quarter the most important; the tables beside it have them all.
    private const int OfAQuarter = 3;

    public async Task<ScenarioComparison> Handle(CompareScenarios request, CancellationToken cancellationToken)
    {
        actor.MustSeeTheChain();
        var ground = await ChainGround.LoadAsync(db, catalogue, clock.GetUtcNow().UtcDateTime, cancellationToken);
        var named = await ScenarioGround.LoadAsync(db, actor, catalogue, ground, [.. request.A, .. request.B], cancellationToken);
        var (a, b) = (named.Read(request.A, "a"), named.Read(request.B, "b"));
        var (ofA, ofB) = (a.Scenario.Reckon(ground.Map, ground.Subjects, ground.Weights), b.Scenario.Reckon(ground.Map, ground.Subjects, ground.Weights));
        return new ScenarioComparison(ground.AsOf,
            [.. catalogue.Fields.Select(f => Compare(f.Code, f.Name)), Compare(null, Text.Of("whatIf.wholeChain"))], Result(ofA, a), Result(ofB, b));

        FieldComparison Compare(string? field, string name) => new(field, name, Figures(ofA.Before, field), Figures(ofA.After, field), Figures(ofB.After, field));
    }

    private static FieldFigures Figures(Coverage coverage, string? field)
        => new(decimal.Round(coverage.OfField(field), 4), Yuan(coverage.Links.Where(l => field is null || coverage.Map.Find(l.Link)!.IsIn(field)).Sum(l => l.WeightedGap)));

    private static ScenarioResult Result(ScenarioOutcome outcome, ReadScenario read) => new(read.Rows, Yuan(outcome.Net),
        [.. outcome.Closed.Select(c => Row(outcome, c)).Where(IsSeen)], [.. outcome.Opened.Select(c => Row(outcome, c)).Where(IsSeen)],
        [.. outcome.Steps.GroupBy(s => (s.On.Year, Quarter: (s.On.Month + 2) / 3)).Select(q =>
        {
            var changes = q.SelectMany(s => s.Changes).GroupBy(c => c.Link).Select(g => new QuarterLink(g.Key, NameOf(outcome, g.Key), Yuan(g.Sum(c => c.Weighted)))).ToList();
            var names = q.SelectMany(s => s.Assumptions).Select(x => Text.Of($"whatIf.does.{x.Kind}", read.Names[x.Id]));
            return new QuarterRow(q.Key.Year, q.Key.Quarter, [.. names], changes.Sum(c => c.Change),
                [.. changes.Where(c => c.Change < 0).OrderBy(c => c.Change).Take(OfAQuarter)], [.. changes.Where(c => c.Change > 0).OrderByDescending(c => c.Change).Take(OfAQuarter)]);
        })]);

    /// <summary>More than a fen, or another state.</summary>
    private static bool IsSeen(GapRow row) => row.Change != 0 || row.Before != row.After;

    private static GapRow Row(ScenarioOutcome outcome, Domain.Chain.GapChange change) => new(change.Link, NameOf(outcome, change.Link), outcome.After.Map.Find(change.Link)!.Field, change.Before.State, change.After.State,
        Yuan(change.Before.Gap), Yuan(change.After.Gap), Yuan(change.Weighted), outcome.DayOf(change));

    private static string NameOf(ScenarioOutcome outcome, string link) => outcome.After.Map.Find(link) is { } on ? Text.Pick(on.NameZh, on.NameEn) : link;

    private static decimal Yuan(decimal amount) => decimal.Round(amount, 2);
}
