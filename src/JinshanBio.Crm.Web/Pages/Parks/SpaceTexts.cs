using JinshanBio.Crm.Parks;
using JinshanBio.Crm.Texts;
using JinshanBio.Crm.Web.Ui;

namespace JinshanBio.Crm.Web.Pages.Parks;

/// <summary>空间 in a few words, for a choice.</summary>
internal static class SpaceTexts
{
    /// <summary>Name, free area, and the day when it is not available yet.</summary>
    public static string Option(SpaceOccupancy space)
    {
        var free = $"{space.Name} · {Text.Of("parks.freeNow", Show.Area(space.FreeM2))}";
        return space.IsComing ? $"{free} · {Text.Of("parks.comingFrom", Show.Day(space.AvailableFrom))}" : free;
    }
}
