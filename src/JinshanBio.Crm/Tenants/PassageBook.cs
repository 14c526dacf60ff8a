using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Domain.Tenants;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Texts;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Tenants;

/// <summary>What a person narrows the passages of companies down by; the same for the report and its lists.</summary>
public abstract record PassageFilter
{
    /// <summary>First day of entry.</summary>
    public DateOnly? From { get; set; }

    /// <summary>Last day of entry; it is inside.</summary>
    public DateOnly? To { get; set; }
}

/// <summary>A passage with what names it.</summary>
internal sealed record PassageLine(Passage Passage, StayLine Enters, StayLine? Next, bool IsOverdue)
{
    public int Year => Passage.Enters.From.Year;
}

internal sealed record StayLine(Stay Stay, Guid ParkId, string ParkName, Guid ProjectId, string ProjectNumber, string ProjectTitle);

internal static class PassageBook
{
    /// <summary>
    /// Every company that entered a carrier: how it went on is told over all carriers, and only of those it entered in a park the person answers for.
    /// Reads every stay there ever was, a few columns of each: as many as the floor of the district has held, not as many as there are projects.
    /// </summary>
    /// <exception cref="Refusal">NotPermitted for who neither sees everything nor manages a park.</exception>
    public static async Task<List<PassageLine>> PassagesAsync(this CrmDb db, Actor actor, GraduationRules rules, PassageFilter filter, DateOnly today, CancellationToken cancel)
    {
        var all = actor.May(Permission.EverybodysRows);
        if (!all && actor.Parks.Count == 0) throw new Refusal(RefusalCode.NotPermitted);
        var english = Text.IsEnglish;
        var lines = (await db.Assignments.AsNoTracking().Where(a => a.MovedInAt != null).Select(a => new
        {
            a.Id, a.ProjectId, a.Project!.EnterpriseId, a.Project.Number, a.Project.Title, a.ParkId, Park = english ? a.Park!.NameEn : a.Park!.NameZh, a.Park.Roles, a.PreviousId, a.MovedInAt, a.EndedAt, a.Status,
        }).ToListAsync(cancel)).Select(a => new StayLine(new Stay(a.Id, a.EnterpriseId, a.PreviousId, [.. a.Roles], ShanghaiTime.Day(a.MovedInAt!.Value),
            a.EndedAt is { } ended ? ShanghaiTime.Day(ended) : null, a.Status == AssignmentStatus.Graduated), a.ParkId, a.Park, a.ProjectId, a.Number, a.Title)).ToDictionary(l => l.Stay.Id);

        return [.. Passage.Of([.. lines.Values.Select(l => l.Stay)])
            .Where(p => (all || actor.Parks.Contains(lines[p.Enters.Id].ParkId)) && !(p.Enters.From < filter.From) && !(p.Enters.From > filter.To))
            .Select(p => new PassageLine(p, lines[p.Enters.Id], p.Next is { } next ? lines[next.Id] : null, IsOverdue(p, rules, today)))];
    }

    private static bool IsOverdue(Passage passage, GraduationRules rules, DateOnly today)
        => passage.Outcome == PassageOutcome.StillIn && GraduationCheck.Of(new TenantFacts(passage.Role, passage.Last.From, 0, 0), rules, today).IsOverdue;
}
