using System.Text.Json;
using JinshanBio.Crm.Data;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Audit;

/// <summary>What others changed on a record since a version: field by field, by whom and when.</summary>
/// <param name="Field">Name of the property.</param>
public sealed record ChangesSince(string Field, string? From, string? To, string By, DateTime At)
{
    /// <summary>An answer of the project form, followed by its key.</summary>
    private const string Fact = "Project.Fact.";

    public static async Task<IReadOnlyList<ChangesSince>> LoadAsync(CrmDb db, Guid subjectId, int version, CancellationToken cancel)
    {
        var records = await db.AuditRecords.AsNoTracking().Where(r => r.SubjectId == subjectId && r.SubjectVersion > version)
            .OrderBy(r => r.At)
            .Select(r => new { r.At, r.Subject, r.Action, r.Changes, By = db.Users.Where(p => p.Id == r.ActorId).Select(p => p.DisplayName).FirstOrDefault() ?? "" })
            .ToListAsync(cancel);
        return [.. records.SelectMany(r => r.Subject.StartsWith(Fact, StringComparison.Ordinal)
            ? Read(r.Changes).Where(c => c.Key == "Value").Select(c => new ChangesSince("values." + r.Subject[Fact.Length..], Show(c.Value[0]), Show(c.Value[1]), r.By, r.At))
            : r.Subject.Split('.', 3) is [_, var part, var code] && part is ("Link" or "Tag")
            ? [r.Action == AuditAction.Deleted ? new ChangesSince(part + "s", code, null, r.By, r.At) : new ChangesSince(part + "s", null, code, r.By, r.At)]
            : Read(r.Changes) is var changes && r.Subject.EndsWith(".Alias", StringComparison.Ordinal)
            ? changes.Where(c => c.Key == "Name").Select(c => new ChangesSince("OtherNames", Show(c.Value[0]), Show(c.Value[1]), r.By, r.At))
            : changes.Select(c => new ChangesSince(c.Key, Show(c.Value[0]), Show(c.Value[1]), r.By, r.At)))];
    }

    private static Dictionary<string, JsonElement[]> Read(string changes) => JsonSerializer.Deserialize<Dictionary<string, JsonElement[]>>(changes)!;

    private static string? Show(JsonElement value) => value.ValueKind == JsonValueKind.Null ? null : value.ToString();
}
