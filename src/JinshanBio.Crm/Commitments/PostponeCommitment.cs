using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;

namespace JinshanBio.Crm.Commitments;

/// <summary>延期: a later due day that both sides have agreed on, with the document that says so. The old day stays on record.</summary>
[Needs(Permission.ProjectsWrite)]
public sealed record PostponeCommitment : IRequest
{
    public Guid Id { get; set; }
    public DateOnly? NewDueDay { get; set; }
    public string? Reason { get; set; }
    public string? DocumentNumber { get; set; }
    public int? Version { get; set; }
}

/// <summary>解除: the sides no longer hold to it, or it was entered by mistake.</summary>
[Needs(Permission.ProjectsWrite)]
public sealed record ReleaseCommitment : IRequest
{
    public Guid Id { get; set; }
    public string? Reason { get; set; }
    public int? Version { get; set; }
}

internal sealed class PostponeCommitmentValidator : AbstractValidator<PostponeCommitment>
{
    public PostponeCommitmentValidator()
    {
        RuleFor(r => r.NewDueDay).NotNull().PlausibleDay();
        RuleFor(r => r.Reason).Reason();
        RuleFor(r => r.DocumentNumber).NotEmpty().OneLine(200);
    }
}

internal sealed class ReleaseCommitmentValidator : AbstractValidator<ReleaseCommitment>
{
    public ReleaseCommitmentValidator() => RuleFor(r => r.Reason).Reason();
}

internal sealed class PostponeCommitmentHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<PostponeCommitment, Unit>, IRequestHandler<ReleaseCommitment, Unit>
{
    public async Task<Unit> Handle(PostponeCommitment request, CancellationToken cancellationToken)
    {
        var commitment = await db.CommitmentAsync(actor, request.Id, request.Version, cancellationToken);
        commitment.Postpone(request.NewDueDay!.Value, request.Reason!, request.DocumentNumber!, clock.GetUtcNow().UtcDateTime, actor.Id);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }

    public async Task<Unit> Handle(ReleaseCommitment request, CancellationToken cancellationToken)
    {
        var commitment = await db.CommitmentAsync(actor, request.Id, request.Version, cancellationToken);
        commitment.Release(request.Reason!);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
