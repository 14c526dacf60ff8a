using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;

namespace JinshanBio.Crm.Commitments;

/// <summary>核实履约: confirms what somebody else reported, or turns it down with a reason; also what had been confirmed before.</summary>
[Needs(Permission.CommitmentsVerify)]
public sealed record VerifyFulfilment : IRequest
{
    /// <summary>The promise.</summary>
    public Guid Id { get; set; }

    /// <summary>The report.</summary>
    public Guid FulfilmentId { get; set; }

    /// <summary>False turns it down.</summary>
    public bool? Confirmed { get; set; }

    /// <summary>Required when it is turned down.</summary>
    public string? Reason { get; set; }
    public int? Version { get; set; }
}

/// <summary>更正: takes back a report that has not been verified; both lines stay on record.</summary>
[Needs(Permission.ProjectsWrite)]
public sealed record WithdrawFulfilment : IRequest
{
    public Guid Id { get; set; }
    public Guid FulfilmentId { get; set; }
    public string? Reason { get; set; }
    public int? Version { get; set; }
}

internal sealed class VerifyFulfilmentValidator : AbstractValidator<VerifyFulfilment>
{
    public VerifyFulfilmentValidator()
    {
        RuleFor(r => r.FulfilmentId).NotEmpty();
        RuleFor(r => r.Confirmed).NotNull();
        RuleFor(r => r.Reason).MaximumLength(500);
    }
}

internal sealed class WithdrawFulfilmentValidator : AbstractValidator<WithdrawFulfilment>
{
    public WithdrawFulfilmentValidator()
    {
        RuleFor(r => r.FulfilmentId).NotEmpty();
        RuleFor(r => r.Reason).Reason();
    }
}

internal sealed class VerifyFulfilmentHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<VerifyFulfilment, Unit>, IRequestHandler<WithdrawFulfilment, Unit>
{
    public async Task<Unit> Handle(VerifyFulfilment request, CancellationToken cancellationToken)
    {
        var commitment = await db.CommitmentAsync(actor, request.Id, request.Version, cancellationToken);
        commitment.Verify(request.FulfilmentId, request.Confirmed!.Value, request.Reason, clock.GetUtcNow().UtcDateTime, actor.Id);
        await db.ProveAsync(commitment, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }

    public async Task<Unit> Handle(WithdrawFulfilment request, CancellationToken cancellationToken)
    {
        var commitment = await db.CommitmentAsync(actor, request.Id, request.Version, cancellationToken);
        commitment.Withdraw(request.FulfilmentId, request.Reason!, clock.GetUtcNow().UtcDateTime, actor.Id);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
