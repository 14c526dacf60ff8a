using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.FirstTalks;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Stages;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Projects;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Leads;

/// <summary>转为项目: turns a lead into a project, once. Open follow-ups and the right of first talk go along.</summary>
[Needs(Permission.LeadsWrite)]
public sealed record ConvertLead : ProjectInput, IRequest<Guid>
{
    /// <summary>The lead.</summary>
    public Guid Id { get; set; }
    public int? Version { get; set; }
}

internal sealed class ConvertLeadValidator : AbstractValidator<ConvertLead>
{
    public ConvertLeadValidator() => Include(new ProjectInputValidator());
}

internal sealed class ConvertLeadHandler(CrmDb db, Actor actor, Numbers numbers, TimeProvider clock) : IRequestHandler<ConvertLead, Guid>
{
    public async Task<Guid> Handle(ConvertLead request, CancellationToken cancellationToken)
    {
        var number = await numbers.NextProjectAsync(db, cancellationToken);
        var lead = await db.Leads.VisibleTo(actor).Include(l => l.Links).Include(l => l.Enterprise).OneAsync(request.Id, cancellationToken);
        await db.ExpectAsync(lead, request.Version, cancellationToken);
        var next = lead.NextFollowUpAt;
        var project = Project.From(lead, number, request.ToTerms(), clock.GetUtcNow().UtcDateTime, actor.Id);
        project.PlanNext(next);
        db.Projects.Add(project);
        foreach (var followUp in await db.FollowUps.Where(f => f.LeadId == lead.Id && f.Status == FollowUpStatus.Open).ToListAsync(cancellationToken))
            followUp.Follow(project.Id);
        if (await db.FirstTalks.Include(t => t.Ledger).FirstOrDefaultAsync(t => t.LeadId == lead.Id && t.Status != FirstTalkStatus.Ended, cancellationToken) is { } right)
            right.Carry(project.Id, project.Number, clock.GetUtcNow().UtcDateTime, actor.Id);
        await db.SaveChangesAsync(cancellationToken);
        return project.Id;
    }
}
