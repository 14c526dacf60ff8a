using System.Globalization;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Texts;

namespace JinshanBio.Crm.Web.Ui;

/// <summary>How amounts, areas and times are written on screen.</summary>
public static class Show
{
    /// <summary>With its unit, chosen by size: 2,650 万元, 2.76 亿元; CNY 26.5 m in English.</summary>
    public static string Money(decimal yuan) => Text.IsEnglish
        ? Math.Abs(yuan) >= 1_000_000_000m ? $"CNY {Number(yuan / 1_000_000_000m)} bn" : $"CNY {Number(yuan / 1_000_000m)} m"
        : Math.Abs(yuan) >= 100_000_000m ? $"{Number(yuan / 100_000_000m)} 亿元" : $"{Number(yuan / 10_000m)} 万元";

    /// <summary>In the one unit that a table's heading names: 万元, or CNY million in English.</summary>
    public static string Column(decimal yuan) => Number(yuan / (Text.IsEnglish ? 1_000_000m : 10_000m));

    /// <summary>What an input in 万元 shows.</summary>
    public static string Wan(decimal yuan) => (yuan / 10_000m).ToString("0.######", CultureInfo.InvariantCulture);

    public static string Area(decimal squareMetres) => $"{Number(squareMetres)} m²";

    /// <summary>Thousands separated, at most two decimals.</summary>
    public static string Number(decimal value) => value.ToString("#,##0.##", CultureInfo.InvariantCulture);

    public static string Percent(decimal share) => share.ToString("0.#", CultureInfo.InvariantCulture) + "%";

    public static string Day(DateOnly day) => day.ToString(Text.IsEnglish ? "d MMM yyyy" : "yyyy年M月d日", CultureInfo.CurrentCulture);

    /// <summary>A time (UTC) as people in Shanghai write it.</summary>
    public static string Time(DateTime utc) => ShanghaiTime.ToLocal(utc).ToString(Text.IsEnglish ? "d MMM yyyy HH:mm" : "yyyy年M月d日 HH:mm", CultureInfo.CurrentCulture);

    /// <summary>The clock time (UTC) in Shanghai: 14:00.</summary>
    public static string Clock(DateTime utc) => ShanghaiTime.ToLocal(utc).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Day of the week, day and clock time (UTC) in Shanghai: 11月24日 周二 10:00.</summary>
    public static string DayTime(DateTime utc) => ShanghaiTime.ToLocal(utc).ToString(Text.IsEnglish ? "ddd d MMM HH:mm" : "M月d日 ddd HH:mm", CultureInfo.CurrentCulture);

    /// <summary>What an input of type datetime-local shows.</summary>
    public static string? Input(DateTime? utc) => utc is { } time ? ShanghaiTime.ToLocal(time).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture) : null;

    public static string Due(DateTime due, DateTime now)
    {
        var day = ShanghaiTime.Day(due);
        var days = day.DayNumber - ShanghaiTime.Day(now).DayNumber;
        return days switch
        {
            < 0 => Text.Of("due.overdue", -days),
            0 => Text.Of("due.today"),
            1 => Text.Of("due.tomorrow"),
            <= 7 => Text.Of("due.inDays", days),
            _ => ShortDay(day, ShanghaiTime.Day(now)),
        };
    }

    public static string DueClass(DateTime due, DateTime now) => (ShanghaiTime.Day(due).DayNumber - ShanghaiTime.Day(now).DayNumber) switch
    {
        < 0 => "overdue",
        0 => "today",
        <= 3 => "soon",
        _ => "",
    };

    /// <summary>12月8日; with the year when it is another one.</summary>
    public static string ShortDay(DateOnly day, DateOnly today)
        => day.Year != today.Year ? Day(day) : day.ToString(Text.IsEnglish ? "d MMM" : "M月d日", CultureInfo.CurrentCulture);

    /// <summary>Choices of an enum for a select, in its own order.</summary>
    public static IEnumerable<(string Value, string Label)> Choices<T>() where T : struct, Enum
        => Enum.GetValues<T>().Select(v => (v.ToString(), Text.Of(v)));

    /// <summary>Steps of an amount to filter by: yuan, and in words after a sign such as "≥".</summary>
    public static IEnumerable<(string Value, string Label)> AmountSteps(string sign)
        => ((decimal[])[10_000_000m, 50_000_000m, 100_000_000m, 500_000_000m, 1_000_000_000m]).Select(yuan => (yuan.ToString("0", CultureInfo.InvariantCulture), $"{sign} {Money(yuan)}"));

    public static IEnumerable<(string Value, string Label)> YesNo(string yes, string no) => [("true", Text.Of(yes)), ("false", Text.Of(no))];

    /// <summary>What an input of type date shows.</summary>
    public static string? DayInput(DateTime? given) => given?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
