using System.Globalization;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Domain.Stages;

namespace JinshanBio.Crm.Domain.Projects;

/// <summary>项目信息表: what is asked about a project, step by step. Reference data, see seeds/reference/project-form.json.</summary>
/// <param name="Fields">Only what the form itself asks; what the product keeps elsewhere is not among them.</param>
public sealed record ProjectForm(IReadOnlyList<FormField> Fields)
{
    private readonly Dictionary<string, FormField> _byKey = Fields.ToDictionary(f => f.Key, StringComparer.Ordinal);

    public static readonly ProjectForm Empty = new([]);

    public FormField? Find(string key) => _byKey.GetValueOrDefault(key);
}

public enum FormType
{
    Text,
    Decimal,
    Int,
    Bool,
    /// <summary>One of the options.</summary>
    Enum,
    Date,
    /// <summary>统一社会信用代码</summary>
    CreditCode,
    /// <summary>Reckoned from other fields when it is shown, never stored.</summary>
    Calc,
}

/// <param name="Key">Fixed; the words may change.</param>
public sealed record FormOption(string Key, string NameZh, string NameEn);

/// <summary>字段: one question of the form. Values are kept as text: invariant numbers, true or false, yyyy-MM-dd, the key of an option.</summary>
public sealed record FormField(string Key, string NameZh, string NameEn, FormType Type)
{
    public const int TextLength = 1000;

    public string GroupZh { get; init; } = "";
    public string GroupEn { get; init; } = "";
    public string? UnitZh { get; init; }
    public string? UnitEn { get; init; }
    public string? HintZh { get; init; }
    public string? HintEn { get; init; }

    /// <summary>CNY or USD for an amount: kept in the currency's own unit, shown in ten thousands of it.</summary>
    public string? Money { get; init; }

    /// <summary>Code of the stage from which it is required; null when it never is.</summary>
    public string? RequiredFrom { get; init; }
    public IReadOnlyList<FormOption> Options { get; init; } = [];
    public IReadOnlySet<Track> Tracks { get; init; } = new HashSet<Track>(Enum.GetValues<Track>());

    /// <summary>Smallest and largest value in the unit shown.</summary>
    public decimal? Min { get; init; }
    public decimal? Max { get; init; }
    public bool IsMultiline { get; init; }

    /// <summary>Personal or restricted data.</summary>
    public bool IsRestricted { get; init; }

    /// <summary>Asked only while another field has one of these values.</summary>
    public string? WhenKey { get; init; }
    public IReadOnlyList<string> WhenIn { get; init; } = [];

    /// <summary>Who stands behind a code name may show in it.</summary>
    public bool IsTelling => IsRestricted || Type is FormType.Text or FormType.CreditCode;

    public bool IsRequiredAt(int order) => RequiredFrom is { } from && Stage.OrderOf(from) <= order;

    public bool IsAskedOf(Project project)
        => Type != FormType.Calc && Tracks.Contains(project.Track) && (WhenKey is null || (project.Fact(WhenKey) is { } value && WhenIn.Contains(value, StringComparer.Ordinal)));

    /// <summary>What is wrong with a value that is not empty, or null when it is right.</summary>
    public Refusal? Fault(string value)
    {
        switch (Type)
        {
            case FormType.Decimal or FormType.Int:
                if (!decimal.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                    || (Type == FormType.Int && number != decimal.Truncate(number)) || decimal.Round(number, 4) != number) return new Refusal(Type == FormType.Int ? RefusalCode.FormWholeNumber : RefusalCode.FormNumber);
                var scale = Money is null ? 1 : 10_000m;
                return number < Min * scale || number > Max * scale ? new Refusal(RefusalCode.FormRange, Min!, Max!) : null;
            case FormType.Bool: return value is "true" or "false" ? null : new Refusal(RefusalCode.FormYesOrNo);
            case FormType.Enum: return Options.Any(o => o.Key == value) ? null : new Refusal(RefusalCode.FormOption, value);
            case FormType.Date:
                return DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 2000 and <= 2100 ? null : new Refusal(RefusalCode.FormDay);
            case FormType.CreditCode: return CreditCode.Check(value) is null ? null : new Refusal(RefusalCode.CreditCodeWrong, value);
            case FormType.Calc: return new Refusal(RefusalCode.UnknownField, Key);
            default: return value.Length > TextLength ? new Refusal(RefusalCode.FormTooLong, TextLength) : value.All(c => !char.IsControl(c) || (IsMultiline && c is '\n' or '\r' or '\t')) ? null : new Refusal(RefusalCode.Invalid);
        }
    }
}
