using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Commitments;
using JinshanBio.Crm.Pipeline;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Commitments;

/// <summary>What a person says about a promise.</summary>
public abstract record CommitmentInput
{
    /// <summary>What exactly, in words.</summary>
    public string? What { get; set; }

    /// <summary>In the measure of the kind: yuan, people, tons of standard coal a year; left out for what is done or not.</summary>
    public decimal? Target { get; set; }

    /// <summary>The same for a kind in yuan; goes before <see cref="Target"/>.</summary>
    [Money]
    public decimal? Amount { get; set; }

    /// <summary>The day from which it runs, such as that of the agreement.</summary>
    public DateOnly? Since { get; set; }
    public DateOnly? DueDay { get; set; }

    /// <summary>责任人; the project's owner when left out.</summary>
    public Guid? ResponsibleId { get; set; }

    /// <summary>责任单位: code of a department.</summary>
    public string? Unit { get; set; }
    public string? Conditions { get; set; }

    /// <summary>文号; required of a measure that the district delivers.</summary>
    public string? DocumentNumber { get; set; }

    /// <summary>Number of the agreement it stands in.</summary>
    public string? AgreementNumber { get; set; }

    internal CommitmentTerms ToTerms(DateOnly today) => new(Amount ?? Target, Since ?? (DueDay < today ? DueDay!.Value : today), DueDay!.Value)
    {
        What = What, ResponsibleId = ResponsibleId, Unit = Unit, Conditions = Conditions, DocumentNumber = DocumentNumber, AgreementNumber = AgreementNumber,
    };

    /// <summary>What is named must exist: the unit in the reference data, the person among those who may sign in.</summary>
    /// <exception cref="Refusal">UnknownUnit, NotFound.</exception>
    internal async Task MustExistAsync(CrmDb db, Catalogue catalogue, CancellationToken cancel)
    {
        if (Unit is { Length: > 0 } unit && catalogue.Units.All(u => u.Code != unit)) throw new Refusal(RefusalCode.UnknownUnit, unit) { Field = "unit" };
        if (ResponsibleId is { } person && !await db.Users.AnyAsync(u => u.Id == person && !u.Disabled, cancel)) throw new Refusal(RefusalCode.NotFound) { Field = "responsibleId" };
    }
}

internal sealed class CommitmentInputValidator : AbstractValidator<CommitmentInput>
{
    private const decimal Most = 1_000_000_000_000m;

    public CommitmentInputValidator()
    {
        RuleFor(r => r.What).OneLine(200);
        RuleFor(r => r.Target).GreaterThan(0).LessThanOrEqualTo(Most).PrecisionScale(18, 2, ignoreTrailingZeros: true);
        RuleFor(r => r.Amount).GreaterThan(0).LessThanOrEqualTo(Most).PrecisionScale(18, 2, ignoreTrailingZeros: true);
        RuleFor(r => r.Since).PlausibleDay();
        RuleFor(r => r.DueDay).NotNull().PlausibleDay();
        RuleFor(r => r.DueDay).Must((r, due) => due is null || r.Since is null || due >= r.Since).WithMessage(_ => Texts.Text.Of("promises.dueBeforeSince"));
        RuleFor(r => r.Unit).MaximumLength(32);
        RuleFor(r => r.Conditions).MaximumLength(1000);
        RuleFor(r => r.DocumentNumber).OneLine(200);
        RuleFor(r => r.AgreementNumber).OneLine(200);
    }
}
