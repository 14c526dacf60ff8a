using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Domain.Services;
using JinshanBio.Crm.FollowUps;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;

namespace JinshanBio.Crm.Services;

/// <summary>登记外迁迹象: a sign that the company may leave, as somebody saw or heard it.</summary>
[Needs(Permission.ServiceWrite)]
public sealed record RaiseLeavingSignal : IRequest<Guid>
{
    public Guid ProjectId { get; set; }
    public LeavingSign Sign { get; set; }
    public string Note { get; set; } = "";

    /// <summary>Today when left out.</summary>
    public DateOnly? Since { get; set; }
}

/// <summary>解除外迁迹象</summary>
[Needs(Permission.ServiceWrite)]
public sealed record CloseLeavingSignal : IRequest
{
    public Guid Id { get; set; }
    public string? Reason { get; set; }
    public int? Version { get; set; }
}

/// <summary>记走访: somebody was at the company today; kept as a follow-up that is done.</summary>
[Needs(Permission.ServiceWrite)]
public sealed record LogVisit : IRequest<Guid>
{
    public Guid ProjectId { get; set; }
    public string Outcome { get; set; } = "";
}

internal sealed class RaiseLeavingSignalValidator : AbstractValidator<RaiseLeavingSignal>
{
    public RaiseLeavingSignalValidator()
    {
        RuleFor(r => r.Sign).IsInEnum();
        RuleFor(r => r.Note).NotEmpty().MaximumLength(1000);
        RuleFor(r => r.Since).PlausibleDay();
    }
}

internal sealed class CloseLeavingSignalValidator : AbstractValidator<CloseLeavingSignal>
{
    public CloseLeavingSignalValidator() => RuleFor(r => r.Reason).Reason();
}

internal sealed class LogVisitValidator : AbstractValidator<LogVisit>
{
    public LogVisitValidator() => RuleFor(r => r.Outcome).NotEmpty().MaximumLength(4000);
}

internal sealed class LeavingSignalHandler(CrmDb db, Actor actor, TimeProvider clock)
    : IRequestHandler<RaiseLeavingSignal, Guid>, IRequestHandler<CloseLeavingSignal, Unit>, IRequestHandler<LogVisit, Guid>
{
    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public async Task<Guid> Handle(RaiseLeavingSignal request, CancellationToken cancellationToken)
    {
        var project = await db.ServedAsync(actor, request.ProjectId, cancellationToken);
        var signal = new LeavingSignal(project.Id, request.Sign, request.Note, Care.NotAfterToday("since", request.Since, Now), Now, actor.Id);
        db.LeavingSignals.Add(signal);
        foreach (var head in (await Heads.LoadAsync(db, cancellationToken)).Of(project.OwnerId).Append(project.OwnerId).Where(id => id != actor.Id))
            db.Notices.Add(new Notice(head, NoticeKind.LeavingSignalRaised, $"leaving-signal:{signal.Id}", [project.Title, actor.DisplayName], $"/projects/{project.Id}/service", Now));
        await db.SaveChangesAsync(cancellationToken);
        return signal.Id;
    }

    public async Task<Unit> Handle(CloseLeavingSignal request, CancellationToken cancellationToken)
    {
        var signal = await db.Signals(actor).OneAsync(request.Id, cancellationToken);
        await db.ExpectAsync(signal, request.Version, cancellationToken);
        signal.Close(request.Reason!, Now, actor.Id);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }

    public async Task<Guid> Handle(LogVisit request, CancellationToken cancellationToken)
    {
        var project = await db.ServedAsync(actor, request.ProjectId, cancellationToken);
        var visit = new FollowUp(null, project.Id, project.OwnerId, FollowUpKind.Visit, Now, null, Now);
        visit.Complete(null, request.Outcome, Now, actor.Id);
        db.FollowUps.Add(visit);
        await db.SaveChangesAsync(cancellationToken);
        return visit.Id;
    }
}
