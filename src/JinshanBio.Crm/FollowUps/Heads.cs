using JinshanBio.Crm.Data;
using JinshanBio.Crm.Identity;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.FollowUps;

/// <summary>主管: who hears when somebody is late: the leaders of that person's department, else all leaders, else the administrators.</summary>
internal sealed class Heads
{
    private readonly Dictionary<Guid, (string? Department, string Name)> _people;
    private readonly List<Guid> _leaders;
    private readonly List<Guid> _administrators;

    private Heads(Dictionary<Guid, (string? Department, string Name)> people, List<Guid> leaders, List<Guid> administrators)
        => (_people, _leaders, _administrators) = (people, leaders, administrators);

    public static async Task<Heads> LoadAsync(CrmDb db, CancellationToken cancel)
    {
        var people = await db.Users.AsNoTracking().Select(p => new { p.Id, p.Department, p.DisplayName, p.Disabled }).ToListAsync(cancel);
        var roles = await db.UserRoles.Join(db.Roles.Where(r => r.Name == RoleCode.Leader || r.Name == RoleCode.Administrator), u => u.RoleId, r => r.Id,
            (u, r) => new { u.UserId, r.Name }).ToListAsync(cancel);
        var active = people.Where(p => !p.Disabled).Select(p => p.Id).ToHashSet();
        List<Guid> Having(string role) => [.. roles.Where(r => r.Name == role && active.Contains(r.UserId)).Select(r => r.UserId)];
        return new Heads(people.ToDictionary(p => p.Id, p => (p.Department, p.DisplayName)), Having(RoleCode.Leader), Having(RoleCode.Administrator));
    }

    public IReadOnlyList<Guid> Of(Guid ownerId)
    {
        var department = _people.GetValueOrDefault(ownerId).Department;
        var others = _leaders.Where(l => l != ownerId).ToList();
        var own = department is null ? [] : others.Where(l => _people[l].Department == department).ToList();
        return own.Count > 0 ? own : others.Count > 0 ? others : [.. _administrators.Where(a => a != ownerId)];
    }

    /// <summary>The leaders of a department, else all leaders, else the administrators.</summary>
    public IReadOnlyList<Guid> OfDepartment(string department)
    {
        var own = _leaders.Where(l => _people[l].Department == department).ToList();
        return own.Count > 0 ? own : _leaders.Count > 0 ? _leaders : _administrators;
    }

    public string NameOf(Guid id) => _people.GetValueOrDefault(id).Name ?? "";
}
