using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.FirstTalks;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Notices;
using JinshanBio.Crm.Pipeline;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.FirstTalks;

/// <summary>What the steps of a first talk have in common: which right they are about, and who is told.</summary>
internal static class FirstTalkSteps
{
    /// <exception cref="Refusal">UnitRequired.</exception>
    public static string MustHaveUnit(this Actor actor) => actor.Unit ?? throw new Refusal(RefusalCode.UnitRequired);

    /// <summary>The living right that protects the intent of a lead: the lead's own, or that of the same enterprise and field.</summary>
    public static async Task<FirstTalk?> LivingRightAsync(this CrmDb db, Lead lead, CancellationToken cancel)
    {
        var living = db.FirstTalks.Include(t => t.Ledger).Include(t => t.Lead!.Enterprise).Where(t => t.Status != FirstTalkStatus.Ended);
        return await living.FirstOrDefaultAsync(t => t.LeadId == lead.Id, cancel)
            ?? await living.FirstOrDefaultAsync(t => t.EnterpriseId == lead.EnterpriseId && t.Field == lead.Field, cancel);
    }

    /// <summary>The right that the person's unit holds on a lead of the person's.</summary>
    /// <exception cref="Refusal">NotFound, UnitRequired, FirstTalkNotHeld, FirstTalkHeld, StaleVersion.</exception>
    public static async Task<FirstTalk> HeldRightAsync(this CrmDb db, Actor actor, Catalogue catalogue, Guid leadId, int? version, CancellationToken cancel)
    {
        var unit = actor.MustHaveUnit();
        var lead = await db.Leads.VisibleTo(actor).OneAsync(leadId, cancel);
        var right = await db.LivingRightAsync(lead, cancel) ?? throw new Refusal(RefusalCode.FirstTalkNotHeld);
        if (right.Unit != unit) throw Held(right, catalogue);
        if (right.LeadId != lead.Id) throw new Refusal(RefusalCode.FirstTalkNotHeld);
        await db.ExpectAsync(right, version, cancel);
        return right;
    }

    /// <summary>The right on a lead that the person sees as one of those concerned, though perhaps not the lead.</summary>
    /// <exception cref="Refusal">NotFound, StaleVersion.</exception>
    public static async Task<FirstTalk> ConcerningAsync(this CrmDb db, Actor actor, Guid leadId, int? version, CancellationToken cancel)
    {
        var right = await db.FirstTalks.VisibleTo(actor).Include(t => t.Ledger).Include(t => t.Lead!.Enterprise)
            .FirstOrDefaultAsync(t => t.Status != FirstTalkStatus.Ended && (t.LeadId == leadId || t.ChallengerLeadId == leadId), cancel)
            ?? throw new Refusal(RefusalCode.NotFound);
        await db.ExpectAsync(right, version, cancel);
        return right;
    }

    /// <summary>Says whose the right is and since when, and nothing else about it.</summary>
    public static Refusal Held(FirstTalk right, Catalogue catalogue)
        => new(RefusalCode.FirstTalkHeld, catalogue.UnitName(right.Unit), Domain.Calendar.ShanghaiTime.Day(right.Since))
        {
            Details = new HeldBy(right.Unit, catalogue.UnitName(right.Unit), right.Since, right.Status == FirstTalkStatus.Held),
        };

    public static string Title(Lead lead) => lead.CodeName ?? lead.Enterprise!.Name;

    public static string UnitArg(this Catalogue catalogue, string unit)
        => catalogue.Units.FirstOrDefault(u => u.Code == unit) is { } named ? NoticeText.Both(named.NameZh, named.NameEn) : unit;

    /// <summary>Tells these people, once for each line of the ledger that causes it; never the person who acts.</summary>
    public static void Tell(this CrmDb db, FirstTalk right, Actor actor, NoticeKind kind, IEnumerable<Guid> people, string[] args, DateTime now, Guid? leadId = null)
        => db.Notices.AddRange(people.Distinct().Where(id => id != actor.Id).Select(id => new Notice(id, kind, $"first-talk:{right.Id}:{right.Entries}", args,
            leadId is { } lead ? $"/leads/{lead}" : $"/first-talks/{right.LeadId}", now)));

    /// <summary>Officers of a unit: those who can accept what is offered to it.</summary>
    public static Task<List<Guid>> OfficersAsync(this CrmDb db, string unit, CancellationToken cancel)
        => db.Users.Where(p => p.Department == unit && !p.Disabled && db.UserRoles.Any(u => u.UserId == p.Id && db.Roles.Any(r => r.Id == u.RoleId && r.Name == RoleCode.Officer)))
            .Select(p => p.Id).ToListAsync(cancel);

    /// <summary>Those who rule on disputes.</summary>
    public static Task<List<Guid>> JudgesAsync(this CrmDb db, Catalogue catalogue, CancellationToken cancel)
    {
        var roles = catalogue.Roles.Where(r => r.Value.Contains(Permission.FirstTalksRule) && r.Key != RoleCode.Administrator).Select(r => r.Key).ToList();
        return db.Users.Where(p => !p.Disabled && db.UserRoles.Any(u => u.UserId == p.Id && db.Roles.Any(r => r.Id == u.RoleId && roles.Contains(r.Name!))))
            .Select(p => p.Id).ToListAsync(cancel);
    }

    /// <summary>What the lead protected or disputed has ended with it.</summary>
    public static async Task EndFirstTalkAsync(this CrmDb db, Lead lead, string reason, DateTime now, Guid byId, CancellationToken cancel)
    {
        var rights = await db.FirstTalks.Include(t => t.Ledger).Where(t => t.Status != FirstTalkStatus.Ended && (t.LeadId == lead.Id || t.ChallengerLeadId == lead.Id)).ToListAsync(cancel);
        foreach (var right in rights)
        {
            if (right.ChallengerLeadId == lead.Id) right.WithdrawDispute(right.Challenger!, reason, now, byId);
            // A disputed right waits for its ruling: the other side still wants it.
            else if (right.Status == FirstTalkStatus.Held) right.Release(reason, now, byId);
        }
    }
}

/// <summary>Masked: which unit holds the right on an intent and since when; never on which lead, or what stands in it.</summary>
/// <param name="MayDispute">A dispute can be opened with one's own evidence.</param>
public sealed record HeldBy(string Unit, string UnitName, DateTime Since, bool MayDispute);
