using FluentValidation;
using JinshanBio.Crm.Texts;

namespace JinshanBio.Crm.Pipeline;

/// <summary>Shapes of input that several requests share.</summary>
internal static class Shapes
{
    /// <summary>Yuan: from 0 up to a trillion, at most two decimals.</summary>
    public static IRuleBuilderOptions<T, decimal> Money<T>(this IRuleBuilder<T, decimal> rule)
        => rule.InclusiveBetween(0, 1_000_000_000_000m).PrecisionScale(18, 2, ignoreTrailingZeros: true);

    /// <summary>m²: more than 0, up to 100 km².</summary>
    public static IRuleBuilderOptions<T, decimal> Area<T>(this IRuleBuilder<T, decimal> rule)
        => rule.GreaterThan(0).LessThanOrEqualTo(100_000_000m).PrecisionScale(18, 2, ignoreTrailingZeros: true);

    public static IRuleBuilderOptions<T, string?> OneLine<T>(this IRuleBuilder<T, string?> rule, int length)
        => rule.MaximumLength(length).Must(s => s is null || !s.Any(char.IsControl)).WithMessage(_ => Text.Of("validation.oneLine"));

    public static IRuleBuilderOptions<T, string?> Tag<T>(this IRuleBuilder<T, string?> rule)
        => rule.NotEmpty().OneLine(Domain.Tag.Length).Must(tag => tag?.Contains(',', StringComparison.Ordinal) != true).WithMessage(_ => Text.Of("validation.oneTag"));

    public static IRuleBuilderOptions<T, string> EnterpriseName<T>(this IRuleBuilder<T, string> rule)
        => rule.NotEmpty().MaximumLength(200).Must(s => s is null || !s.Any(char.IsControl)).WithMessage(_ => Text.Of("validation.oneLine"))
            .Must(s => string.IsNullOrWhiteSpace(s) || s.Any(char.IsLetterOrDigit)).WithMessage(_ => Text.Of("validation.nameNeedsLetters"));

    public static IRuleBuilderOptions<T, string?> Country<T>(this IRuleBuilder<T, string?> rule)
        => rule.Matches("^[A-Z]{2}$").When(_ => true).WithMessage(_ => Text.Of("validation.country"));

    public static IRuleBuilderOptions<T, DateTime?> PlausibleTime<T>(this IRuleBuilder<T, DateTime?> rule)
        => rule.Must(t => t is not { } time || time.IsPlausible()).WithMessage(_ => Text.Of("validation.implausibleDate"));

    public static IRuleBuilderOptions<T, DateOnly?> PlausibleDay<T>(this IRuleBuilder<T, DateOnly?> rule)
        => rule.Must(d => d is not { } day || day.IsPlausible()).WithMessage(_ => Text.Of("validation.implausibleDate"));

    /// <summary>Why something is done: some words, not a keystroke.</summary>
    public static IRuleBuilderOptions<T, string?> Reason<T>(this IRuleBuilder<T, string?> rule)
        => rule.NotEmpty().MinimumLength(2).MaximumLength(500);
}
