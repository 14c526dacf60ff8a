using FluentValidation;
using JinshanBio.Crm.Domain.Agreements;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Texts;

namespace JinshanBio.Crm.Agreements;

/// <summary>What is written down of an agreement.</summary>
public abstract record AgreementInput
{
    /// <summary>The number on the paper; a draft may do without.</summary>
    public string? Number { get; set; }

    /// <summary>甲方.</summary>
    public string? OurParty { get; set; }

    /// <summary>乙方; the project's enterprise when left out.</summary>
    public string? InvestorName { get; set; }

    /// <summary>The enterprise's own when left out; foreign firms have none.</summary>
    public string? InvestorCode { get; set; }

    /// <summary>Of a supplement the increase alone. Follows from the foreign amount and its rate where there is one.</summary>
    [Money]
    public decimal? Amount { get; set; }

    /// <summary>ISO 4217; left out for yuan.</summary>
    public string? Currency { get; set; }
    public decimal? ForeignAmount { get; set; }

    /// <summary>Yuan for one unit of the currency.</summary>
    public decimal? Rate { get; set; }
    public DateOnly? RateDay { get; set; }

    /// <summary>履约条款.</summary>
    public string? Performance { get; set; }
    public string? Place { get; set; }
    public string? Event { get; set; }

    /// <summary>Foreign amount times rate, in yuan and fen.</summary>
    internal decimal? Converted => Currency is null ? null : decimal.Round((ForeignAmount ?? 0) * (Rate ?? 0), 2);

    internal AgreementTerms ToTerms(Project project) => new()
    {
        Number = Number, OurParty = OurParty, InvestorName = string.IsNullOrWhiteSpace(InvestorName) ? project.Enterprise!.Name : InvestorName,
        InvestorCode = CreditCode.Normalise(InvestorCode) ?? project.Enterprise!.CreditCode, Amount = Converted ?? Amount ?? 0, Currency = Currency, ForeignAmount = ForeignAmount, Rate = Rate, RateDay = RateDay,
        Performance = Performance, Place = Place, Event = Event,
    };
}

internal sealed class AgreementInputValidator : AbstractValidator<AgreementInput>
{
    public AgreementInputValidator()
    {
        RuleFor(r => r.Number).OneLine(100);
        RuleFor(r => r.OurParty).OneLine(200);
        RuleFor(r => r.InvestorName).OneLine(200);
        RuleFor(r => r.InvestorCode).Must(code => CreditCode.Normalise(code) is not { } given || CreditCode.Check(given) is null).WithMessage(r => Text.Of("refusal.creditCodeWrong", r.InvestorCode));
        RuleFor(r => r.Amount!.Value).Money().When(r => r.Amount is not null).OverridePropertyName("amount");
        RuleFor(r => r.Amount).Must((r, amount) => amount is null || r.Converted is not { } converted || Math.Abs(amount.Value - converted) <= 1m).WithMessage(r => Text.Of("agreements.amountDiffers", r.Converted ?? 0));
        RuleFor(r => r.Currency).Matches("^[A-Z]{3}$").NotEqual("CNY").WithMessage(_ => Text.Of("agreements.currency"));
        RuleFor(r => r.ForeignAmount).NotNull().GreaterThan(0).LessThanOrEqualTo(1_000_000_000_000m).When(r => r.Currency is not null);
        RuleFor(r => r.ForeignAmount).Null().When(r => r.Currency is null).WithMessage(_ => Text.Of("agreements.currencyMissing"));
        RuleFor(r => r.Rate).NotNull().GreaterThan(0).LessThanOrEqualTo(1000m).When(r => r.Currency is not null);
        RuleFor(r => r.RateDay).NotNull().When(r => r.Currency is not null);
        RuleFor(r => r.RateDay).PlausibleDay();
        RuleFor(r => r.Performance).MaximumLength(4000);
        RuleFor(r => r.Place).OneLine(200);
        RuleFor(r => r.Event).OneLine(200);
    }
}
