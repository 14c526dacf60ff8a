using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;

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
}
