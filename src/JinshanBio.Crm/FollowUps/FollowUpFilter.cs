using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.FollowUps;

/// <summary>What a person may narrow the follow-ups down by; the same for the list and its export.</summary>
public abstract record FollowUpFilter
{
    /// <summary>Open when left out.</summary>
    public FollowUpStatus? Status { get; set; }

    /// <summary>Not only one's own.</summary>
    public bool Everybody { get; set; }

    /// <summary>Of this person, as far as one may see them.</summary>
    public Guid? Owner { get; set; }
    public FollowUpKind? Kind { get; set; }
    public bool? Supervised { get; set; }

    /// <summary>Due from then on; a day alone means its beginning in Shanghai.</summary>
    public DateTime? DueFrom { get; set; }

    /// <summary>Due before; a day alone is still inside.</summary>
    public DateTime? DueTo { get; set; }
    public Guid? Lead { get; set; }
    public Guid? Project { get; set; }

    /// <summary>The rows that the filters leave, of those the person may see.</summary>
    internal IQueryable<FollowUp> Rows(CrmDb db, Actor actor)
    {
        var status = Status ?? FollowUpStatus.Open;
        var followUps = db.FollowUps.AsNoTracking().VisibleTo(actor).Where(f => f.Status == status);
        if (Owner is { } owner) followUps = followUps.Where(f => f.OwnerId == owner);
        else if (!Everybody) followUps = followUps.Where(f => f.OwnerId == actor.Id);
        if (Kind is { } kind) followUps = followUps.Where(f => f.Kind == kind);
        if (Supervised is { } supervised) followUps = followUps.Where(f => f.IsSupervised == supervised);
        if (DueFrom?.RangeStart() is { } from) followUps = followUps.Where(f => f.DueAt >= from);
        if (DueTo?.RangeEnd() is { } to) followUps = followUps.Where(f => f.DueAt < to);
        if (Lead is { } lead) followUps = followUps.Where(f => f.LeadId == lead);
        if (Project is { } project) followUps = followUps.Where(f => f.ProjectId == project);
        return followUps;
    }
}

internal sealed class FollowUpFilterValidator : AbstractValidator<FollowUpFilter>
{
    public FollowUpFilterValidator()
    {
        RuleFor(r => r.Status).IsInEnum();
        RuleFor(r => r.Kind).IsInEnum();
        RuleFor(r => r.DueFrom).PlausibleTime();
        RuleFor(r => r.DueTo).PlausibleTime();
    }
}
