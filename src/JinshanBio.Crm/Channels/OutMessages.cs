using System.Globalization;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Notices;
using JinshanBio.Crm.Texts;

namespace JinshanBio.Crm.Channels;

/// <summary>The wording of a notice outside the program, in the language that the person chose for it.</summary>
internal static class OutMessages
{
    private const int LongestSubject = 120;

    public static OutMessage Of(Guid id, Notice notice, bool inEnglish, string? site)
    {
        var (ui, culture) = (CultureInfo.CurrentUICulture, CultureInfo.CurrentCulture);
        CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(inEnglish ? "en" : "zh-CN");
        try
        {
            var sentence = NoticeText.Of(notice.Kind, notice.Args);
            var subject = string.Concat($"[{Text.Of("brand.name")}] {sentence}".Where(c => !char.IsControl(c)));
            var lines = new List<string> { sentence };
            lines.AddRange(NoticeText.Lines(notice.Kind, notice.Args));
            if (site is { Length: > 0 }) lines.AddRange(["", site.TrimEnd('/') + notice.Path]);
            lines.AddRange(["", Text.Of("channels.footer")]);
            return new OutMessage(id, subject.Length <= LongestSubject ? subject : subject[..(LongestSubject - 1)] + "…", string.Join('\n', lines));
        }
        finally
        {
            (CultureInfo.CurrentUICulture, CultureInfo.CurrentCulture) = (ui, culture);
        }
    }
}
