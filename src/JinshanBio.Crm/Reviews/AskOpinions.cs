using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;

namespace JinshanBio.Crm.Reviews;

/// <summary>增加征求单位: asks more departments in a review that is open.</summary>
[Needs(Permission.ProjectsWrite)]
public sealed record AskOpinions : IRequest
{
    /// <summary>The review.</summary>
    public Guid Id { get; set; }

    /// <summary>Codes of the departments.</summary>
    public List<string> Units { get; set; } = [];

    /// <summary>By when they answer; the usual number of workdays when left out.</summary>
    public DateOnly? DueOn { get; set; }
    public int? Version { get; set; }
}

internal sealed class AskOpinionsValidator : AbstractValidator<AskOpinions>
{
    public AskOpinionsValidator()
    {
        RuleFor(r => r.Units).NotEmpty();
        RuleFor(r => r.DueOn).PlausibleDay();
    }
}

internal sealed class AskOpinionsHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<AskOpinions, Unit>
{
    public async Task<Unit> Handle(AskOpinions request, CancellationToken cancellationToken)
    {
        catalogue.MustKnow(request.Units, "units");
        var review = await db.ReviewAsync(db.Reviews.VisibleTo(actor), request.Id, request.Version, cancellationToken);
        await db.AskAsync(review, review.Project!, request.Units.Distinct(StringComparer.Ordinal), request.DueOn, catalogue, actor, clock.GetUtcNow().UtcDateTime, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
