using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Commitments;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;

namespace JinshanBio.Crm.Commitments;

/// <summary>登记承诺: what the investor or the district promises about a project, by when.</summary>
[Needs(Permission.ProjectsWrite)]
public sealed record AddCommitment : CommitmentInput, IRequest<Guid>
{
    public Guid ProjectId { get; set; }

    /// <summary>Says whose promise it is and how it is measured.</summary>
    public CommitmentKind? Kind { get; set; }
}

internal sealed class AddCommitmentValidator : AbstractValidator<AddCommitment>
{
    public AddCommitmentValidator()
    {
        Include(new CommitmentInputValidator());
        RuleFor(r => r.Kind).NotNull().IsInEnum();
    }
}

internal sealed class AddCommitmentHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<AddCommitment, Guid>
{
    public async Task<Guid> Handle(AddCommitment request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var project = await db.Projects.VisibleTo(actor).OneAsync(request.ProjectId, cancellationToken);
        if (project.IsClosed) throw new Refusal(RefusalCode.ProjectClosed, project.Number);
        await request.MustExistAsync(db, catalogue, cancellationToken);
        var commitment = new Commitment(project.Id, request.Kind!.Value, request.ToTerms(ShanghaiTime.Day(now)), now, actor.Id);
        db.Commitments.Add(commitment);
        await db.SaveChangesAsync(cancellationToken);
        return commitment.Id;
    }
}
