using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Pipeline;

namespace JinshanBio.Crm.Chain;

/// <summary>What is said about a supply or demand when it is posted or changed. Everybody who sees the chain reads it: no contacts.</summary>
public abstract record OfferInput
{
    /// <summary>Code of the link that makes it.</summary>
    public string Link { get; set; } = "";
    public string Product { get; set; } = "";
    public string? Quantity { get; set; }
    public string? Note { get; set; }

    /// <summary>Last day; left out for as long as nobody closes it.</summary>
    public DateOnly? ValidUntil { get; set; }

    internal OfferTerms ToTerms() => new(Link, Product, Quantity, Note, ValidUntil);

    /// <summary>Main field of the link.</summary>
    /// <exception cref="Refusal">UnknownLink.</exception>
    internal string FieldOf(Catalogue catalogue)
        => catalogue.Links.FirstOrDefault(l => l.Code == Link)?.Field ?? throw new Refusal(RefusalCode.UnknownLink, Link) { Field = "link" };
}

internal sealed class OfferInputValidator : AbstractValidator<OfferInput>
{
    public OfferInputValidator()
    {
        RuleFor(r => r.Link).NotEmpty();
        RuleFor(r => r.Product).NotEmpty().MaximumLength(200).WithName(_ => Texts.Text.Of("offers.product"));
        RuleFor(r => r.Quantity).MaximumLength(200);
        RuleFor(r => r.Note).MaximumLength(2000);
        RuleFor(r => r.ValidUntil).PlausibleDay();
    }
}
