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
public sealed record PlanFollowUp : FollowUpInput, IRequest<Guid>
{
    public Guid? LeadId { get; set; }
    public Guid? ProjectId { get; set; }
}

internal sealed class PlanFollowUpValidator : AbstractValidator<PlanFollowUp>
{
    public PlanFollowUpValidator()
    {
        RuleFor(r => r.LeadId).NotEmpty().When(r => r.ProjectId is null);
        RuleFor(r => r.ProjectId).Null().When(r => r.LeadId is not null);
        Include(new FollowUpInputValidator());
    }
}

internal sealed class PlanFollowUpHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<PlanFollowUp, Guid>
{
    public async Task<Guid> Handle(PlanFollowUp request, CancellationToken cancellationToken)
    {
        var subject = await db.SubjectAsync(actor, request.LeadId, request.ProjectId, cancellationToken);
        var followUp = subject.Plan(request.Kind, request.DueAt!.Value.ToUtc(), request.Note, clock.GetUtcNow().UtcDateTime);
        followUp.Invite(await db.ParticipantsAsync(request.Participants, cancellationToken));
        followUp.Repeat(request.Repeat, request.RepeatEvery ?? 1, request.RepeatUntil);
        db.FollowUps.Add(followUp);
        await NextDue.RefreshAsync(db, followUp, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return followUp.Id;
    }
}

/// <summary>The lead or project that is followed up.</summary>
/// <param name="IsLive">An open lead, or a project that is active or on hold.</param>
internal sealed record Subject(Guid? LeadId, Guid? ProjectId, Guid OwnerId, string Stage, bool IsLive)
{
    public FollowUp Plan(FollowUpKind kind, DateTime dueAt, string? note, DateTime now) => new(LeadId, ProjectId, OwnerId, kind, dueAt, note, now);
}

internal static class Subjects
{
    /// <exception cref="Refusal">NotFound when there is none, or the person may not see it.</exception>
    public static async Task<Subject> SubjectAsync(this CrmDb db, Actor actor, Guid? leadId, Guid? projectId, CancellationToken cancel)
    {
        if (leadId is { } id)
        {
            var lead = await db.Leads.VisibleTo(actor).OneAsync(id, cancel);
            return new Subject(lead.Id, lead.ProjectId, lead.OwnerId, lead.Stage, lead.Status == LeadStatus.Open);
        }
        var project = await db.Projects.VisibleTo(actor).OneAsync(projectId ?? Guid.Empty, cancel);
        return new Subject(null, project.Id, project.OwnerId, project.Stage, !project.IsClosed);
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
