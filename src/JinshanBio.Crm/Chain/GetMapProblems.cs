using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Texts;
using MediatR;

namespace JinshanBio.Crm.Chain;

/// <summary>悬空与矛盾: what does not add up on the map of now.</summary>
[Needs(Permission.ChainKeep)]
public sealed record GetMapProblems : IRequest<MapProblemReport>;

/// <param name="Count">Errors and warnings, without notes.</param>
public sealed record MapProblemReport(int Count, IReadOnlyList<MapProblemRow> Items);

/// <param name="Text">In the reader's language.</param>
/// <param name="Links">Codes that it is about.</param>
/// <param name="Edge">The edge at which it is mended, if there is one.</param>
/// <param name="Use">How many records name a link that is off the map.</param>
public sealed record MapProblemRow(MapProblemKind Kind, ProblemGravity Gravity, string Text, IReadOnlyList<string> Links, EdgeKey? Edge, LinkUse? Use);

internal sealed class GetMapProblemsHandler(CrmDb db, Catalogue catalogue, TimeProvider clock) : IRequestHandler<GetMapProblems, MapProblemReport>
{
    public async Task<MapProblemReport> Handle(GetMapProblems request, CancellationToken cancellationToken)
    {
        var map = await ChainGround.MapAsync(db, clock.GetUtcNow().UtcDateTime, cancellationToken);
        var problems = MapProblems.Of(map, await LinkUses.CountAsync(db, cancellationToken));
        return new MapProblemReport(problems.Count(p => p.Gravity != ProblemGravity.Note), [.. problems.Select(p => new MapProblemRow(p.Kind, p.Gravity, Say(p), p.Links, p.Edge, p.Use))]);
    }

    private string Say(MapProblem p)
    {
        var links = string.Join(p.Kind == MapProblemKind.Cycle ? " → " : Text.Of("list.comma"), p.Links.Select(c => $"{catalogue.LinkName(c)} ({c})"));
        var edge = p.Edge is { } e ? $"{catalogue.LinkName(e.Supplier)} → {catalogue.LinkName(e.Buyer)} · {Text.Of(e.Kind)}" : "";
        return p.Kind switch
        {
            MapProblemKind.UsedOffMap => Text.Of("keep.problem.UsedOffMap", links, p.Use!.Enterprises, p.Use.Presences, p.Use.Projects, p.Use.Leads),
            MapProblemKind.Cycle => Text.Of("keep.problem.Cycle", p.Size, p.Links.Count, links),
            _ => Text.Of($"keep.problem.{p.Kind}", links, edge, p.Said),
        };
    }
}
