using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Identity;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Projects;

/// <summary>What a person may narrow the projects down by; the same for the list, its export and a step on all of its rows.</summary>
public abstract record ProjectFilter
{
    /// <summary>Part of the title or the number XM-…; with the right to real names also of the name and the enterprise.</summary>
    public string? Q { get; set; }
    public string? Field { get; set; }
    public string? Stage { get; set; }

    /// <summary>Active and on hold when left out.</summary>
    public ProjectStatus? Status { get; set; }

    /// <summary>Proposed to, held in or moved into this park.</summary>
    public Guid? Park { get; set; }
    public Guid? Owner { get; set; }
    public Guid? Enterprise { get; set; }
    public string? Link { get; set; }

    /// <summary>The rows that the filters leave, of those the person may see.</summary>
    internal IQueryable<Project> Rows(CrmDb db, Actor actor)
    {
        var projects = db.Projects.AsNoTracking().VisibleTo(actor);
        projects = Status is { } status ? projects.In(status) : projects.Live();
        if (Field is { Length: > 0 } field) projects = projects.Where(p => p.Field == field);
        if (Stage is { Length: > 0 } stage) projects = projects.Where(p => p.Stage == stage);
        if (Park is { } park) projects = projects.Where(p => p.Assignments.Any(a => a.ParkId == park && Assignment.Standing.Contains(a.Status)));
        if (Owner is { } owner) projects = projects.Where(p => p.OwnerId == owner);
        if (Enterprise is { } enterprise)
        {
            projects = projects.Where(p => p.EnterpriseId == enterprise);
            // Asking enterprise by enterprise must not tell who stands behind a code name.
            if (!actor.May(Permission.RealNames)) projects = projects.Where(p => p.Title == p.Name);
        }
        if (Link is { Length: > 0 } link) projects = projects.Where(p => p.Links.Any(l => l.Code == link));
        return projects.Search(db, actor, Q);
    }
}

internal sealed class ProjectFilterValidator : AbstractValidator<ProjectFilter>
{
    public ProjectFilterValidator()
    {
        RuleFor(r => r.Q).MaximumLength(100);
        RuleFor(r => r.Status).IsInEnum();
    }
}
