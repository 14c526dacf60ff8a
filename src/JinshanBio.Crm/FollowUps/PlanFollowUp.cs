using System.Linq.Expressions;
using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.FollowUps;

/// <summary>安排跟进: what is to be done next about a lead or a project, and by when.</summary>
[Needs(Permission.LeadsWrite)]
public sealed record PlanFollowUp : IRequest<Guid>
{
    public Guid? LeadId { get; set; }
    public Guid? ProjectId { get; set; }

    /// <summary>Without a zone it is Shanghai's; a day alone means 09:00 there.</summary>
    public DateTime? DueAt { get; set; }
    public FollowUpKind Kind { get; set; }
    public string? Note { get; set; }
}

internal sealed class PlanFollowUpValidator : AbstractValidator<PlanFollowUp>
{
    public PlanFollowUpValidator()
    {
        RuleFor(r => r.LeadId).NotEmpty().When(r => r.ProjectId is null);
        RuleFor(r => r.ProjectId).Null().When(r => r.LeadId is not null);
        RuleFor(r => r.DueAt).NotEmpty().PlausibleTime();
        RuleFor(r => r.Kind).IsInEnum();
        RuleFor(r => r.Note).MaximumLength(4000);
    }
}

internal sealed class PlanFollowUpHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<PlanFollowUp, Guid>
{
    public async Task<Guid> Handle(PlanFollowUp request, CancellationToken cancellationToken)
    {
        var due = request.DueAt!.Value.ToUtc();
        var now = clock.GetUtcNow().UtcDateTime;
        FollowUp followUp;
        if (request.LeadId is { } leadId)
        {
            var lead = await db.Leads.VisibleTo(actor).OneAsync(leadId, cancellationToken);
            followUp = new FollowUp(lead.Id, lead.ProjectId, lead.OwnerId, request.Kind, due, request.Note, now);
        }
        else
        {
            var project = await db.Projects.VisibleTo(actor).OneAsync(request.ProjectId!.Value, cancellationToken);
            followUp = new FollowUp(null, project.Id, project.OwnerId, request.Kind, due, request.Note, now);
        }
        db.FollowUps.Add(followUp);
        await NextDue.RefreshAsync(db, followUp, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return followUp.Id;
    }
}

/// <summary>Keeps the earliest open due time on the lead and project that a follow-up belongs to.</summary>
internal static class NextDue
{
    /// <summary>Call before saving, with every changed follow-up tracked.</summary>
    public static async Task RefreshAsync(CrmDb db, FollowUp changed, CancellationToken cancel)
    {
        if (changed.LeadId is { } leadId)
        {
            await db.FollowUps.Where(f => f.LeadId == leadId && f.Status == FollowUpStatus.Open).LoadAsync(cancel);
            var lead = await db.Leads.FindAsync([leadId], cancel);
            lead!.PlanNext(lead.Status == LeadStatus.Open ? Earliest(db, f => f.LeadId == leadId) : null);
        }
        if (changed.ProjectId is { } projectId)
        {
            await db.FollowUps.Where(f => f.ProjectId == projectId && f.Status == FollowUpStatus.Open).LoadAsync(cancel);
            var project = await db.Projects.FindAsync([projectId], cancel);
            project!.PlanNext(Earliest(db, f => f.ProjectId == projectId));
        }
    }

    /// <summary>What a lead or project that has ended was promised is no longer due.</summary>
    public static async Task CancelAllAsync(CrmDb db, Expression<Func<FollowUp, bool>> of, DateTime now, Guid byId, CancellationToken cancel)
    {
        foreach (var followUp in await db.FollowUps.Where(of).Where(f => f.Status == FollowUpStatus.Open).ToListAsync(cancel)) followUp.Cancel(now, byId);
    }

    private static DateTime? Earliest(CrmDb db, Func<FollowUp, bool> of)
        => db.FollowUps.Local.Where(f => f.Status == FollowUpStatus.Open && of(f)).Min(f => (DateTime?)f.DueAt);
}
