using System.Globalization;
using FluentValidation;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Pipeline;

namespace JinshanBio.Crm.Chain;

/// <summary>设想 as a person gives it. In an address it is one word: "lands:id", "comes:id", "comes:Large:MED-03.CMN-07"; output in yuan and day may follow: "lands:id:500000000:2027-06-30".</summary>
public sealed record AssumptionInput
{
    private const char Part = ':', Link = '.';

    public AssumptionKind? Kind { get; set; }

    /// <summary>The project that lands or is lost, the enterprise that leaves or comes; null for an enterprise that is not in the register.</summary>
    public Guid? Id { get; set; }

    /// <summary>规模 of an enterprise that is not in the register.</summary>
    public EnterpriseSize? Size { get; set; }

    /// <summary>Of an enterprise that comes: codes; those on its record when left out.</summary>
    public List<string> Links { get; set; } = [];

    /// <summary>CNY yuan a year; what is on record, or usual for the size, when left out.</summary>
    [Money]
    public decimal? Output { get; set; }

    /// <summary>From when on; as expected when left out.</summary>
    public DateOnly? By { get; set; }

    public override string ToString()
    {
        List<string> parts = [$"{Kind}".ToLowerInvariant(), Id?.ToString() ?? $"{Size}"];
        if (Kind == AssumptionKind.Comes) parts.Add(string.Join(Link, Links));
        parts.Add(Output?.ToString("0.##", CultureInfo.InvariantCulture) ?? "");
        parts.Add(By?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "");
        return string.Join(Part, parts).TrimEnd(Part);
    }

    /// <summary>Null when it cannot be read.</summary>
    public static AssumptionInput? Read(string? text)
    {
        var parts = (text ?? "").Split(Part);
        if (parts.Length < 2 || parts[0].Length == 0 || char.IsAsciiDigit(parts[0][0]) || !Enum.TryParse<AssumptionKind>(parts[0], ignoreCase: true, out var kind)) return null;
        var input = new AssumptionInput { Kind = kind };
        if (Guid.TryParse(parts[1], out var id)) input.Id = id;
        else if (kind == AssumptionKind.Comes && parts[1].Length > 0 && !char.IsAsciiDigit(parts[1][0]) && Enum.TryParse<EnterpriseSize>(parts[1], ignoreCase: true, out var size)) input.Size = size;
        else return null;
        var rest = parts[2..];
        if (kind == AssumptionKind.Comes)
        {
            input.Links = [.. (rest.ElementAtOrDefault(0) ?? "").Split(Link, StringSplitOptions.RemoveEmptyEntries)];
            rest = rest.Length > 0 ? rest[1..] : rest;
        }
        if (rest.Length > 2) return null;
        if (rest.ElementAtOrDefault(0) is { Length: > 0 } money)
        {
            if (!decimal.TryParse(money, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var output)) return null;
            input.Output = output;
        }
        if (rest.ElementAtOrDefault(1) is { Length: > 0 } day)
        {
            if (!DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var by)) return null;
            input.By = by;
        }
        return input;
    }
}

internal sealed class AssumptionInputValidator : AbstractValidator<AssumptionInput>
{
    public AssumptionInputValidator()
    {
        RuleFor(a => a.Kind).NotNull().IsInEnum();
        RuleFor(a => a.Id).NotEmpty().When(a => a.Kind != AssumptionKind.Comes || a.Size is null);
        RuleFor(a => a.Size).Null().When(a => a.Id is not null).IsInEnum();
        RuleFor(a => a.Links).NotNull().Must(l => l is null || l.Count <= 20).WithMessage(_ => Texts.Text.Of("validation.tooManyLinks"));
        RuleFor(a => a.Output).InclusiveBetween(0, 1_000_000_000_000m).When(a => a.Output is not null);
        RuleFor(a => a.By).InclusiveBetween(new DateOnly(2000, 1, 1), new DateOnly(2100, 12, 31)).When(a => a.By is not null);
    }
}
