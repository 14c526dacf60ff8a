using System.Text.Json;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Domain.Searching;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Projects;
using JinshanBio.Crm.Texts;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Enterprises;

/// <summary>An enterprise in the register that looks like the one that is asked about.</summary>
internal sealed record Suspect(Guid Id, string Name, Likeness Likeness);

/// <summary>Asks the whole register through its indexes for a few that may be meant, and lets <see cref="Likeness"/> judge these.</summary>
internal static class Duplicates
{
    private const int ShownAtMost = 10, Hooks = 4, EachHook = 40;

    /// <summary>Those that must be answered for before another is added.</summary>
    public static async Task<IReadOnlyList<Suspect>> SuspectsAsync(CrmDb db, FindDuplicates about, string? creditCode, CancellationToken cancel)
    {
        var alike = await AlikeAsync(db, about, creditCode, cancel);
        return alike.Any(a => a.Likeness.Score >= Likeness.Suspect) ? alike : [];
    }

    /// <summary>The most alike first.</summary>
    public static async Task<IReadOnlyList<Suspect>> AlikeAsync(CrmDb db, FindDuplicates about, string? creditCode, CancellationToken cancel)
    {
        var names = about.Aliases.Where(a => a.Any(char.IsLetterOrDigit)).Prepend(about.Name).Select(n => new NameForms(n)).ToList();
        var probe = new Probe(names, creditCode, about.Country);
        var (phone, email) = (ContactSearch.Phone(about.Phone), ContactSearch.Email(about.Email));
        var ids = Shortlist(db, probe, phone, email);
        var rows = await db.Enterprises.AsNoTracking().Where(e => ids.Contains(e.Id) && e.MergedIntoId == null)
            .Select(e => new { e.Id, e.Name, e.CreditCode, e.Country }).ToListAsync(cancel);
        if (rows.Count == 0) return [];

        var found = rows.ConvertAll(r => r.Id);
        var aliases = (await db.EnterpriseAliases.AsNoTracking().Where(a => found.Contains(a.EnterpriseId) && a.Kind != AliasKind.Code)
            .Select(a => new { a.EnterpriseId, a.Name }).ToListAsync(cancel)).ToLookup(a => a.EnterpriseId, a => a.Name);
        var reached = phone is null && email is null ? [] : await db.Contacts.AsNoTracking()
            .Where(c => found.Contains(c.EnterpriseId) && ((phone != null && c.PhoneKey == phone) || (email != null && c.EmailKey == email)))
            .Select(c => new { c.EnterpriseId, c.PhoneKey, c.EmailKey }).ToListAsync(cancel);
        var alike =
            from row in rows
            let known = new Known([.. aliases[row.Id].Prepend(row.Name).Select(n => new NameForms(n))], row.CreditCode, row.Country,
                phone is not null && reached.Exists(c => c.EnterpriseId == row.Id && c.PhoneKey == phone), email is not null && reached.Exists(c => c.EnterpriseId == row.Id && c.EmailKey == email))
            let likeness = Likeness.Of(probe, known)
            where likeness is not null
            orderby likeness.Score descending, row.Name.Length, row.Name
            select new Suspect(row.Id, row.Name, likeness);
        return [.. alike.Take(ShownAtMost)];
    }

    /// <summary>Each with its reasons in the reader's words, and who works on it since when; never what.</summary>
    public static async Task<IReadOnlyList<DuplicateCandidate>> DescribeAsync(CrmDb db, Actor actor, IReadOnlyList<Suspect> suspects, CancellationToken cancel)
    {
        if (suspects.Count == 0) return [];
        var ids = suspects.Select(s => s.Id).ToList();
        // Without the right to real names nothing may connect what has a code name to its enterprise.
        var mayKnow = actor.May(Permission.RealNames);
        var work = await db.Leads.Where(l => ids.Contains(l.EnterpriseId) && l.Status == LeadStatus.Open && (mayKnow || l.CodeName == null)).Select(l => new { l.EnterpriseId, l.OwnerId, l.CreatedAt })
            .Concat(db.Projects.Live().Where(p => ids.Contains(p.EnterpriseId) && (mayKnow || p.Title == p.Name)).Select(p => new { p.EnterpriseId, p.OwnerId, p.CreatedAt }))
            .GroupBy(w => new { w.EnterpriseId, w.OwnerId }).Select(g => new { g.Key.EnterpriseId, g.Key.OwnerId, Since = g.Min(w => w.CreatedAt) }).ToListAsync(cancel);
        var owners = work.Select(w => w.OwnerId).Distinct().ToList();
        var people = await db.Users.AsNoTracking().Where(p => owners.Contains(p.Id)).Select(p => new { p.Id, p.DisplayName, p.Department }).ToDictionaryAsync(p => p.Id, cancel);
        var departments = await db.DepartmentNamesAsync(people.Values.Select(p => p.Department), cancel);
        var registered = await db.Enterprises.AsNoTracking().Where(e => ids.Contains(e.Id)).Select(e => new { e.Id, e.CreatedAt }).ToDictionaryAsync(e => e.Id, e => e.CreatedAt, cancel);
        return [.. suspects.Select(s =>
        {
            var mine = work.Where(w => w.EnterpriseId == s.Id).OrderBy(w => w.Since).ToList();
            return new DuplicateCandidate(s.Id, s.Name, s.Likeness.MatchedName, s.Likeness.Score, s.Likeness.Reasons,
                [.. s.Likeness.Reasons.Select(r => Text.Of("duplicate." + r, s.Likeness.MatchedName ?? s.Name))], s.Likeness.Score >= Likeness.Suspect,
                [.. mine.Select(w => people[w.OwnerId]).Select(p => new DuplicateOwner(p.DisplayName, p.Department is null ? null : departments.GetValueOrDefault(p.Department, p.Department)))],
                mine.Count > 0 ? mine[0].Since : registered[s.Id]);
        })];
    }

    /// <summary>Ids of some hundred at most, each by an index search of its own.</summary>
    private static IQueryable<Guid> Shortlist(CrmDb db, Probe probe, string? phone, string? email)
    {
        var cores = probe.Names.Select(n => n.Core).Distinct().ToList();
        var sounds = probe.Names.Select(n => n.Sound).OfType<string>().Distinct().ToList();
        var ids = db.Enterprises.Where(e => cores.Contains(e.CoreName)).Select(e => e.Id).Take(EachHook)
            .Concat(db.EnterpriseAliases.Where(a => cores.Contains(a.CoreName)).Select(a => a.EnterpriseId).Take(EachHook));
        if (sounds.Count > 0)
        {
            ids = ids.Concat(db.Enterprises.Where(e => sounds.Contains(e.CorePinyin!)).Select(e => e.Id).Take(EachHook))
                .Concat(db.EnterpriseAliases.Where(a => sounds.Contains(a.CorePinyin!)).Select(a => a.EnterpriseId).Take(EachHook));
        }
        foreach (var from in probe.Hooks(Hooks))
        {
            var to = SearchKeys.UpperBound(from);
            ids = ids.Concat(db.EnterpriseKeys.Where(k => new[] { KeyKind.Start, KeyKind.Part, KeyKind.Alias }.Contains(k.Kind)
                && string.Compare(k.Key, from) >= 0 && string.Compare(k.Key, to) < 0).Select(k => k.EnterpriseId).Take(EachHook));
        }
        if (probe.CreditCode is { } code) ids = ids.Concat(db.Enterprises.Where(e => e.CreditCode == code).Select(e => e.Id));
        if (phone is not null) ids = ids.Concat(db.Contacts.Where(c => c.PhoneKey == phone).Select(c => c.EnterpriseId).Take(EachHook));
        if (email is not null) ids = ids.Concat(db.Contacts.Where(c => c.EmailKey == email).Select(c => c.EnterpriseId).Take(EachHook));
        return ids;
    }

    private static async Task<Dictionary<string, string>> DepartmentNamesAsync(this CrmDb db, IEnumerable<string?> codes, CancellationToken cancel)
    {
        var wanted = codes.OfType<string>().Distinct().ToList();
        if (wanted.Count == 0) return [];
        var records = await db.ReferenceRecords.AsNoTracking().Where(r => r.Set == "departments" && wanted.Contains(r.Code)).Select(r => new { r.Code, r.Data }).ToListAsync(cancel);
        return records.ToDictionary(r => r.Code, r =>
        {
            var department = JsonDocument.Parse(r.Data).RootElement;
            return Text.Pick(department.GetProperty("name_zh").GetString()!, department.GetProperty("name_en").GetString()!);
        }, StringComparer.Ordinal);
    }
}
