using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Stages;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
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
    public Track? Track { get; set; }
    public string? Tag { get; set; }

    /// <summary>总投资 in yuan, from (inclusive) and to (exclusive), so that steps of a range do not overlap.</summary>
    public decimal? InvestmentFrom { get; set; }
    public decimal? InvestmentTo { get; set; }

    /// <summary>达产年产值, yuan a year.</summary>
    public decimal? OutputFrom { get; set; }
    public decimal? OutputTo { get; set; }

    /// <summary>At its stage since this day or longer.</summary>
    public DateTime? StageSinceTo { get; set; }

    /// <summary>Active and longer at its stage than the stage should take, or not.</summary>
    public bool? Stalled { get; set; }

    /// <summary>A next step is planned, or none is.</summary>
    public bool? Planned { get; set; }

    /// <summary>Next follow-up due from and to; a day alone is Shanghai's and inside.</summary>
    public DateTime? NextFollowUpFrom { get; set; }
    public DateTime? NextFollowUpTo { get; set; }

    /// <summary>Only these, of those that the other filters leave.</summary>
    public List<Guid> Ids { get; set; } = [];

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
        if (Track is { } track) projects = projects.Where(p => p.Track == track);
        if (Tag is { Length: > 0 }) { var tag = Domain.Tag.Normalise(Tag); projects = projects.Where(p => p.Tags.Any(t => t.Name == tag)); }
        if (InvestmentFrom is { } least) projects = projects.Where(p => p.Investment >= least);
        if (InvestmentTo is { } below) projects = projects.Where(p => p.Investment < below);
        if (OutputFrom is { } leastOutput) projects = projects.Where(p => p.OutputAtCapacity >= leastOutput);
        if (OutputTo is { } belowOutput) projects = projects.Where(p => p.OutputAtCapacity < belowOutput);
        if (StageSinceTo?.RangeEnd() is { } since) projects = projects.Where(p => p.StageSince < since);
        if (Stalled is { } stalled) projects = projects.Stalled(db, stalled);
        if (Planned is true) projects = projects.Where(p => p.NextFollowUpAt != null);
        if (Planned is false) projects = projects.Where(p => p.NextFollowUpAt == null);
        if (NextFollowUpFrom?.RangeStart() is { } dueFrom) projects = projects.Where(p => p.NextFollowUpAt >= dueFrom);
        if (NextFollowUpTo?.RangeEnd() is { } dueTo) projects = projects.Where(p => p.NextFollowUpAt < dueTo);
        if (Ids.Count > 0) projects = projects.Where(p => Ids.Contains(p.Id));
        return projects.Search(db, actor, Q);
    }
}

internal sealed class ProjectFilterValidator : AbstractValidator<ProjectFilter>
{
    public ProjectFilterValidator()
    {
        RuleFor(r => r.Q).MaximumLength(100);
        RuleFor(r => r.Status).IsInEnum();
        RuleFor(r => r.Track).IsInEnum();
        RuleFor(r => r.StageSinceTo).PlausibleTime();
        RuleFor(r => r.NextFollowUpFrom).PlausibleTime();
        RuleFor(r => r.NextFollowUpTo).PlausibleTime();
        RuleFor(r => r.Ids).NotNull();
    }
}
