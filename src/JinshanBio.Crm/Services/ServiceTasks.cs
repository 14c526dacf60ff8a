using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Services;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;

namespace JinshanBio.Crm.Services;

/// <summary>添加事项: a step beyond the checklist.</summary>
[Needs(Permission.ServiceWrite)]
public sealed record AddServiceTask : IRequest<Guid>
{
    public Guid ProjectId { get; set; }
    public string Name { get; set; } = "";
    public ServicePhase Phase { get; set; }

    /// <summary>The owner of the project when left out.</summary>
    public Guid? OwnerId { get; set; }
    public DateOnly? DueOn { get; set; }
}

/// <summary>改派事项: who does a step, and by when.</summary>
[Needs(Permission.ServiceWrite)]
public sealed record PlanServiceTask : IRequest
{
    public Guid Id { get; set; }
    public Guid? OwnerId { get; set; }
    public DateOnly? DueOn { get; set; }
    public int? Version { get; set; }
}

/// <summary>办结事项: done, with a note, or not needed, with the reason.</summary>
[Needs(Permission.ServiceWrite)]
public sealed record CloseServiceTask : IRequest
{
    public Guid Id { get; set; }

    /// <summary>It is not needed; then the note says why.</summary>
    public bool NotNeeded { get; set; }
    public string? Note { get; set; }
    public int? Version { get; set; }
}

/// <summary>重开事项: what was closed by mistake is to be done.</summary>
[Needs(Permission.ServiceWrite)]
public sealed record ReopenServiceTask : IRequest
{
    public Guid Id { get; set; }
    public int? Version { get; set; }
}

internal sealed class AddServiceTaskValidator : AbstractValidator<AddServiceTask>
{
    public AddServiceTaskValidator()
    {
        RuleFor(r => r.Name).NotEmpty().OneLine(200);
        RuleFor(r => r.Phase).IsInEnum();
        RuleFor(r => r.DueOn).NotEmpty().PlausibleDay();
    }
}

internal sealed class PlanServiceTaskValidator : AbstractValidator<PlanServiceTask>
{
    public PlanServiceTaskValidator() => RuleFor(r => r.DueOn).PlausibleDay();
}

internal sealed class CloseServiceTaskValidator : AbstractValidator<CloseServiceTask>
{
    public CloseServiceTaskValidator() => RuleFor(r => r.Note).MaximumLength(1000);
}

internal sealed class ServiceTaskHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock)
    : IRequestHandler<AddServiceTask, Guid>, IRequestHandler<PlanServiceTask, Unit>, IRequestHandler<CloseServiceTask, Unit>, IRequestHandler<ReopenServiceTask, Unit>
{
    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public async Task<Guid> Handle(AddServiceTask request, CancellationToken cancellationToken)
    {
        var project = await db.ServedAsync(actor, request.ProjectId, cancellationToken);
        if (request.OwnerId is { } owner && owner != actor.Id) await db.MustServeAsync(catalogue, owner, cancellationToken);
        var task = new ServiceTask(project.Id, null, request.Name, request.Phase, null, request.OwnerId ?? project.OwnerId, request.DueOn!.Value, Now, actor.Id);
        db.ServiceTasks.Add(task);
        await db.SaveChangesAsync(cancellationToken);
        return task.Id;
    }

    public async Task<Unit> Handle(PlanServiceTask request, CancellationToken cancellationToken)
    {
        var task = await FindAsync(request.Id, request.Version, cancellationToken);
        if (request.OwnerId is { } owner && owner != task.OwnerId) await db.MustServeAsync(catalogue, owner, cancellationToken);
        task.Plan(request.OwnerId ?? task.OwnerId, request.DueOn ?? task.DueOn);
        return await SaveAsync(cancellationToken);
    }

    public async Task<Unit> Handle(CloseServiceTask request, CancellationToken cancellationToken)
    {
        (await FindAsync(request.Id, request.Version, cancellationToken)).Close(!request.NotNeeded, request.Note, Now, actor.Id);
        return await SaveAsync(cancellationToken);
    }

    public async Task<Unit> Handle(ReopenServiceTask request, CancellationToken cancellationToken)
    {
        (await FindAsync(request.Id, request.Version, cancellationToken)).Reopen();
        return await SaveAsync(cancellationToken);
    }

    private async Task<ServiceTask> FindAsync(Guid id, int? version, CancellationToken cancel)
    {
        var task = await db.Tasks(actor).OneAsync(id, cancel);
        await db.ExpectAsync(task, version, cancel);
        return task;
    }

    private async Task<Unit> SaveAsync(CancellationToken cancel)
    {
        await db.SaveChangesAsync(cancel);
        return Unit.Value;
    }
}
