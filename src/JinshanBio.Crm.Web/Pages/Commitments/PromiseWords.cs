using JinshanBio.Crm.Commitments;
using JinshanBio.Crm.Domain.Commitments;
using JinshanBio.Crm.Texts;
using JinshanBio.Crm.Web.Ui;

namespace JinshanBio.Crm.Web.Pages.Commitments;

/// <summary>How the values of a promise are written, and which mark its light has.</summary>
internal static class PromiseWords
{
    public static string Amount(CommitmentMeasure measure, decimal? value) => value is not { } number ? "" : measure switch
    {
        CommitmentMeasure.Yuan => Show.Money(number),
        CommitmentMeasure.YuanAYear => Text.Of("promises.aYear", Show.Money(number)),
        CommitmentMeasure.People => Text.Of("promises.people", Show.Number(number)),
        CommitmentMeasure.TceAYear => Text.Of("promises.tce", Show.Number(number)),
        _ => "",
    };

    public static string Target(CommitmentMeasure measure, decimal? target) => target is null ? Text.Of(measure)
        : measure == CommitmentMeasure.TceAYear ? Text.Of("promises.atMost", Amount(measure, target)) : Amount(measure, target);

    public static string Tone(LightColour colour) => colour switch { LightColour.Red => "bad", LightColour.Amber => "warn", LightColour.Green => "good", _ => "outline" };

    /// <summary>A sign beside the colour, for paper and for those who see no colours.</summary>
    public static string Mark(LightRow light) => light switch
    {
        { Reason: LightReason.Kept or LightReason.KeptLate } => "✓",
        { Colour: LightColour.Red } => "!",
        { Colour: LightColour.Amber } => "…",
        { Colour: LightColour.Green } => "›",
        _ => "",
    };

    public static IEnumerable<(string Value, string Label)> Kinds(CommitmentSide side)
        => Enum.GetValues<CommitmentKind>().Where(k => CommitmentRule.Of(k).Side == side).Select(k => (k.ToString(), Text.Of(k)));
}
