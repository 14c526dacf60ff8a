using System.Globalization;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Texts;

namespace JinshanBio.Crm.Notices;

/// <summary>The wording of a notice in the reader's language, and how its values are written down.</summary>
public static class NoticeText
{
    private const char BetweenLanguages = '\n';

    public static string Of(NoticeKind kind, IEnumerable<string> args)
    {
        var name = kind.ToString();
        return Text.Of($"notice.{char.ToLowerInvariant(name[0])}{name[1..]}", [.. args.Select(Show)]);
    }

    /// <summary>What a digest lists below its figures: due time and title of each, in turns after the first three values.</summary>
    internal static IEnumerable<string> Lines(NoticeKind kind, IList<string> args)
        => kind != NoticeKind.Digest ? [] : args.Skip(3).Chunk(2).Where(pair => pair.Length == 2).Select(pair => $"{Show(pair[0])} {pair[1]}");

    /// <summary>A name that exists in both languages, as one value of a notice.</summary>
    public static string Both(string zh, string en) => zh + BetweenLanguages + en;

    /// <summary>An area in m² as a value of a notice.</summary>
    public static string Area(decimal areaM2) => areaM2.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Show(string arg)
    {
        if (arg.Split(BetweenLanguages) is [var zh, var en]) return Text.Pick(zh, en);
        return DateTime.TryParseExact(arg, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time)
            ? ShanghaiTime.ToLocal(time).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : arg;
    }
}
