using JinshanBio.Crm.Audit;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.People;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Chain;

/// <summary>图谱账: loads what was ever said about a link or an edge, and saves what is said next.</summary>
internal static class MapBook
{
    public static async Task<LinkHistory> LinkAsync(this CrmDb db, string code, CancellationToken cancel)
        => new(code, await db.LinkEditions.Where(l => l.Code == code).ToListAsync(cancel));

    public static async Task<EdgeHistory> EdgeAsync(this CrmDb db, EdgeKey key, CancellationToken cancel)
        => new(key, await db.EdgeEditions.Where(e => e.Supplier == key.Supplier && e.Buyer == key.Buyer && e.Kind == key.Kind).ToListAsync(cancel));

    /// <summary>Compares the version on which the change was made with the present one. Of two in the same moment the index on open editions stops the second, which then comes here again.</summary>
    /// <exception cref="Refusal">NotFound for what was never on the map; StaleVersion with what others changed since, and by whom.</exception>
    public static async Task ExpectAsync<TEdition>(this CrmDb db, MapHistory<TEdition> history, int? version, CancellationToken cancel) where TEdition : Edition
    {
        if (history.Version == 0) throw new Refusal(RefusalCode.NotFound);
        if (version is not { } seen || seen == history.Version) return;
        var since = history.Entries.Where(e => e.Version > seen).Reverse().ToList();
        var names = await db.NamesAsync(since.Select(e => e.ById).OfType<Guid>(), cancel);
        throw new Refusal(RefusalCode.StaleVersion)
        {
            Details = (IReadOnlyList<ChangesSince>)[.. since.SelectMany(e => e.Changes.Select(c
                => new ChangesSince(char.ToUpperInvariant(c.Field[0]) + c.Field[1..], AsStored(c.Old), AsStored(c.New), e.ById is { } by ? names.Of(by) : "", e.At)))],
        };
    }

    // As a trail has it: by which the page tells what a person left standing.
    private static string? AsStored(string? value) => value switch { "true" => "True", "false" => "False", _ => value };

    /// <summary>Saves, and lets the program reckon with the new map at once.</summary>
    public static async Task SaveMapAsync(this CrmDb db, CatalogueSlot slot, CancellationToken cancel)
    {
        await db.SaveChangesAsync(cancel);
        slot.Replace(await Catalogue.LoadAsync(db, cancel));
    }
}
