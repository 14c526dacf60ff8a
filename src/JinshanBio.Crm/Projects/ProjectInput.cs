using FluentValidation;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Stages;
using JinshanBio.Crm.Pipeline;

namespace JinshanBio.Crm.Projects;

/// <summary>What a person says about a project. Money in yuan, area in m².</summary>
public abstract record ProjectInput
{
    public string Name { get; set; } = "";

    /// <summary>land, lease or rnd.</summary>
    public Track? Track { get; set; }
    [Money]
    public decimal Investment { get; set; }

    /// <summary>达产年产值, yuan a year.</summary>
    [Money]
    public decimal OutputAtCapacity { get; set; }
    public decimal AreaM2 { get; set; }

    internal ProjectTerms ToTerms() => new(Name, Track!.Value, Investment, OutputAtCapacity, AreaM2);
}

internal sealed class ProjectInputValidator : AbstractValidator<ProjectInput>
{
    public ProjectInputValidator()
    {
        RuleFor(r => r.Name).NotEmpty().OneLine(200);
        RuleFor(r => r.Track).NotEmpty().IsInEnum();
        RuleFor(r => r.Investment).Money().GreaterThan(0);
        RuleFor(r => r.OutputAtCapacity).Money();
        RuleFor(r => r.AreaM2).Area();
    }
}
