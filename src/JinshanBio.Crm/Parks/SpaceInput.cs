using FluentValidation;
using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Pipeline;

namespace JinshanBio.Crm.Parks;

/// <summary>What a person says about a space. Area in m², height in m, load in kN/m², rent in yuan per m² and day.</summary>
public abstract record SpaceInput
{
    public string Name { get; set; } = "";
    public decimal AreaM2 { get; set; }

    /// <summary>Day from which it can be used.</summary>
    public DateOnly? AvailableFrom { get; set; }
    public decimal? ClearHeightM { get; set; }
    public decimal? FloorLoad { get; set; }
    public decimal? Rent { get; set; }

    internal SpaceTerms ToTerms() => new(Name, AreaM2, AvailableFrom!.Value, ClearHeightM, FloorLoad, Rent);
}

internal sealed class SpaceInputValidator : AbstractValidator<SpaceInput>
{
    public SpaceInputValidator()
    {
        RuleFor(r => r.Name).NotEmpty().OneLine(200);
        RuleFor(r => r.AreaM2).Area();
        RuleFor(r => r.AvailableFrom).NotEmpty().PlausibleDay();
        RuleFor(r => r.ClearHeightM).GreaterThan(0).LessThanOrEqualTo(100).PrecisionScale(18, 2, ignoreTrailingZeros: true);
        RuleFor(r => r.FloorLoad).GreaterThan(0).LessThanOrEqualTo(1000).PrecisionScale(18, 2, ignoreTrailingZeros: true);
        RuleFor(r => r.Rent).InclusiveBetween(0, 10_000).PrecisionScale(18, 2, ignoreTrailingZeros: true);
    }
}
