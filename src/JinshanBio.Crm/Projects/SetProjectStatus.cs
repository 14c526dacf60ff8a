using System.Text.Json.Serialization;
using FluentValidation;
using JinshanBio.Crm.Assignments;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.FirstTalks;
using JinshanBio.Crm.FollowUps;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Projects;

/// <summary>变更状态: pauses, resumes or ends a project; its stage stays.</summary>
[Needs(Permission.ProjectsWrite)]
public sealed record SetProjectStatus : IRequest
{
    public Guid Id { get; set; }
    public ProjectStatus? Status { get; set; }

    /// <summary>Required unless the project becomes active again.</summary>
    public string? Reason { get; set; }

    /// <summary>What the status asks for, by key (see side_states in seeds/reference/stages.json): resumeOn, lostReason, wentTo, lostOn and so on.</summary>
    [JsonConverter(typeof(LooseTexts))]
    public Dictionary<string, string?> Details { get; set; } = [];
    public int? Version { get; set; }
}

internal sealed class SetProjectStatusValidator : AbstractValidator<SetProjectStatus>
{
    public SetProjectStatusValidator()
    {
        RuleFor(r => r.Status).NotEmpty().IsInEnum();
        RuleFor(r => r.Reason).MaximumLength(500);
        RuleFor(r => r.Details).NotNull();
    }
}

internal sealed class SetProjectStatusHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<SetProjectStatus, Unit>
{
    public async Task<Unit> Handle(SetProjectStatus request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var project = await db.Projects.VisibleTo(actor).OneAsync(request.Id, cancellationToken);
        await db.ExpectAsync(project, request.Version, cancellationToken);
        var to = catalogue.SideStates[request.Status!.Value];
        foreach (var input in to.Inputs.Where(i => request.Details.ContainsKey(i.Key))) request.Details[input.Key] = input.Keep(request.Details[input.Key], typed: true);
        project.SetStatus(to, request.Reason, request.Details, now, actor.Id);
        if (project.IsClosed)
        {
            await NextDue.CancelAllAsync(db, f => f.ProjectId == project.Id, now, actor.Id, cancellationToken);
            project.PlanNext(null);
            await db.EndFirstTalkAsync(await db.Leads.SingleAsync(l => l.Id == project.LeadId, cancellationToken), project.StatusReason!, now, actor.Id, cancellationToken);
            // What it had asked for or held is for others now; who has moved in moves out by the park's own step.
            var places = db.Assignments.Include(a => a.Bookings).ThenInclude(b => b.Space).ThenInclude(s => s!.Spans).Include(a => a.Park).Where(a => a.ProjectId == project.Id);
            foreach (var place in await places.Where(a => a.Status != AssignmentStatus.MovedIn && Assignment.Standing.Contains(a.Status)).ToListAsync(cancellationToken))
                await db.WithdrawAsync(place, actor, now, cancellationToken);
        }
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
