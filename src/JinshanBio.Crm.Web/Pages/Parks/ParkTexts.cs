using JinshanBio.Crm.Parks;
using JinshanBio.Crm.Texts;
using JinshanBio.Crm.Web.Ui;

namespace JinshanBio.Crm.Web.Pages.Parks;

/// <summary>载体 in a few words.</summary>
internal static class ParkTexts
{
    public static string Roles(ParkRow park) => string.Join(" · ", park.Roles.Select(role => Text.Of(role)));

    /// <summary>一城一港一湾一园一谷, or the code when the policy gives it no slot.</summary>
    public static string Slot(ParkRow park) => park.LayoutSlot is { } slot ? Text.Has("layoutSlot." + slot) ? Text.Of("layoutSlot." + slot) : slot : park.Code;

    /// <summary>The title of the document where the register only knows its file.</summary>
    public static string? Source(string? source) => source?.StartsWith("004_", StringComparison.Ordinal) is true ? Text.Of("parks.policy") : source;

    /// <summary>Share that is let or held.</summary>
    public static string Taken(ParkRow park) => Show.Percent(park.AreaM2 == 0 ? 0 : (park.OccupiedM2 + park.HeldM2) / park.AreaM2 * 100);
}
