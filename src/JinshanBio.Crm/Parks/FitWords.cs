using System.Globalization;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Texts;

namespace JinshanBio.Crm.Parks;

/// <summary>硬约束 in words.</summary>
/// <param name="Key">One of <see cref="FitLimits.All"/>; the name of the limit and the whole sentence are in the reader's language.</param>
/// <param name="IsFirm">Cannot be set aside by a reason.</param>
public sealed record FitReasonRow(string Key, string Name, FitVerdict Verdict, string Text, bool IsFirm);

/// <summary>软条件 in words: points out of the most it could give, and why.</summary>
public sealed record FitPointRow(string Key, string Name, decimal Points, decimal Of, string Text);

/// <summary>How the reasons and the points of a fit are said.</summary>
internal static class FitWords
{
    public static IReadOnlyList<FitReasonRow> Rows(this IEnumerable<FitReason> reasons)
        => [.. reasons.Select(r => new FitReasonRow(r.Key, LimitName(r.Key), r.Verdict, Say(r), r.IsFirm))];

    public static IReadOnlyList<FitPointRow> Rows(this IEnumerable<FitPoint> points, Catalogue catalogue)
        => [.. points.Select(p => new FitPointRow(p.Key, Text.Of("fit.point." + p.Key), p.Points, p.Of, Say(p, catalogue)))];

    public static string LimitName(string key) => Text.Of("fit.limit." + key);

    private static string Say(FitReason reason)
    {
        var values = reason.Args.Select(v => Value(reason.Key, v)).ToList();
        var verdict = reason.Verdict switch { FitVerdict.Fits => "fits", FitVerdict.Unknown => "unknown", _ => "not" };
        return reason.Key switch
        {
            FitLimits.From => Text.Of("fit.from." + verdict, values[0], values[1]),
            FitLimits.Until => Text.Of($"fit.until.{verdict}{values.Count}", [.. values]),
            FitLimits.Kind => Text.Of(reason.Args[0] is true ? "fit.kind.plot." + verdict : "fit.kind.rooms." + verdict),
            _ when reason.Args[0] is bool => Text.Of("fit.answer." + verdict, LimitName(reason.Key)),
            _ when values.Count == 3 => Text.Of("fit.number.not", LimitName(reason.Key), values[0], values[1], values[2]),
            _ when reason.Verdict == FitVerdict.Unknown => Text.Of("fit.level.unknown", LimitName(reason.Key), values[0]),
            _ => Text.Of("fit.level." + verdict, LimitName(reason.Key), values[0], values[1]),
        };
    }

    /// <summary>A need or an offer with its unit.</summary>
    public static string Value(string key, object value) => value switch
    {
        decimal number => $"{Number(number)} {(Text.Has("fit.unit." + key) ? Text.Of("fit.unit." + key) : "")}".TrimEnd(),
        DateOnly day => day.ToString(Text.IsEnglish ? "d MMM yyyy" : "yyyy-MM-dd", CultureInfo.InvariantCulture),
        int level => level == 0 ? Text.Of("fit.noBiosafety") : $"BSL-{level}",
        bool yes => Text.Of(yes ? "fit.yes" : "fit.no"),
        Enum choice => Text.Of(choice),
        _ => value.ToString() ?? "",
    };

    private static string Say(FitPoint point, Catalogue catalogue)
    {
        var key = $"fit.why.{point.Key}.{point.Args[0]}";
        return point.Key switch
        {
            "field" => Text.Of(key, point.Args.Skip(1).Select(code => (object?)catalogue.FieldName((string)code)).ToArray()),
            "links" => Text.Of(key, Links(point.Args[1], catalogue), Links(point.Args[2], catalogue)),
            "growth" => Text.Of(key, [.. point.Args.Skip(1).Select(v => Value(FitLimits.Area, v))]),
            "price" => Text.Of(key, [.. point.Args.Skip(1).Select(v => Value("price", v))]),
            "role" => Text.Of(key, [.. point.Args.Skip(1).Select(v => Text.Of((Enum)v))]),
            _ => Text.Of(key, [.. point.Args.Skip(1)]),
        };
    }

    private static string Links(object codes, Catalogue catalogue)
        => ((IReadOnlyList<string>)codes) is { Count: > 0 } known ? string.Join(Text.Of("list.comma"), known.Select(catalogue.LinkName)) : Text.Of("fit.nobody");

    private static string Number(decimal value) => value.ToString("#,##0.##", CultureInfo.InvariantCulture);
}
