using System.Text.Json;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Chain;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Chain;

/// <summary>
/// Turns the links and edges that come with the product into the map. A newer edition of the product ends and replaces what nobody in the district has changed,
/// from that day on; what somebody has changed or taken off stays as it is.
/// </summary>
internal static class ChainSeeds
{
    public static async Task LoadAsync(CrmDb db, DateTime now, CancellationToken cancel)
    {
        var records = (await db.ReferenceRecords.AsNoTracking().Where(r => r.Set == "links" || r.Set == "edges").ToListAsync(cancel)).OrderBy(r => r.Code, StringComparer.Ordinal)
            .ToLookup(r => r.Set, r => JsonDocument.Parse(r.Data).RootElement, StringComparer.Ordinal);
        var links = (await db.LinkEditions.ToListAsync(cancel)).ToLookup(l => l.Code, StringComparer.Ordinal);
        foreach (var record in records["links"])
        {
            var (code, terms) = (Str(record, "code"), Link(record));
            var known = links[code].MaxBy(l => l.To);
            if (known is not null && (known.ById is not null || known.To != ChainMap.Open || known.Terms.SaysTheSame(terms))) continue;
            known?.End(now);
            db.LinkEditions.Add(new LinkEdition(code, terms, new Edit(Str(record, "source"), Text(record, "note"), known is null ? ChainMap.Always : now, null)));
        }
        var edges = (await db.EdgeEditions.ToListAsync(cancel)).ToLookup(e => e.Key);
        foreach (var record in records["edges"])
        {
            var (key, terms) = (Key(record), Edge(record));
            var known = edges[key].MaxBy(e => e.To);
            if (known is not null && (known.ById is not null || known.To != ChainMap.Open || known.Terms == terms)) continue;
            known?.End(now);
            db.EdgeEditions.Add(new EdgeEdition(key, terms, new Edit(Str(record, "source"), null, known is null ? ChainMap.Always : now, null)));
        }
        await db.SaveChangesAsync(cancel);
    }

    private static LinkTerms Link(JsonElement r) => new(Str(r, "field"), Enum.Parse<ChainTier>(Str(r, "tier"), ignoreCase: true), Str(r, "name_zh"), Str(r, "name_en"))
    {
        AlsoFields = Strings(r, "field_codes_also"),
        Products = Strings(r, "typical_products_zh"),
        Constraints = Strings(r, "typical_constraints_zh"),
        IndustryCodes = [.. r.GetProperty("gb4754_2017").EnumerateArray().Select(c => Str(c, "code"))],
        Evidence = [.. r.GetProperty("seed_evidence").EnumerateArray().Select(e => new LinkEvidence(Str(e, "phrase"), Str(e, "section")))],
        IsEnabling = r.GetProperty("enabling").GetBoolean(),
        Slot = Text(r, "layout_slot"),
    };

    private static EdgeKey Key(JsonElement r) => new(Str(r, "from"), Str(r, "to"), Enum.Parse<SupplyKind>(Str(r, "kind"), ignoreCase: true));

    private static EdgeTerms Edge(JsonElement r) => new(Str(r, "supplies_zh"), Str(r, "supplies_en"), Str(r, "criticality") == "critical") { Phrase = Text(r, "seed_phrase") };

    private static IReadOnlyList<string> Strings(JsonElement r, string name) => [.. r.GetProperty(name).EnumerateArray().Select(p => p.GetString()!)];

    private static string Str(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var text) ? text.GetString() : null;
}
