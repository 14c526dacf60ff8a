using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Projects;

/// <summary>更正阶段日志: says on which day a stage was really entered. The old entry stays readable; the new one counts.</summary>
[Needs(Permission.ProjectsWrite)]
public sealed record CorrectStageChange : IRequest
{
    public Guid Id { get; set; }

    /// <summary>The entry of the history.</summary>
    public Guid ChangeId { get; set; }
    public DateOnly? EnteredOn { get; set; }
    public string? Reason { get; set; }
    public int? Version { get; set; }
}

internal sealed class CorrectStageChangeValidator : AbstractValidator<CorrectStageChange>
{
    public CorrectStageChangeValidator()
    {
        RuleFor(r => r.EnteredOn).NotEmpty().PlausibleDay();
        RuleFor(r => r.Reason).Reason();
    }
}

internal sealed class CorrectStageChangeHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<CorrectStageChange, Unit>
{
    public async Task<Unit> Handle(CorrectStageChange request, CancellationToken cancellationToken)
    {
        var project = await db.Projects.VisibleTo(actor).Include(p => p.History).OneAsync(request.Id, cancellationToken);
        await db.ExpectAsync(project, request.Version, cancellationToken);
        project.CorrectStage(request.ChangeId, request.EnteredOn!.Value, request.Reason, clock.GetUtcNow().UtcDateTime, actor.Id);
        // Also where only an earlier entry was corrected, the record has changed for whoever reads it.
        db.Entry(project).Property(p => p.Version).IsModified = true;
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
