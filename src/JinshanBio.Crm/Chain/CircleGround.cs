using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Domain.Stages;
using JinshanBio.Crm.Enterprises;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Projects;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Chain;

/// <summary>在区、招引中、不在区: how near an enterprise is, as far as the person may know.</summary>
public enum Standing
{
    /// <summary>在区: operates here, or has landed.</summary>
    Here,
    /// <summary>招引中: has a live project.</summary>
    Coming,
    /// <summary>不在区</summary>
    Away,
}

/// <summary>What the pages of the leaders have in common.</summary>
internal static class CircleGround
{
    /// <summary>Whoever reads about circles reads names of enterprises and the state of the chain.</summary>
    /// <exception cref="Refusal">NotPermitted.</exception>
    public static void MustSeeTheChain(this Actor actor)
    {
        if (!actor.May(Permission.ChainRead)) throw new Refusal(RefusalCode.NotPermitted);
    }

    /// <exception cref="Refusal">NotFound, also of an enterprise that leads nothing.</exception>
    public static async Task<Enterprise> LeaderAsync(this CrmDb db, Guid id, CancellationToken cancel)
        => await db.Enterprises.AsNoTracking().Where(e => e.IsChainLeader && e.MergedIntoId == null).FirstOrDefaultAsync(e => e.Id == id, cancel) ?? throw new Refusal(RefusalCode.NotFound);

    /// <summary>环节 of each: those on its record, and those of its live projects that the person knows.</summary>
    public static async Task<ILookup<Guid, string>> LinksOfAsync(this CrmDb db, Actor actor, IReadOnlyCollection<Guid> enterprises, CancellationToken cancel)
    {
        var own = await db.Set<EnterpriseLink>().Where(l => enterprises.Contains(l.EnterpriseId)).Select(l => new { l.EnterpriseId, l.Code }).ToListAsync(cancel);
        var projects = await db.Projects.Live().VisibleTo(actor).NamedFor(actor).Where(p => enterprises.Contains(p.EnterpriseId)).SelectMany(p => p.Links, (p, l) => new { p.EnterpriseId, l.Code }).ToListAsync(cancel);
        return own.Concat(projects).Distinct().OrderBy(l => l.Code, StringComparer.Ordinal).ToLookup(l => l.EnterpriseId, l => l.Code);
    }

    public static async Task<IReadOnlyDictionary<Guid, Standing>> StandingsAsync(this CrmDb db, Actor actor, IReadOnlyCollection<Guid> enterprises, CancellationToken cancel)
    {
        var here = (await db.Presences.Where(p => p.To == ChainMap.Open && enterprises.Contains(p.EnterpriseId)).Select(p => p.EnterpriseId).ToListAsync(cancel)).ToHashSet();
        var projects = (await db.Projects.Live().NamedFor(actor).Where(p => enterprises.Contains(p.EnterpriseId)).Select(p => new { p.EnterpriseId, p.Stage }).ToListAsync(cancel)).ToLookup(p => p.EnterpriseId, p => p.Stage);
        return enterprises.Distinct().ToDictionary(id => id, id => here.Contains(id) || projects[id].Any(s => Stage.OrderOf(s) >= Stage.LandedOrder) ? Standing.Here
            : projects.Contains(id) ? Standing.Coming : Standing.Away);
    }

    /// <summary>Not merged away, no business and no live project here that the person knows of.</summary>
    public static IQueryable<Enterprise> Away(this IQueryable<Enterprise> enterprises, CrmDb db, Actor actor)
    {
        // Sets that are read once: asked enterprise by enterprise, the time would grow with enterprises times projects.
        var here = db.Presences.Where(p => p.To == ChainMap.Open).Select(p => p.EnterpriseId);
        var live = db.Projects.Live().NamedFor(actor).Select(p => p.EnterpriseId);
        return enterprises.Where(e => e.MergedIntoId == null && !here.Contains(e.Id) && !live.Contains(e.Id));
    }

    /// <summary>Of partners on record those between records that still stand.</summary>
    public static IQueryable<Partner> NotMerged(this IQueryable<Partner> partners, CrmDb db)
        => partners.Where(p => db.Enterprises.Any(e => e.Id == p.PartnerId && e.MergedIntoId == null));

    /// <summary>Open leads in each of the links, over the whole district.</summary>
    public static async Task<IReadOnlyDictionary<string, int>> LeadsInAsync(this CrmDb db, IReadOnlyCollection<string> links, CancellationToken cancel)
        => await db.Set<LeadLink>().Where(l => links.Contains(l.Code)).Join(db.Leads.Where(l => l.Status == LeadStatus.Open), l => l.LeadId, l => l.Id, (l, _) => l.Code)
            .GroupBy(c => c).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, StringComparer.Ordinal, cancel);
}
