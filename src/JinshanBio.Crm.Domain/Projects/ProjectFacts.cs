using System.Globalization;
using JinshanBio.Crm.Domain.Stages;

namespace JinshanBio.Crm.Domain.Projects;

/// <summary>What the project form knows about a project.</summary>
public sealed partial class Project
{
    private const string FixedInvestment = "fixed_investment";

    public string? Fact(string key) => Facts.FirstOrDefault(f => f.Key == key)?.Value;

    /// <summary>Takes answers of the project form over; an empty one removes what was there. Partly filled is fine: the gate asks for the rest.</summary>
    /// <param name="input">Name of the input that holds the answers, for the message beside each.</param>
    /// <exception cref="Refusal">UnknownField, or the fault of a value; nothing is taken over then.</exception>
    public void Fill(IEnumerable<KeyValuePair<string, string?>> answers, ProjectForm form, string input = "values")
    {
        var kept = answers.Select(a => (a.Key, Value: a.Value?.Trim() ?? "")).ToList();
        foreach (var (key, value) in kept)
        {
            if (Fault(form, key, value) is { } fault) throw new Refusal(fault.Code, [.. fault.Args]) { Field = $"{input}.{key}" };
        }
        foreach (var (key, value) in kept)
        {
            var known = Facts.FirstOrDefault(f => f.Key == key);
            if (value.Length == 0) { if (known is not null) Facts.Remove(known); }
            else if (known is null) Facts.Add(new ProjectFact(Id, key, value));
            else if (known.Value != value) known.Value = value;
        }
    }

    /// <summary>Why an answer cannot be taken, or null when it can.</summary>
    public Refusal? Fault(ProjectForm form, string key, string value)
    {
        if (form.Find(key) is not { } field || !field.Tracks.Contains(Track)) return new Refusal(RefusalCode.UnknownField, key);
        if (value.Length == 0) return null;
        return field.Fault(value) ?? (key == FixedInvestment && decimal.Parse(value, CultureInfo.InvariantCulture) > Investment ? new Refusal(RefusalCode.FormRange, 0, Investment / 10_000m) : null);
    }

    /// <summary>The figures per mu as they follow from what is on record; a figure is null while something for it is unknown.</summary>
    public PerMu PerMu() => Projects.PerMu.Of(Track, AreaM2, OutputAtCapacity, Figure("land_area"), Figure("far"), Figure(FixedInvestment), Figure("tax"));

    /// <summary>用地 as it follows from the form, or from the floor area alone.</summary>
    public LandArea Land() => LandArea.Of(Track, Figure("land_area"), Figure("far"), AreaM2);

    private decimal? Figure(string key) => decimal.TryParse(Fact(key), CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>亩均指标: yuan per mu of land. A tenant's land is its floor area divided by the floor-area ratio of the place.</summary>
/// <param name="Land">亩.</param>
/// <param name="Investment">固定资产投资强度.</param>
/// <param name="Output">亩均产值 at capacity.</param>
/// <param name="Tax">亩均税收, all taxes, at capacity.</param>
public sealed record PerMu(decimal? Land, decimal? Investment, decimal? Output, decimal? Tax)
{
    public static PerMu Of(Track track, decimal floorAreaM2, decimal output, decimal? landArea, decimal? far, decimal? fixedInvestment, decimal? tax)
    {
        // Floor alone says nothing of the land under it.
        var land = LandArea.Of(track, landArea, far, floorAreaM2) is { Basis: LandBasis.Land or LandBasis.FloorByRatio, Mu: { } known } ? known : (decimal?)null;
        decimal? Each(decimal? yuan) => land > 0 && yuan is { } amount ? decimal.Round(amount / land.Value, 2) : null;
        return new PerMu(land is { } mu ? decimal.Round(mu, 2) : null, Each(fixedInvestment), Each(output), Each(tax));
    }
}
