using System.Globalization;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Notices;
using Xunit;

namespace JinshanBio.Crm.Tests.Notices;

public sealed class NoticeTextTests
{
    [Fact]
    public void A_notice_is_worded_in_the_readers_language_with_the_parks_name_in_it()
    {
        string[] args = [Finding.CodeName, NoticeText.Both("湾区生物医药港", "Bay Biopharma Port"), NoticeText.Area(1200.50m)];
        Assert.Contains("湾区生物医药港，面积 1200.5 m²", In("zh-CN", () => NoticeText.Of(NoticeKind.AssignmentProposed, args)), StringComparison.Ordinal);
        Assert.Contains("a place in Bay Biopharma Port, 1200.5 m²", In("en", () => NoticeText.Of(NoticeKind.AssignmentProposed, args)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_time_is_shown_as_the_clock_in_Shanghai()
    {
        var due = new DateTime(2026, 11, 20, 16, 30, 0, DateTimeKind.Utc).ToString("O");
        Assert.Contains("2026-11-21 00:30", NoticeText.Of(NoticeKind.FollowUpDue, ["x", due]), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_kind_is_worded_in_both_languages()
        => Assert.All(Enum.GetValues<NoticeKind>(), kind =>
        {
            var (zh, en) = (In("zh-CN", () => NoticeText.Of(kind, ["a", "b", "c", "d", "e", "f"])), In("en", () => NoticeText.Of(kind, ["a", "b", "c", "d", "e", "f"])));
            Assert.NotEqual(zh, en);
            Assert.DoesNotContain("notice.", zh + en, StringComparison.Ordinal);
        });

    private static string In(string culture, Func<string> text)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
        try { return text(); }
        finally { CultureInfo.CurrentUICulture = before; }
    }
}
