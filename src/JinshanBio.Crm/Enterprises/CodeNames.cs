using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Identity;

namespace JinshanBio.Crm.Enterprises;

/// <summary>代号: beside an enterprise's name only what does not hide behind a code name, for those without the right to real names.</summary>
internal static class CodeNames
{
    public static IQueryable<Lead> NamedFor(this IQueryable<Lead> leads, Actor actor)
        => actor.May(Permission.RealNames) ? leads : leads.Where(l => l.CodeName == null);

    public static IQueryable<Project> NamedFor(this IQueryable<Project> projects, Actor actor)
        => actor.May(Permission.RealNames) ? projects : projects.Where(p => p.Title == p.Name);
}
