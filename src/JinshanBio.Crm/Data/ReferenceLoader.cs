using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using JinshanBio.Crm.Chain;
using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Parks;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Data;

/// <summary>
/// Loads seeds/reference. Loading twice, or loading a newer edition, changes only records that nobody edited, and deletes nothing.
/// </summary>
public static class ReferenceLoader
{
    /// <summary>File, property with the records, name of the set, property with the code.</summary>
    private static readonly (string File, string Records, string Set, string Code)[] Sets =
    [
        ("fields", "fields", "fields", "code"),
        ("chain-links", "links", "links", "code"),
        ("chain-links", "edges", "edges", ""),
        ("carriers", "layout_slots", "slots", "code"),
        ("carriers", "carriers", "carriers", "code"),
        ("carriers", "competitors_and_peers", "competitors", "code"),
        ("departments", "departments", "departments", "code"),
        ("departments", "tasks", "tasks", "code"),
        ("departments", "bodies", "bodies", "code"),
        ("industry-codes", "codes", "industries", "code"),
        ("policy-measures", "measures", "measures", "code"),
        ("project-form", "fields", "form", "key"),
        ("stages", "stages", "stages", "code"),
        ("stages", "side_states", "statuses", "code"),
        ("targets", "quantified", "targets", "code"),
        ("workdays", "years", "workdays", ""),
        ("roles", "roles", "roles", "code"),
        ("rules", "", "rules", ""),
        ("lead-score", "", "parameters", ""),
        ("gates", "", "parameters", ""),
        ("fit-weights", "", "parameters", ""),
        ("review-terms", "", "parameters", ""),
        ("commitments", "", "parameters", ""),
        ("place-terms", "", "parameters", ""),
        ("graduation", "", "parameters", ""),
        ("chain-weights", "", "parameters", ""),
        ("service-steps", "parameters", "parameters", ""),
        ("service-steps", "steps", "serviceSteps", "code"),
    ];

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="folder">Folder with the *.json files of seeds/reference.</param>
    /// <returns>How many records were added or refreshed.</returns>
    public static async Task<int> LoadAsync(CrmDb db, string folder, CancellationToken cancel)
    {
        var known = await db.ReferenceRecords.ToDictionaryAsync(r => (r.Set, r.Code), cancel);
        var touched = 0;
        foreach (var (file, records, set, code) in Sets)
        {
            var root = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, file + ".json"), cancel))!.AsObject();
            var order = 0;
            foreach (var (key, record) in Records(root, records, code))
            {
                order++;
                var data = record.ToJsonString(Json);
                var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(data)));
                var place = record["order"] is JsonValue given && given.TryGetValue<int>(out var number) ? number : order;
                if (!known.TryGetValue((set, key), out var row))
                {
                    row = new ReferenceRecord { Set = set, Code = key, Data = data, SeedHash = hash, Order = place };
                    db.ReferenceRecords.Add(row);
                    known.Add((set, key), row);
                    touched++;
                }
                else if (row.EditedAt is null && row.SeedHash != hash)
                {
                    (row.Data, row.SeedHash, row.Order) = (data, hash, place);
                    touched++;
                }
            }
        }
        touched += await AddParksAsync(db, known.Values.Where(r => r.Set == "carriers"), cancel);
        await db.SaveChangesAsync(cancel);
        await ChainSeeds.LoadAsync(db, db.Present.Now, cancel);
        return touched;
    }

    private static IEnumerable<(string Code, JsonObject Record)> Records(JsonObject root, string property, string code)
    {
        var source = property.Length == 0 ? root : root[property]!;
        if (source is JsonArray array)
        {
            foreach (var record in array.OfType<JsonObject>())
                yield return (code.Length > 0 ? record[code]!.GetValue<string>() : $"{record["from"]}>{record["to"]}:{record["kind"]}", record);
            yield break;
        }
        foreach (var (key, value) in source.AsObject().Where(p => p.Key != "meta"))
        {
            var record = value!.DeepClone().AsObject();
            if (!record.ContainsKey("code")) record["code"] = key;
            yield return (key, record);
        }
    }

    /// <summary>Of the carriers that the policy names, those with rooms to let become parks, and follow the reference; an enterprise or a partner region does not.</summary>
    private static async Task<int> AddParksAsync(CrmDb db, IEnumerable<ReferenceRecord> carriers, CancellationToken cancel)
    {
        var parks = await db.Parks.ToDictionaryAsync(p => p.Code, cancel);
        var touched = 0;
        foreach (var record in carriers)
        {
            var carrier = JsonNode.Parse(record.Data)!.AsObject();
            if (!Carrier.MayBeLet(carrier["kind"]!.GetValue<string>())) continue;
            if (!parks.TryGetValue(record.Code, out var park)) db.Parks.Add(park = new Park(record.Code, "", ""));
            park.Describe(carrier["name_zh"]!.GetValue<string>(), carrier["name_en"]!.GetValue<string>(), carrier["roles"]!.AsArray().Select(r => Role(r!.GetValue<string>())).OfType<ParkRole>(),
                carrier["field_codes"]!.AsArray().Select(f => f!.GetValue<string>()), carrier["layout_slot"]?.GetValue<string>(), carrier["source"]?.GetValue<string>());
            if (db.Entry(park).State is EntityState.Added or EntityState.Modified) touched++;
        }
        return touched;
    }

    private static ParkRole? Role(string name) => name switch
    {
        "incubator" => ParkRole.Incubator,
        "accelerator" => ParkRole.Accelerator,
        "industrial park" => ParkRole.IndustrialPark,
        _ => null,
    };
}
