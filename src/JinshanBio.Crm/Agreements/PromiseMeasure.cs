using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Agreements;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Reviews;
using MediatR;

namespace JinshanBio.Crm.Agreements;

/// <summary>登记支持措施: a measure promised in an agreement that is not signed yet. What lacks is told when it is signed.</summary>
[Needs(Permission.ProjectsWrite)]
public sealed record PromiseMeasure : IRequest<Guid>
{
    /// <summary>The agreement.</summary>
    public Guid Id { get; set; }

    /// <summary>The measure that is changed; a new one when left out.</summary>
    public Guid? MeasureId { get; set; }

    /// <summary>Code of the kind, such as PM-31.</summary>
    public string Kind { get; set; } = "";

    /// <summary>公开文号.</summary>
    public string? DocumentNumber { get; set; }
    public string? DocumentTitle { get; set; }
    public DateOnly? DocumentDate { get; set; }

    [Money]
    public decimal? Amount { get; set; }

    /// <summary>True for "none", said expressly.</summary>
    public bool WithoutAmount { get; set; }
    public string? Conditions { get; set; }

    /// <summary>Code of the department that delivers it.</summary>
    public string? Unit { get; set; }

    /// <summary>The law or regulation, for what only these permit.</summary>
    public string? StatutoryBasis { get; set; }
    public int? Version { get; set; }
}

/// <summary>撤回支持措施 before signing.</summary>
[Needs(Permission.ProjectsWrite)]
public sealed record TakeBackMeasure(Guid Id, Guid MeasureId) : IRequest;

internal sealed class PromiseMeasureValidator : AbstractValidator<PromiseMeasure>
{
    public PromiseMeasureValidator()
    {
        RuleFor(r => r.Kind).NotEmpty().MaximumLength(32);
        RuleFor(r => r.DocumentNumber).OneLine(100);
        RuleFor(r => r.DocumentTitle).OneLine(200);
        RuleFor(r => r.DocumentDate).PlausibleDay();
        RuleFor(r => r.Amount!.Value).Money().When(r => r.Amount is not null).OverridePropertyName("amount");
        RuleFor(r => r.Amount).Null().When(r => r.WithoutAmount).WithMessage(_ => Texts.Text.Of("agreements.amountOrNone"));
        RuleFor(r => r.Conditions).MaximumLength(2000);
        RuleFor(r => r.StatutoryBasis).MaximumLength(500);
    }
}

internal sealed class PromiseMeasureHandler(CrmDb db, Actor actor, Catalogue catalogue) : IRequestHandler<PromiseMeasure, Guid>, IRequestHandler<TakeBackMeasure, Unit>
{
    public async Task<Guid> Handle(PromiseMeasure request, CancellationToken cancellationToken)
    {
        if (catalogue.Measures.All(m => m.Code != request.Kind)) throw new Refusal(RefusalCode.UnknownMeasure, request.Kind) { Field = "kind" };
        if (request.Unit is { Length: > 0 } unit) catalogue.MustKnow([unit], "unit");
        var agreement = await db.AgreementAsync(actor, request.Id, request.Version, cancellationToken);
        var measure = agreement.Promise(request.MeasureId, new MeasureTerms(
            request.Kind, request.DocumentNumber, request.DocumentTitle, request.DocumentDate, request.Amount, request.WithoutAmount, request.Conditions, request.Unit, request.StatutoryBasis));
        await db.SaveChangesAsync(cancellationToken);
        return measure.Id;
    }

    public async Task<Unit> Handle(TakeBackMeasure request, CancellationToken cancellationToken)
    {
        (await db.AgreementAsync(actor, request.Id, null, cancellationToken)).TakeBack(request.MeasureId);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
