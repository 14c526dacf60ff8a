using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Commitments;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Commitments;

/// <summary>What a person may narrow the promises down by; the same for the list, its totals and its export.</summary>
public abstract record CommitmentFilter
{
    public CommitmentSide? Side { get; set; }
    public CommitmentKind? Kind { get; set; }

    /// <summary>责任单位: code of a department.</summary>
    public string? Unit { get; set; }

    /// <summary>By light; then also what is kept or released.</summary>
    public LightColour? Light { get; set; }

    /// <summary>Open ones of projects that go on, when neither this nor the light is given.</summary>
    public CommitmentStatus? Status { get; set; }

    /// <summary>重点领域 of the project.</summary>
    public string? Field { get; set; }
    public DateOnly? DueFrom { get; set; }

    /// <summary>The day itself is inside.</summary>
    public DateOnly? DueTo { get; set; }

    /// <summary>Owner of the project.</summary>
    public Guid? Owner { get; set; }

    /// <summary>Whom it was given to by name.</summary>
    public Guid? Responsible { get; set; }
    public Guid? Project { get; set; }

    /// <summary>True for those with a report that waits to be verified, kept or not.</summary>
    public bool? Waiting { get; set; }

    /// <summary>The rows that the filters leave, of those the person may see; whatever their light.</summary>
    internal IQueryable<Commitment> All(CrmDb db, Actor actor)
    {
        var rows = db.Commitments.AsNoTracking().VisibleTo(actor);
        if (Side is { } side) rows = rows.Where(c => c.Side == side);
        if (Kind is { } kind) rows = rows.Where(c => c.Kind == kind);
        if (Unit is { Length: > 0 } unit) rows = rows.Where(c => c.Unit == unit);
        if (Field is { Length: > 0 } field) rows = rows.Where(c => c.Project!.Field == field);
        if (DueFrom is { } from) rows = rows.Where(c => c.DueDay >= from);
        if (DueTo is { } to) rows = rows.Where(c => c.DueDay <= to);
        if (Owner is { } owner) rows = rows.Where(c => c.Project!.OwnerId == owner);
        if (Responsible is { } responsible) rows = rows.Where(c => c.ResponsibleId == responsible);
        if (Project is { } project) rows = rows.Where(c => c.ProjectId == project);
        return rows;
    }

    internal IQueryable<Commitment> Rows(CrmDb db, Actor actor, DateOnly today, int soonDays)
    {
        var rows = All(db, actor);
        if (Waiting is { } waiting) rows = rows.Where(c => c.IsWaiting == waiting);
        if (Light is { } light) return rows.Lit(db, light, today, soonDays);
        if (Status is { } status) return rows.Where(c => c.Status == status);
        return Waiting == true ? rows.Where(c => c.Status != CommitmentStatus.Released) : rows.Open(db);
    }
}

internal sealed class CommitmentFilterValidator : AbstractValidator<CommitmentFilter>
{
    public CommitmentFilterValidator()
    {
        RuleFor(r => r.Side).IsInEnum();
        RuleFor(r => r.Kind).IsInEnum();
        RuleFor(r => r.Light).IsInEnum();
        RuleFor(r => r.Status).IsInEnum();
        RuleFor(r => r.DueFrom).PlausibleDay();
        RuleFor(r => r.DueTo).PlausibleDay();
    }
}
