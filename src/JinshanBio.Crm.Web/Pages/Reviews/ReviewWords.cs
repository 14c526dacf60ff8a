using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Reviews;
using JinshanBio.Crm.Reviews;
using JinshanBio.Crm.Texts;

namespace JinshanBio.Crm.Web.Pages.Reviews;

/// <summary>What stands about a review, in words and colours.</summary>
internal static class ReviewWords
{
    public static string Tone(ReviewStatus status) => status switch
    {
        ReviewStatus.Passed => "good",
        ReviewStatus.PassedWithConditions => "info",
        ReviewStatus.Rejected => "bad",
        ReviewStatus.Deferred => "warn",
        _ => "outline",
    };

    public static string Tone(Verdict verdict) => verdict switch { Verdict.Agree => "good", Verdict.AgreeWithConditions => "info", Verdict.Object => "bad", _ => "outline" };

    /// <summary>What stands against passing: "opinions.DEP-…", "marks.3".</summary>
    public static string Against(ReviewRecord review, string what, Catalogue catalogue)
    {
        if (what.StartsWith("opinions.", StringComparison.Ordinal)) return Text.Of("reviews.againstUnit", catalogue.UnitName(what[9..]));
        var mark = review.Marks.First(m => what == $"marks.{m.Order}");
        return Text.Of(mark.IsVeto ? "reviews.againstVeto" : "reviews.againstLeast", mark.Name);
    }

    /// <summary>What keeps an open review from being concluded.</summary>
    public static IEnumerable<string> Waits(ReviewRecord review)
        => [.. review.Opinions.Where(o => o.Status == OpinionStatus.Waiting).Select(o => Text.Of("reviews.waitsFor", o.UnitName)),
            .. review.Marks.Where(m => !m.IsMarked).Select(m => Text.Of("reviews.waitsMark", m.Name))];
}
