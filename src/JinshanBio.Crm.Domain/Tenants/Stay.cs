using JinshanBio.Crm.Domain.Parks;

namespace JinshanBio.Crm.Domain.Tenants;

/// <summary>在园经历: one stay of a project in a carrier, from the day it moved in.</summary>
/// <param name="PreviousId">The stay it goes on from.</param>
/// <param name="Until">The day on which it ended; null while the company is there.</param>
/// <param name="IsGraduated">It ended by going on, not by leaving.</param>
public sealed record Stay(Guid Id, Guid EnterpriseId, Guid? PreviousId, IReadOnlyCollection<ParkRole> ParkRoles, DateOnly From, DateOnly? Until, bool IsGraduated)
{
    /// <summary>
    /// As what each stay is counted where a park has several roles: the one that comes after the stay it goes on from, else the first of the park.
    /// </summary>
    public static IReadOnlyDictionary<Guid, ParkRole> Roles(IReadOnlyCollection<Stay> stays)
    {
        var byId = stays.ToDictionary(s => s.Id);
        var roles = new Dictionary<Guid, ParkRole>();
        ParkRole Of(Stay stay)
        {
            if (roles.TryGetValue(stay.Id, out var known)) return known;
            // Set at once: a chain that leads back to itself ends here.
            roles[stay.Id] = stay.ParkRoles.Count == 0 ? ParkRole.IndustrialPark : stay.ParkRoles.Min();
            if (stay.PreviousId is { } id && byId.TryGetValue(id, out var previous)) roles[stay.Id] = As(stay.ParkRoles, Of(previous));
            return roles[stay.Id];
        }
        foreach (var stay in stays) Of(stay);
        return roles;
    }

    /// <summary>The role in which a park takes a company that comes from a carrier of another role.</summary>
    public static ParkRole As(IReadOnlyCollection<ParkRole> park, ParkRole before)
        => park.Where(r => r > before).Select(r => (ParkRole?)r).Min() ?? (park.Count == 0 ? ParkRole.IndustrialPark : park.Max());
}

/// <summary>How it went on with a company that entered carriers of a role; each company counts once a role.</summary>
/// <param name="Enters">The first stay in that role.</param>
/// <param name="Next">The first stay in a later role.</param>
/// <param name="Days">From the entry to the end of the last stay in the role, or to its going on; null while it is in.</param>
/// <param name="Last">The last stay in the role.</param>
public sealed record Passage(Guid EnterpriseId, ParkRole Role, Stay Enters, Stay Last, Stay? Next, int? Days, PassageOutcome Outcome)
{
    public static IReadOnlyList<Passage> Of(IReadOnlyCollection<Stay> stays)
    {
        var roles = Stay.Roles(stays);
        var ofOne = stays.ToLookup(s => s.EnterpriseId);
        return [.. stays.GroupBy(s => (s.EnterpriseId, Role: roles[s.Id])).Select(g =>
        {
            var own = g.OrderBy(s => s.From).ThenBy(s => s.Id).ToList();
            var next = ofOne[g.Key.EnterpriseId].Where(s => roles[s.Id] > g.Key.Role && s.From >= own[0].From).OrderBy(s => s.From).ThenBy(s => s.Id).FirstOrDefault();
            var last = own.MaxBy(s => s.Until ?? DateOnly.MaxValue)!;
            var outcome = next is not null ? PassageOutcome.WentOn : last.Until is null ? PassageOutcome.StillIn : last.IsGraduated ? PassageOutcome.Graduated : PassageOutcome.Left;
            var end = next?.From ?? last.Until;
            return new Passage(g.Key.EnterpriseId, g.Key.Role, own[0], last, next, end is { } day ? day.DayNumber - own[0].From.DayNumber : null, outcome);
        })];
    }
}

public enum PassageOutcome
{
    /// <summary>已进入下一级载体</summary>
    WentOn,
    /// <summary>仍在园</summary>
    StillIn,
    /// <summary>已毕业，区内尚无下一载体</summary>
    Graduated,
    /// <summary>已迁出</summary>
    Left,
}
