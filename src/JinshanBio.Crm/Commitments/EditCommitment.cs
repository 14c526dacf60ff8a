using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Identity;
using MediatR;

namespace JinshanBio.Crm.Commitments;

/// <summary>修改承诺: who sees to it, its conditions and documents; what was agreed only while nothing hangs on it.</summary>
[Needs(Permission.ProjectsWrite)]
public sealed record EditCommitment : CommitmentInput, IRequest
{
    public Guid Id { get; set; }

    /// <summary>The version the person read.</summary>
    public int? Version { get; set; }
}

internal sealed class EditCommitmentValidator : AbstractValidator<EditCommitment>
{
    public EditCommitmentValidator() => Include(new CommitmentInputValidator());
}

internal sealed class EditCommitmentHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<EditCommitment, Unit>
{
    public async Task<Unit> Handle(EditCommitment request, CancellationToken cancellationToken)
    {
        var today = ShanghaiTime.Day(clock.GetUtcNow().UtcDateTime);
        var commitment = await db.CommitmentAsync(actor, request.Id, request.Version, cancellationToken);
        await request.MustExistAsync(db, catalogue, cancellationToken);
        // A form that leaves the first day out means the one that stands.
        commitment.Edit(request.ToTerms(today) with { Since = request.Since ?? commitment.Since }, today);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
