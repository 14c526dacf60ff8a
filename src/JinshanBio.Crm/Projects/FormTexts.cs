using System.Globalization;
using System.Text;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Spreadsheets;
using Text = JinshanBio.Crm.Texts.Text;

namespace JinshanBio.Crm.Projects;

/// <summary>The project form in words: how its fields are named, how answers are typed, kept and shown.</summary>
public static class FormTexts
{
    private const decimal TenThousand = 10_000m;

    public static string Name(this FormField field) => Text.Pick(field.NameZh, field.NameEn);

    public static string Group(this FormField field) => Text.Pick(field.GroupZh, field.GroupEn);

    public static string? Unit(this FormField field) => field.UnitZh is null ? null : Text.Pick(field.UnitZh, field.UnitEn ?? field.UnitZh);

    public static string? Hint(this FormField field) => field.HintZh is null ? null : Text.Pick(field.HintZh, field.HintEn ?? field.HintZh);

    public static IEnumerable<(string Value, string Label)> Choices(this FormField field) => field.Type == FormType.Bool
        ? [("true", Text.Of("form.yes")), ("false", Text.Of("form.no"))] : field.Options.Select(o => (o.Key, Text.Pick(o.NameZh, o.NameEn)));

    /// <summary>What the input of the field shows: amounts in ten thousands.</summary>
    public static string? Input(this FormField field, string? value)
        => field.Money is not null && decimal.TryParse(value, CultureInfo.InvariantCulture, out var amount) ? (amount / TenThousand).ToString("0.######", CultureInfo.InvariantCulture) : value;

    /// <summary>A kept value as it can be typed without being meant otherwise: an amount carries its unit.</summary>
    public static string? Exact(this FormField field, string? value) => field.Money is not null && value is not null ? value + Text.Of("form.yuan") : value;

    /// <summary>A kept value as people read it, with its unit.</summary>
    public static string Show(this FormField field, string value) => field.Type switch
    {
        FormType.Decimal when field.Money is not null && value.EndsWith(Text.Of("form.yuan"), StringComparison.Ordinal) => field.Show(value[..^Text.Of("form.yuan").Length]),
        FormType.Decimal or FormType.Int when decimal.TryParse(value, CultureInfo.InvariantCulture, out var number)
            => $"{(field.Money is null ? number : number / TenThousand).ToString("#,##0.####", CultureInfo.InvariantCulture)} {field.Unit()}".TrimEnd(),
        FormType.Bool or FormType.Enum => field.Choices().FirstOrDefault(c => c.Value == value).Label ?? value,
        FormType.Date when DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) => day.ToString(Text.IsEnglish ? "d MMM yyyy" : "yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => value,
    };

    /// <summary>
    /// Brings answers into the form in which they are kept, in place, and judges them. A key that is neither a field asked on the project's track nor
    /// among <paramref name="others"/> is unknown.
    /// </summary>
    /// <param name="typed">As a person types: amounts in ten thousands or with their unit, labels for options. Else as the API says it.</param>
    /// <exception cref="Refusal">UnknownField, or Invalid with a message for every value that is wrong.</exception>
    internal static void Read(Dictionary<string, string?> answers, Project project, ProjectForm form, bool typed, string input, IReadOnlyCollection<string>? others = null)
    {
        var faults = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var key in answers.Keys.Where(key => others?.Contains(key) is not true).ToList())
        {
            if (form.Find(key) is { } field) answers[key] = field.Keep(answers[key], typed);
            if (project.Fault(form, key, answers[key] ?? "") is not { } fault) continue;
            if (fault.Code == RefusalCode.UnknownField) throw new Refusal(fault.Code, key) { Field = $"{input}.{key}" };
            faults[$"{input}.{key}"] = Text.Of(fault);
        }
        if (faults.Count > 0) throw new Refusal(RefusalCode.Invalid) { Details = faults };
    }

    /// <summary>The value as it is kept, where it can be understood; else what was given, for the rule to refuse.</summary>
    internal static string Keep(this FormField field, string? given, bool typed)
    {
        var text = given?.Trim() ?? "";
        if (text.Length == 0) return "";
        switch (field.Type)
        {
            case FormType.Decimal or FormType.Int:
                if (field.Money is not null && typed) return Cell.TryMoney(text, TenThousand, out var amount) ? Plain(amount) : text;
                return decimal.TryParse(WithoutUnit(field, text), NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? Plain(number) : text;
            case FormType.Bool: return Words("form.yesWords", text) ? "true" : Words("form.noWords", text) ? "false" : text;
            case FormType.Enum:
                return field.Options.FirstOrDefault(o => string.Equals(o.Key, text, StringComparison.OrdinalIgnoreCase) || o.NameZh == text || string.Equals(o.NameEn, text, StringComparison.OrdinalIgnoreCase))?.Key ?? text;
            case FormType.Date: return Cell.TryDate(text, out var day) || DateOnly.TryParse(text, CultureInfo.InvariantCulture, out day) ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : text;
            case FormType.CreditCode: return CreditCode.Normalise(text) ?? "";
            default: return text.ReplaceLineEndings("\n");
        }
    }

    private static string Plain(decimal number) => number.ToString("0.############", CultureInfo.InvariantCulture);

    private static string WithoutUnit(FormField field, string text)
    {
        text = text.Normalize(NormalizationForm.FormKC);
        foreach (var unit in (string?[])[field.UnitZh, field.UnitEn])
            if (unit is not null && text.EndsWith(unit.Normalize(NormalizationForm.FormKC), StringComparison.OrdinalIgnoreCase)) return text[..^unit.Normalize(NormalizationForm.FormKC).Length];
        return text;
    }

    private static bool Words(string key, string text) => Text.Entries[key].Any(words => words.Split(' ').Contains(text, StringComparer.OrdinalIgnoreCase));
}
