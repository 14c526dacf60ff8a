using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Domain.Projects;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Chain;

/// <summary>How many records of the district name each link: figures, for whoever keeps the map.</summary>
internal static class LinkUses
{
    public static async Task<IReadOnlyList<LinkUse>> CountAsync(CrmDb db, CancellationToken cancel)
    {
        var enterprises = await db.Set<EnterpriseLink>().GroupBy(l => l.Code).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        var projects = await db.Set<ProjectLink>().GroupBy(l => l.Code).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        var leads = await db.Set<LeadLink>().GroupBy(l => l.Code).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        var here = await db.Presences.Where(p => p.To == ChainMap.Open).Join(db.Set<EnterpriseLink>(), p => p.EnterpriseId, l => l.EnterpriseId, (_, l) => l.Code)
            .GroupBy(c => c).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        return [.. enterprises.Keys.Union(projects.Keys).Union(leads.Keys).Order(StringComparer.Ordinal)
            .Select(code => new LinkUse(code, enterprises.GetValueOrDefault(code), projects.GetValueOrDefault(code), leads.GetValueOrDefault(code), here.GetValueOrDefault(code)))];
    }
}
