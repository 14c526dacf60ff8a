using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Imports;

internal static class OwnImports
{
    /// <summary>An import that the person may change: whoever uploaded it, or an administrator.</summary>
    /// <exception cref="Refusal">NotFound when the person does not see it, NotPermitted when the person only sees it.</exception>
    public static async Task<Import> OwnAsync(this IQueryable<Import> imports, Guid id, Actor actor, CancellationToken cancel)
    {
        var import = await imports.VisibleTo(actor).OneAsync(id, cancel);
        if (import.StartedById != actor.Id && !actor.Roles.Contains(RoleCode.Administrator)) throw new Refusal(RefusalCode.NotPermitted);
        return import;
    }

    /// <summary>
    /// Whoever uploaded the list, with what the person may see now: rows are judged and applied as that person's, also when an
    /// administrator or the system goes on with it. The right to import was there at the upload; half an import helps nobody.
    /// </summary>
    public static async Task<Actor> StarterAsync(this CrmDb db, Import import, Catalogue catalogue, CancellationToken cancel)
    {
        var person = await db.Users.AsNoTracking().Include(p => p.Parks).SingleAsync(p => p.Id == import.StartedById, cancel);
        var roles = await db.UserRoles.Where(r => r.UserId == person.Id).Join(db.Roles, u => u.RoleId, r => r.Id, (_, r) => r.Name!).ToListAsync(cancel);
        var actor = ActorDirectory.ToActor(person, roles, catalogue);
        return new Actor
        {
            Id = actor.Id,
            UserName = actor.UserName,
            DisplayName = actor.DisplayName,
            Roles = actor.Roles,
            Parks = actor.Parks,
            Permissions = new HashSet<Permission>(actor.Permissions) { Permission.ImportsRun },
        };
    }
}
