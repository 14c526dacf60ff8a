using System.Globalization;
using JinshanBio.Crm.Allocations;
using JinshanBio.Crm.Texts;
using JinshanBio.Crm.Web.Ui;

namespace JinshanBio.Crm.Web.Pages.Allocations;

/// <summary>How months, points and bounds of a plan are written on screen.</summary>
internal static class AllocationShow
{
    public static string Month(DateOnly day) => day.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    public static string Points(decimal points) => points.ToString("#,##0.#", CultureInfo.InvariantCulture);

    /// <summary>With its sign: +12.5, −3.</summary>
    public static string Signed(decimal value) => (value > 0 ? "+" : value < 0 ? "−" : "") + Points(Math.Abs(value));

    public static string SignedMoney(decimal yuan) => (yuan > 0 ? "+" : yuan < 0 ? "−" : "") + Show.Money(Math.Abs(yuan));

    public static string SignedArea(decimal area) => (area > 0 ? "+" : area < 0 ? "−" : "") + Show.Area(Math.Abs(area));

    /// <summary>How much better any plan could be, in words.</summary>
    public static string Bound(AllocationPlanRow plan) => plan.Value >= plan.Bound ? Text.Of("allocations.proved")
        : Text.Of("allocations.atMost", plan.GapPercent < 0.1m ? "0.1%" : decimal.Round(plan.GapPercent, 1, MidpointRounding.ToPositiveInfinity).ToString("0.#", CultureInfo.InvariantCulture) + "%");

    public static string Terms(Domain.Allocations.AllocationTerms t) => Text.Of("allocations.terms", Points(t.Output), Points(t.Gap), Points(t.Place), Points(t.Fit), Points(t.Growth), Points(t.Wait));
}
