using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;

namespace JinshanBio.Crm.Reviews;

/// <summary>不再等待意见: goes on without a department's opinion, with a reason. Whoever prepares the review does not decide that.</summary>
[Needs(Permission.ReviewsConclude)]
public sealed record WaiveOpinion : IRequest
{
    /// <summary>The review.</summary>
    public Guid Id { get; set; }

    /// <summary>Code of the department.</summary>
    public string Unit { get; set; } = "";
    public string? Reason { get; set; }
}

internal sealed class WaiveOpinionValidator : AbstractValidator<WaiveOpinion>
{
    public WaiveOpinionValidator()
    {
        RuleFor(r => r.Unit).NotEmpty();
        RuleFor(r => r.Reason).Reason();
    }
}

internal sealed class WaiveOpinionHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<WaiveOpinion, Unit>
{
    public async Task<Unit> Handle(WaiveOpinion request, CancellationToken cancellationToken)
    {
        var review = await db.ReviewAsync(db.Reviews.VisibleTo(actor), request.Id, null, cancellationToken);
        review.Waive(request.Unit, request.Reason!, clock.GetUtcNow().UtcDateTime, actor.Id);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
