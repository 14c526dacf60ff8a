using System.Collections.Frozen;
using JinshanBio.Crm.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;

namespace JinshanBio.Crm.Identity;

/// <summary>
/// Who a signed-in person is and what the person may do now. Remembered for half a minute, so that a locked account or a
/// changed role takes effect on every node within that time, and at once on the node that changed it.
/// </summary>
public sealed class ActorDirectory(IServiceScopeFactory scopes, CatalogueSlot catalogue, IMemoryCache cache)
{
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(30);

    /// <param name="securityStamp">From the cookie or token: a changed password or a lock ends older sign-ins.</param>
    /// <returns>Nobody when the person is gone, disabled or has signed out everywhere.</returns>
    public async Task<Actor> FindAsync(Guid personId, string? securityStamp, CancellationToken cancel)
    {
        var known = await cache.GetOrCreateAsync(personId, async entry =>
        {
            entry.AbsoluteExpirationRelativeToNow = Memory;
            return await LoadAsync(personId, cancel);
        });
        return known is { } k && k.Stamp == securityStamp ? k.Actor : Actor.Nobody;
    }

    public void Forget(Guid personId) => cache.Remove(personId);

    private async Task<(Actor Actor, string Stamp)?> LoadAsync(Guid personId, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDb>();
        var person = await db.Users.AsNoTracking().Include(p => p.Parks).FirstOrDefaultAsync(p => p.Id == personId && !p.Disabled, cancel);
        if (person is null) return null;
        var roles = await db.UserRoles.Where(r => r.UserId == personId).Join(db.Roles, u => u.RoleId, r => r.Id, (_, r) => r.Name!).ToListAsync(cancel);
        return (ToActor(person, roles, catalogue.Current), person.SecurityStamp!);
    }

    public static Actor ToActor(Person person, IReadOnlyList<string> roles, Catalogue catalogue) => new()
    {
        Id = person.Id,
        UserName = person.UserName!,
        DisplayName = person.DisplayName,
        Roles = roles,
        Parks = [.. person.Parks.Select(p => p.ParkId)],
        MustChangePassword = person.MustChangePassword,
        Unit = person.Department,
        Permissions = roles.SelectMany(r => catalogue.Roles.TryGetValue(r, out var permissions) ? permissions : FrozenSet<Permission>.Empty).ToFrozenSet(),
    };
}
