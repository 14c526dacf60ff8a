using JinshanBio.Crm.Assignments;
using JinshanBio.Crm.Texts;
using JinshanBio.Crm.Web.Ui;

namespace JinshanBio.Crm.Web.Pages.Assignments;

/// <summary>A place in a few words.</summary>
public static class PlaceWords
{
    /// <summary>Its spaces, or the one that was proposed, or that the manager chooses.</summary>
    public static string Where(AssignmentRow place) => place.Spaces.Count > 1
        ? string.Join(" + ", place.Spaces.Select(s => $"{s.SpaceName} {Show.Area(s.AreaM2)}")) : (place.Spaces is [var only] ? only.SpaceName : place.SpaceName) ?? Text.Of("places.noSpace");

    /// <summary>The area, and what was asked for when that was another one.</summary>
    public static string Area(AssignmentRow place) => place.AreaM2 == place.WantedM2 ? Show.Area(place.AreaM2) : Text.Of("places.areaOfWanted", Show.Area(place.AreaM2), Show.Area(place.WantedM2));

    /// <summary>候补第 1 位，共 3 位; null when it does not wait.</summary>
    public static string? Position(AssignmentRow place) => place.Position is { } position ? Text.Of("places.position", position, place.Waiting!) : null;

    public static string? Input(DateOnly? day) => day?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
