using JinshanBio.Crm.Chain;

namespace JinshanBio.Crm.Web.Api;

/// <summary>/api/v1/chain.</summary>
internal static class ChainApi
{
    public static void MapChain(this IEndpointRouteBuilder api)
    {
        api.MapList<GetCoverage, CoverageReport>("/chain/coverage");
        api.MapList<ListGaps, IReadOnlyList<CoverageRow>>("/chain/gaps");
        api.MapList<GetLoop, LoopReport>("/chain/loop");
        api.MapList<ListLoopItems, LoopItems>("/chain/loop/items");
    }
}
