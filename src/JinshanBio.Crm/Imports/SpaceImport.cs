using System.Text.Json;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Domain.Searching;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Parks;
using JinshanBio.Crm.Texts;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Imports;

/// <summary>空间导入: what rows about spaces would do, do, and undo. A space is known by its park and its name, in parks that the person manages.</summary>
internal static class SpaceImport
{
    /// <param name="earlier">Rows of the same file by park and name.</param>
    public static async Task JudgeAsync(CrmDb db, Actor starter, IReadOnlyList<Judgement> judgements, Dictionary<(Guid Park, string Name), int> earlier, DateOnly today, CancellationToken cancel)
    {
        var parks = (await db.Parks.AsNoTracking().VisibleTo(starter).ToListAsync(cancel)).SelectMany(p => ((string[])[p.Code, p.NameZh, p.NameEn]).Select(n => (Name: SearchText.Normalise(n), p.Id)))
            .GroupBy(p => p.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Id, StringComparer.Ordinal);
        var names = judgements.Select(j => j.Draft.Space!.Name).Distinct(StringComparer.Ordinal).ToList();
        var known = (await db.Spaces.AsNoTracking().Include(s => s.Spans).Where(s => s.ReplacedOn == null && names.Contains(s.Name)).ToListAsync(cancel)).ToDictionary(s => (s.ParkId, s.Name));
        foreach (var judgement in judgements)
        {
            var (row, draft) = (judgement.Row, judgement.Draft.Space!);
            if (!parks.TryGetValue(SearchText.Normalise(draft.Park), out var park)) Say(row, ImportVerdict.Refuse, ImportReason.ParkUnknown, draft.Park);
            else if (!starter.Manages(park)) Say(row, ImportVerdict.Refuse, ImportReason.ParkNotOwn, draft.Park);
            else if (!earlier.TryAdd((park, draft.Name), row.Number)) Say(row, ImportVerdict.Refuse, ImportReason.KeyTwice, earlier[(park, draft.Name)].ToString(System.Globalization.CultureInfo.InvariantCulture));
            else
            {
                judgement.KnownSpace = new KnownSpace(park, known.GetValueOrDefault((park, draft.Name)));
                Judge(row, draft, judgement.KnownSpace, today);
            }
        }
    }

    private static void Judge(ImportRow row, SpaceDraft draft, KnownSpace known, DateOnly today)
    {
        if (known.Space is null && !(draft.Tells(ImportColumns.Area) && draft.Tells(ImportColumns.AvailableFrom)))
        {
            Say(row, ImportVerdict.Refuse, ImportReason.NewSpaceNeeds, null);
            return;
        }
        var news = known.Space is { } space ? string.Join(',', draft.NewsOver(KnownSpace.TermsOf(space))) : null;
        if (news == "") Say(row, ImportVerdict.Skip, ImportReason.NothingNew, null);
        else if (Refused(draft, known, today) is { } why) Say(row, ImportVerdict.Refuse, ImportReason.SpaceRefused, why);
        else Say(row, news is null ? ImportVerdict.Create : ImportVerdict.Update, news is null ? null : ImportReason.Changes, news);
    }

    // Tried on a copy that nobody saves.
    private static string? Refused(SpaceDraft draft, KnownSpace known, DateOnly today)
    {
        try
        {
            if (known.Space is { } space) space.Edit(draft.Over(KnownSpace.TermsOf(space)), today);
            else _ = Made(draft, known.ParkId, today);
            return null;
        }
        catch (Refusal refusal)
        {
            return Text.Of(refusal);
        }
    }

    public static async Task WriteAsync(CrmDb db, IReadOnlyList<Judgement> judgements, DateOnly today, CancellationToken cancel)
    {
        db.ChangeTracker.Clear();
        var ids = judgements.Where(j => j.Row.Verdict == ImportVerdict.Update).Select(j => j.KnownSpace!.Space!.Id).ToList();
        var spaces = await db.Spaces.Include(s => s.Spans).Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, cancel);
        foreach (var judgement in judgements)
        {
            var (row, draft) = (judgement.Row, judgement.Draft.Space!);
            if (row.Verdict == ImportVerdict.Create)
            {
                var made = Made(draft, judgement.KnownSpace!.ParkId, today);
                db.Spaces.Add(made);
                (row.SubjectId, row.SubjectVersion) = (made.Id, 1);
            }
            else if (row.Verdict == ImportVerdict.Update)
            {
                var space = spaces[judgement.KnownSpace!.Space!.Id];
                var before = KnownSpace.TermsOf(space);
                row.Before = JsonSerializer.Serialize(before);
                space.Edit(draft.Over(before), today);
                (row.SubjectId, row.SubjectVersion) = (space.Id, space.Version + 1);
            }
        }
    }

    /// <summary>Turns back what nobody touched since.</summary>
    /// <returns>How many were deleted and restored; why others stay goes to <paramref name="kept"/>.</returns>
    public static async Task<(int Deleted, int Restored)> UndoAsync(CrmDb db, IReadOnlyList<(int Number, Guid Id, int Version, string? Before)> rows, Dictionary<int, string> kept, DateOnly today, CancellationToken cancel)
    {
        var ids = rows.Select(r => r.Id).ToList();
        var spaces = await db.Spaces.Include(s => s.Spans).Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, cancel);
        var used = (await db.Spaces.Where(s => ids.Contains(s.Id) && (db.Bookings.Any(b => b.SpaceId == s.Id) || db.Assignments.Any(a => a.SpaceId == s.Id) || db.SpaceLineage.Any(l => l.ParentId == s.Id)
            || db.Documents.Any(d => d.SpaceId == s.Id))).Select(s => s.Id).ToListAsync(cancel)).ToHashSet();
        var (deleted, restored) = (0, 0);
        foreach (var row in rows)
        {
            if (!spaces.TryGetValue(row.Id, out var space)) kept[row.Number] = KeptReason.Gone;
            else if (space.Version != row.Version || (row.Before is null && used.Contains(row.Id))) kept[row.Number] = KeptReason.Changed;
            else if (row.Before is null)
            {
                db.Spaces.Remove(space);
                deleted++;
            }
            else
            {
                space.Edit(JsonSerializer.Deserialize<SpaceTerms>(row.Before)!, today);
                restored++;
            }
        }
        await db.SaveChangesAsync(cancel);
        return (deleted, restored);
    }

    private static Space Made(SpaceDraft draft, Guid parkId, DateOnly today) => new(parkId, draft.Over(new SpaceTerms(draft.Name, 0, default)), today);

    private static void Say(ImportRow row, ImportVerdict verdict, string? reason, string? value) => (row.Verdict, row.Reason, row.ReasonValue) = (verdict, reason, value is { Length: > 200 } ? value[..200] : value);
}
