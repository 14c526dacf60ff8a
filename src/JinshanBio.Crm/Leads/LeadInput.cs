using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Pipeline;

namespace JinshanBio.Crm.Leads;

/// <summary>What a person says about a lead, at capture and when editing. Money in yuan.</summary>
public abstract record LeadInput
{
    /// <summary>重点领域: MED, MAT, AGR, ENE or CMN.</summary>
    public string Field { get; set; } = "";

    /// <summary>Codes of the chain links, of the field or shared (CMN).</summary>
    public List<string> Links { get; set; } = [];
    public LeadSource? Source { get; set; }

    /// <summary>拟投资, yuan.</summary>
    [Money]
    public decimal ExpectedInvestment { get; set; }
    public string? CodeName { get; set; }
    public string? Note { get; set; }

    /// <summary>来源活动: the fair, visit or campaign that brought it.</summary>
    public string? Event { get; set; }

    /// <summary>招商活动 that brought it; all zeros say that none did. Left out, it stays as it is.</summary>
    public Guid? CampaignId { get; set; }

    /// <summary>密级: open when left out; a confidential lead needs a code name.</summary>
    public Confidentiality Confidentiality { get; set; }

    /// <summary>Links that serve every field.</summary>
    internal const string Shared = "CMN";

    /// <param name="present">Links that the lead has already: they stay, also when they were taken off the map since.</param>
    /// <exception cref="Refusal">UnknownFieldCode, UnknownLink.</exception>
    internal LeadTerms ToTerms(Catalogue catalogue, IReadOnlyCollection<string>? present = null)
    {
        if (catalogue.Field(Field) is null) throw new Refusal(RefusalCode.UnknownFieldCode, Field) { Field = "field" };
        var unknown = Links.FirstOrDefault(code => present?.Contains(code) != true && !catalogue.Links.Any(l => l.Code == code && (l.Field == Field || l.Field == Shared)));
        if (unknown is not null) throw new Refusal(RefusalCode.UnknownLink, unknown) { Field = "links" };
        return new LeadTerms(Field, Links, Source!.Value, ExpectedInvestment, CodeName, Note) { Event = Event, CampaignId = CampaignId == Guid.Empty ? null : CampaignId, Confidentiality = Confidentiality };
    }
}

internal sealed class LeadInputValidator : AbstractValidator<LeadInput>
{
    public LeadInputValidator()
    {
        RuleFor(r => r.Field).NotEmpty().MaximumLength(8);
        RuleFor(r => r.Links).NotNull().Must(l => l is null || l.Count <= 20).WithMessage(_ => Texts.Text.Of("validation.tooManyLinks"));
        RuleFor(r => r.Source).NotEmpty().IsInEnum();
        RuleFor(r => r.ExpectedInvestment).Money();
        RuleFor(r => r.CodeName).OneLine(50);
        RuleFor(r => r.Note).MaximumLength(4000);
        RuleFor(r => r.Event).OneLine(200);
        RuleFor(r => r.Confidentiality).IsInEnum();
    }
}
