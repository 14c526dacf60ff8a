using JinshanBio.Crm.Audit;
using JinshanBio.Crm.Pipeline;

namespace JinshanBio.Crm.Web.Api;

/// <summary>/api/v1/audit.</summary>
internal static class AuditApi
{
    public static void MapAudit(this IEndpointRouteBuilder api)
    {
        api.MapList<ListAudit, Page<AuditRow>>("/audit");
        api.MapList<GetHistory, Page<AuditRow>>("/history");
    }
}
