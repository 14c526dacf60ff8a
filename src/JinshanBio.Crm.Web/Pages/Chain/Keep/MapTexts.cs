using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Texts;

namespace JinshanBio.Crm.Web.Pages.Chain.Keep;

/// <summary>Words of the pages on which the map is kept.</summary>
internal static class MapTexts
{
    /// <summary>A stored value as people read it.</summary>
    public static string Value(string field, string value) => field switch
    {
        "tier" => Text.Of("ChainTier." + value),
        "isEnabling" or "isCritical" => Text.Of(value == "true" ? "audit.yes" : "audit.no"),
        "needPercent" => value + "%",
        _ => value,
    };

    public static string Look(MapAct act) => act switch { MapAct.Added or MapAct.Restored => "good", MapAct.Removed => "bad", _ => "info" };

    public static string Look(ProblemGravity gravity) => gravity switch { ProblemGravity.Error => "bad", ProblemGravity.Warning => "warn", _ => "" };

    public static string Look(MapVerdict verdict) => verdict switch { MapVerdict.Accepted => "good", MapVerdict.Refused => "", MapVerdict.Unreadable => "bad", _ => "info" };

    public static string Page(string? code, EdgeKey? edge) => edge is null ? $"/chain/keep/links/{code}" : $"/chain/keep/edges/{edge.Supplier}/{edge.Buyer}/{edge.Kind}";
}
