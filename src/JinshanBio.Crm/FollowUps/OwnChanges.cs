using System.Text.Json;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.People;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.FollowUps;

/// <summary>What others changed on a lead or project of the person.</summary>
/// <param name="Fields">Names of the properties; none when a place was decided on.</param>
/// <param name="Stage">The stage it was moved to, if it was.</param>
/// <param name="Place">How a proposed place was decided on, if it was.</param>
public sealed record OwnChange(string Title, string Path, DateTime At, string By, IReadOnlyList<string> Fields, string? Stage, AssignmentStatus? Place);

internal static class OwnChanges
{
    private const int Read = 60;

    // The next due time follows from the follow-ups, which stand on the day themselves.
    private static readonly string[] Derived = ["NextFollowUpAt", "StageSince"];

    /// <summary>The newest first, one line per record and person; at most the given number.</summary>
    public static async Task<IReadOnlyList<OwnChange>> SinceAsync(CrmDb db, Guid me, DateTime since, int atMost, CancellationToken cancel)
    {
        var records = await db.AuditRecords.AsNoTracking()
            .Where(r => r.At >= since && r.ActorId != me && r.Action == AuditAction.Changed
                && (db.Leads.Any(l => l.Id == r.SubjectId && l.OwnerId == me) || db.Projects.Any(p => p.Id == r.SubjectId && p.OwnerId == me)))
            .OrderByDescending(r => r.At).Take(Read).Select(r => new { r.SubjectId, r.At, r.ActorId, r.Changes }).ToListAsync(cancel);
        var places = await db.Assignments.AsNoTracking().Where(a => a.Project!.OwnerId == me && a.DecidedAt >= since && a.DecidedById != me)
            .OrderByDescending(a => a.DecidedAt).Take(Read).Select(a => new { a.ProjectId, a.DecidedAt, a.DecidedById, a.Status }).ToListAsync(cancel);
        if (records.Count + places.Count == 0) return [];

        var ids = records.Select(r => r.SubjectId).Concat(places.Select(p => p.ProjectId)).Distinct().ToList();
        var leads = await db.Leads.Where(l => ids.Contains(l.Id)).Select(l => new { l.Id, Title = l.CodeName ?? l.Enterprise!.Name }).ToDictionaryAsync(l => l.Id, l => l.Title, cancel);
        var projects = await db.Projects.Where(p => ids.Contains(p.Id)).Select(p => new { p.Id, p.Title }).ToDictionaryAsync(p => p.Id, p => p.Title, cancel);
        var names = await db.NamesAsync([.. records.Select(r => r.ActorId), .. places.Select(p => p.DecidedById!.Value)], cancel);
        (string Title, string Path) About(Guid id) => projects.TryGetValue(id, out var title) ? (title, $"/projects/{id}") : (leads.GetValueOrDefault(id, ""), $"/leads/{id}");

        var changes = records.GroupBy(r => (r.SubjectId, r.ActorId)).Select(g =>
        {
            var all = g.Select(r => JsonSerializer.Deserialize<Dictionary<string, JsonElement[]>>(r.Changes)!).ToList();
            var stage = all.Select(c => c.TryGetValue("Stage", out var moved) ? moved[1].GetString() : null).FirstOrDefault(s => s is not null);
            var (title, path) = About(g.Key.SubjectId);
            return new OwnChange(title, path, g.Max(r => r.At), names.Of(g.Key.ActorId), [.. all.SelectMany(c => c.Keys).Except(Derived, StringComparer.Ordinal).Distinct()], stage, null);
        }).Where(c => c.Fields.Count > 0);
        var decided = places.Select(p => (About(p.ProjectId), p)).Select(x => new OwnChange(x.Item1.Title, x.Item1.Path, x.p.DecidedAt!.Value, names.Of(x.p.DecidedById!.Value), [], null, x.p.Status));
        return [.. changes.Concat(decided).OrderByDescending(c => c.At).Take(atMost)];
    }
}
