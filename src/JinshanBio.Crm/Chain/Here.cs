using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Stages;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Projects;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Chain;

/// <summary>在区企业: who operates in the district, in which park, and for whom a person may speak.</summary>
internal static class Here
{
    /// <summary>Recorded as operating here, or with a project that has landed.</summary>
    public static IQueryable<Enterprise> Enterprises(CrmDb db, Catalogue catalogue)
    {
        var (present, landed) = (Present(db), Landed(db, catalogue));
        return db.Enterprises.Where(e => e.MergedIntoId == null && (present.Any(p => p.EnterpriseId == e.Id) || landed.Any(p => p.EnterpriseId == e.Id)));
    }

    /// <summary>Those for whom the person may post and whom it may introduce: everybody for whoever knows the register, else tenants of the own parks.</summary>
    public static IQueryable<Enterprise> Enterprises(CrmDb db, Catalogue catalogue, Actor actor)
        => actor.May(Permission.EnterprisesRead) ? Enterprises(db, catalogue) : Enterprises(db, catalogue).In(db, catalogue, actor.Parks);

    public static IQueryable<Enterprise> In(this IQueryable<Enterprise> enterprises, CrmDb db, Catalogue catalogue, IReadOnlyList<Guid> parks)
    {
        var (present, landed) = (Present(db), Landed(db, catalogue));
        return enterprises.Where(e => present.Any(p => p.EnterpriseId == e.Id && p.ParkId != null && parks.Contains(p.ParkId.Value))
            || landed.Any(p => p.EnterpriseId == e.Id && p.Assignments.Any(a => parks.Contains(a.ParkId) && Assignment.Placed.Contains(a.Status))));
    }

    /// <summary>The parks in which enterprises stand, in the order of their ids.</summary>
    public static async Task<ILookup<Guid, Guid>> ParksAsync(CrmDb db, Catalogue catalogue, IReadOnlyCollection<Guid> enterprises, CancellationToken cancel)
    {
        var recorded = await Present(db).Where(p => p.ParkId != null && enterprises.Contains(p.EnterpriseId)).Select(p => new { p.EnterpriseId, ParkId = p.ParkId!.Value }).ToListAsync(cancel);
        var projects = Landed(db, catalogue).Where(p => enterprises.Contains(p.EnterpriseId));
        var placed = await db.Assignments.Where(a => Assignment.Placed.Contains(a.Status)).Join(projects, a => a.ProjectId, p => p.Id, (a, p) => new { p.EnterpriseId, a.ParkId }).ToListAsync(cancel);
        return recorded.Concat(placed).Distinct().OrderBy(x => x.ParkId).ToLookup(x => x.EnterpriseId, x => x.ParkId);
    }

    /// <summary>In which links they work here: their own where they are recorded, and those of their landed projects.</summary>
    public static async Task<ILookup<Guid, string>> LinksAsync(CrmDb db, Catalogue catalogue, IQueryable<Guid> enterprises, CancellationToken cancel)
    {
        var present = Present(db);
        var own = await db.Set<EnterpriseLink>().Where(l => enterprises.Contains(l.EnterpriseId) && present.Any(p => p.EnterpriseId == l.EnterpriseId)).Select(l => new { l.EnterpriseId, l.Code }).ToListAsync(cancel);
        var projects = Landed(db, catalogue).Where(p => enterprises.Contains(p.EnterpriseId));
        var landed = await db.Set<ProjectLink>().Join(projects, l => l.ProjectId, p => p.Id, (l, p) => new { p.EnterpriseId, l.Code }).ToListAsync(cancel);
        return own.Concat(landed).Distinct().ToLookup(x => x.EnterpriseId, x => x.Code);
    }

    /// <summary>Works here in one of the links.</summary>
    public static IQueryable<Enterprise> WorkingIn(this IQueryable<Enterprise> enterprises, CrmDb db, Catalogue catalogue, IReadOnlyCollection<string> links)
    {
        var (present, landed) = (Present(db), Landed(db, catalogue));
        return enterprises.Where(e => present.Any(p => p.EnterpriseId == e.Id) && e.Links.Any(l => links.Contains(l.Code)) || landed.Any(p => p.EnterpriseId == e.Id && p.Links.Any(l => links.Contains(l.Code))));
    }

    /// <summary>An enterprise here for which the person may speak, and the park in which it stands.</summary>
    /// <exception cref="Refusal">NotFound, EnterpriseMerged, EnterpriseNotHere, OfferBeyondParks.</exception>
    public static async Task<(Enterprise Enterprise, Guid? Park)> SpokenForAsync(CrmDb db, Catalogue catalogue, Actor actor, Guid id, CancellationToken cancel)
    {
        var (enterprise, park) = await OneAsync(db, catalogue, actor, id, cancel);
        if (!await Enterprises(db, catalogue, actor).AnyAsync(e => e.Id == id, cancel)) throw new Refusal(RefusalCode.OfferBeyondParks, enterprise.Name) { Field = "enterpriseId" };
        return (enterprise, park);
    }

    /// <summary>An enterprise here whose name the person may know: by the register, as a tenant of the own parks, or because something is posted for it.</summary>
    /// <exception cref="Refusal">NotFound, EnterpriseMerged, EnterpriseNotHere.</exception>
    public static async Task<(Enterprise Enterprise, Guid? Park)> OneAsync(CrmDb db, Catalogue catalogue, Actor actor, Guid id, CancellationToken cancel)
    {
        var known = await db.Enterprises.AnyAsync(e => e.Id == id, cancel)
            && (actor.May(Permission.EnterprisesRead) || await db.Offers.AnyAsync(o => o.EnterpriseId == id && o.Status == OfferStatus.Open, cancel) || await Enterprises(db, catalogue, actor).AnyAsync(e => e.Id == id, cancel));
        if (!known) throw new Refusal(RefusalCode.NotFound);
        var enterprise = await db.Enterprises.FirstAsync(e => e.Id == id, cancel);
        enterprise.MustStand();
        if (!await Enterprises(db, catalogue).AnyAsync(e => e.Id == id, cancel)) throw new Refusal(RefusalCode.EnterpriseNotHere, enterprise.Name) { Field = "enterpriseId" };
        var parks = (await ParksAsync(db, catalogue, [id], cancel))[id].ToList();
        // Of several, the one through which the person knows it.
        return (enterprise, parks.Count == 0 ? null : parks.Find(actor.Parks.Contains) is { } own && own != Guid.Empty ? own : parks[0]);
    }

    private static IQueryable<Presence> Present(CrmDb db) => db.Presences.Where(p => p.To == ChainMap.Open);

    private static IQueryable<Project> Landed(CrmDb db, Catalogue catalogue)
    {
        var stages = catalogue.Stages.All.Where(s => s.Order >= Stage.LandedOrder).Select(s => s.Code).ToList();
        return db.Projects.Live().Where(p => stages.Contains(p.Stage));
    }
}
