using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Domain.FirstTalks;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Enterprises;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Parks;
using JinshanBio.Crm.Texts;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Chain;

/// <summary>Who here would buy from a target, or supply it, in one link.</summary>
/// <param name="Supplies">What is supplied.</param>
/// <param name="Names">Of those that the person may see.</param>
/// <param name="Hidden">Others that the person may not see.</param>
public sealed record NeighbourRow(string Link, string LinkName, string Supplies, IReadOnlyList<NeighbourName> Names, int More, int Hidden);

public sealed record NeighbourName(string Name, string Path);

/// <param name="Slot">一城一港一湾一园一谷 that the policy gives the link, where it is the park's; else the field is.</param>
/// <param name="FreeM2">Free today or in spaces to come.</param>
public sealed record TargetPark(Guid Id, string Name, string? Slot, decimal FreeM2);

/// <summary>Somebody is in contact with it: who, and of which unit. The lead only for those who may open it.</summary>
public sealed record TargetContact(string Owner, string? Unit, bool IsMine, Guid? LeadId, string? LeadNumber);

/// <summary>What is told beside some targets; a few statements for all of them.</summary>
internal sealed class TargetView
{
    private const int NamesOfLink = 3, LinksShown = 4, ParksShown = 2;
    private readonly ChainMap _map;
    private readonly Dictionary<string, NeighbourRow> _here = new(StringComparer.Ordinal);
    private IReadOnlyList<ParkRow> _parks = [];
    private Dictionary<Guid, TargetContact> _contacts = [];

    private TargetView(ChainMap map) => _map = map;

    public static async Task<TargetView> LoadAsync(CrmDb db, Actor actor, Catalogue catalogue, ChainGround ground, IReadOnlyList<RankedTarget> targets, DateTime now, CancellationToken cancel)
    {
        var view = new TargetView(ground.Map);
        var links = targets.SelectMany(t => t.Candidate.Links).Select(l => l.Link).Distinct(StringComparer.Ordinal).SelectMany(l => ground.Map.Into(l).Select(e => e.Supplier).Concat(ground.Map.OutOf(l).Select(e => e.Buyer))).ToHashSet(StringComparer.Ordinal);
        await view.LoadNeighboursAsync(db, actor, ground, links, cancel);
        if (actor.May(Permission.ParksRead)) view._parks = await db.ParkRowsAsync(db.Parks.VisibleTo(actor), actor, ShanghaiTime.Day(now), cancel);
        view._contacts = await ContactsAsync(db, actor, catalogue, [.. targets.Select(t => t.Candidate.EnterpriseId)], cancel);
        return view;
    }

    /// <summary>Whom here it would supply.</summary>
    public IReadOnlyList<NeighbourRow> Buyers(TargetCandidate candidate) => Neighbours(candidate.Links.SelectMany(l => _map.OutOf(l.Link)), e => e.Buyer);

    /// <summary>From whom here it would buy.</summary>
    public IReadOnlyList<NeighbourRow> Suppliers(TargetCandidate candidate) => Neighbours(candidate.Links.SelectMany(l => _map.Into(l.Link)), e => e.Supplier);

    public TargetContact? ContactWith(Guid enterpriseId) => _contacts.GetValueOrDefault(enterpriseId);

    /// <summary>Parks that the policy means for the links it would close, those of the very slot first, then the most free area.</summary>
    public IReadOnlyList<TargetPark> ParksFor(RankedTarget target)
    {
        var links = target.Gains.Where(g => g.Closes > 0).Select(g => _map.Find(g.Link)).OfType<LinkEdition>().ToList();
        return [.. _parks.Select(p => (Park: p, Free: p.FreeM2 + p.ComingM2, Slot: links.Find(l => l.Slot is not null && l.Slot == p.LayoutSlot)?.Slot))
            .Where(p => p.Free > 0 && (p.Slot is not null || links.Exists(l => p.Park.Fields.Any(l.IsIn))))
            .OrderByDescending(p => p.Slot is not null).ThenByDescending(p => p.Free).ThenBy(p => p.Park.Code, StringComparer.Ordinal).Take(ParksShown)
            .Select(p => new TargetPark(p.Park.Id, p.Park.Name, p.Slot, p.Free))];
    }

    private List<NeighbourRow> Neighbours(IEnumerable<EdgeEdition> edges, Func<EdgeEdition, string> other)
        => [.. edges.Where(e => _here.ContainsKey(other(e))).DistinctBy(other).OrderByDescending(e => e.IsCritical).ThenBy(other, StringComparer.Ordinal).Take(LinksShown)
            .Select(e => _here[other(e)] with { Supplies = Text.Pick(e.SuppliesZh, e.SuppliesEn) })];

    // Who operates or has landed, each enterprise once in a link and the largest first.
    private async Task LoadNeighboursAsync(CrmDb db, Actor actor, ChainGround ground, HashSet<string> links, CancellationToken cancel)
    {
        var here = ground.Subjects.Where(s => s.Phase != SupplyPhase.Pipeline).SelectMany(s => s.Links.Where(links.Contains).Select(l => (Link: l, Subject: s)))
            .GroupBy(x => x.Link, StringComparer.Ordinal).Select(g => (Link: g.Key, All: g.Select(x => x.Subject).OrderBy(s => s.ProjectId is not null).ThenByDescending(s => s.Output).ThenBy(s => s.EnterpriseId).DistinctBy(s => s.EnterpriseId).ToList())).ToList();
        var projects = here.SelectMany(h => h.All).Select(s => s.ProjectId).OfType<Guid>().Distinct().ToList();
        var titles = actor.May(Permission.ProjectsRead) ? await db.Projects.AsNoTracking().VisibleTo(actor).Where(p => projects.Contains(p.Id)).Select(p => new { p.Id, p.Title }).ToDictionaryAsync(p => p.Id, p => p.Title, cancel) : [];
        var shown = here.ConvertAll(h => (h.Link, Seen: h.All.FindAll(s => s.ProjectId is not { } id || titles.ContainsKey(id)), Count: h.All.Count));
        var named = shown.SelectMany(h => h.Seen.Take(NamesOfLink)).Where(s => s.ProjectId is null).Select(s => s.EnterpriseId).Distinct().ToList();
        var names = await db.Enterprises.AsNoTracking().Where(e => named.Contains(e.Id)).Select(e => new { e.Id, e.Name }).ToDictionaryAsync(e => e.Id, e => e.Name, cancel);
        foreach (var (link, seen, count) in shown)
            _here[link] = new NeighbourRow(link, _map.Find(link) is { } l ? Text.Pick(l.NameZh, l.NameEn) : link, "",
                [.. seen.Take(NamesOfLink).Select(s => s.ProjectId is { } id ? new NeighbourName(titles[id], $"/projects/{id}") : new NeighbourName(names[s.EnterpriseId], $"/enterprises/{s.EnterpriseId}"))],
                Math.Max(0, seen.Count - NamesOfLink), count - seen.Count);
    }

    /// <summary>Open leads and living rights of first talk. Without the right to real names nothing may connect what has a code name to its enterprise.</summary>
    internal static async Task<Dictionary<Guid, TargetContact>> ContactsAsync(CrmDb db, Actor actor, Catalogue catalogue, List<Guid> ids, CancellationToken cancel)
    {
        var leads = db.Leads.AsNoTracking().Where(l => ids.Contains(l.EnterpriseId) && (l.Status == LeadStatus.Open || l.Status == LeadStatus.Reserved));
        var known = await leads.NamedFor(actor).Union(leads.Where(l => l.OwnerId == actor.Id)).Select(l => new { l.Id, l.Number, l.EnterpriseId, l.OwnerId, Owner = db.Users.Where(u => u.Id == l.OwnerId).Select(u => new { u.DisplayName, u.Department }).First() }).ToListAsync(cancel);
        var talks = (await db.FirstTalks.AsNoTracking().Where(t => ids.Contains(t.EnterpriseId) && t.Status != FirstTalkStatus.Ended).Select(t => new { t.LeadId, t.Unit }).ToListAsync(cancel)).DistinctBy(t => t.LeadId).ToDictionary(t => t.LeadId, t => t.Unit);
        var all = actor.May(Permission.EverybodysRows);
        return known.GroupBy(l => l.EnterpriseId).ToDictionary(g => g.Key, g =>
        {
            // The one that holds the right speaks for all; else one's own, else the oldest.
            var lead = g.OrderByDescending(l => talks.ContainsKey(l.Id)).ThenByDescending(l => l.OwnerId == actor.Id).ThenBy(l => l.Number, StringComparer.Ordinal).First();
            var (mine, unit) = (lead.OwnerId == actor.Id, talks.GetValueOrDefault(lead.Id) ?? lead.Owner.Department);
            return new TargetContact(lead.Owner.DisplayName, unit is null ? null : catalogue.UnitName(unit), mine, all || mine ? lead.Id : null, all || mine ? lead.Number : null);
        });
    }
}
