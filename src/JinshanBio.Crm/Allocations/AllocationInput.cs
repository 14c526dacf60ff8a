using FluentValidation;
using JinshanBio.Crm.Domain.Allocations;
using JinshanBio.Crm.Pipeline;

namespace JinshanBio.Crm.Allocations;

/// <summary>What a person says about a plan: its name, its first month and what counts how much.</summary>
public abstract record AllocationInput
{
    public string Name { get; set; } = "";

    /// <summary>Any day of the first month; this month when left out.</summary>
    public DateOnly? From { get; set; }

    /// <summary>Points for each gap of the chain that is filled; one point is a million yuan of output a year.</summary>
    public decimal GapPoints { get; set; } = AllocationWeights.Usual.Gap;

    /// <summary>Percent of a project's own points for a fit of 100.</summary>
    public decimal FitPercent { get; set; } = AllocationWeights.Usual.FitPercent;

    /// <summary>Percent of a project's own points when room to grow is kept.</summary>
    public decimal GrowthPercent { get; set; } = AllocationWeights.Usual.GrowthPercent;

    /// <summary>Room to grow, percent of the wanted area.</summary>
    public decimal GrowthRoomPercent { get; set; } = AllocationWeights.Usual.GrowthRoomPercent;

    /// <summary>Percent taken off for each month of waiting.</summary>
    public decimal WaitPercent { get; set; } = AllocationWeights.Usual.WaitPercent;

    /// <summary>Months a project waits at most.</summary>
    public int LongestWait { get; set; } = AllocationWeights.Usual.LongestWait;

    internal AllocationWeights ToWeights() => AllocationWeights.Usual with
    {
        Gap = GapPoints, FitPercent = FitPercent, GrowthPercent = GrowthPercent, GrowthRoomPercent = GrowthRoomPercent, WaitPercent = WaitPercent, LongestWait = LongestWait,
    };
}

internal sealed class AllocationInputValidator : AbstractValidator<AllocationInput>
{
    public AllocationInputValidator()
    {
        RuleFor(r => r.Name).NotEmpty().OneLine(100);
        RuleFor(r => r.From).PlausibleDay();
        RuleFor(r => r.GapPoints).InclusiveBetween(0, 1000).PrecisionScale(6, 2, ignoreTrailingZeros: true);
        RuleFor(r => r.FitPercent).InclusiveBetween(0, 100).PrecisionScale(5, 2, ignoreTrailingZeros: true);
        RuleFor(r => r.GrowthPercent).InclusiveBetween(0, 100).PrecisionScale(5, 2, ignoreTrailingZeros: true);
        RuleFor(r => r.GrowthRoomPercent).InclusiveBetween(0, 100).PrecisionScale(5, 2, ignoreTrailingZeros: true);
        // Waiting never costs all that a project is worth.
        RuleFor(r => r.WaitPercent).InclusiveBetween(0, 4).PrecisionScale(5, 2, ignoreTrailingZeros: true);
        RuleFor(r => r.LongestWait).InclusiveBetween(0, 24);
    }
}
