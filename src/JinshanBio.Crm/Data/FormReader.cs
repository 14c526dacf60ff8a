using System.Collections.Frozen;
using System.Text.Json;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Stages;

namespace JinshanBio.Crm.Data;

/// <summary>Reads the project form, the inputs of the side states and the rules of the gates from their reference records.</summary>
internal static class FormReader
{
    private static readonly FrozenSet<Track> EveryTrack = Enum.GetValues<Track>().ToFrozenSet();

    /// <summary>Without the fields that the product keeps elsewhere.</summary>
    public static ProjectForm Form(IEnumerable<JsonElement> fields, IEnumerable<JsonElement> industries)
    {
        List<FormOption> classes = [.. industries.Select(i => $"{Text(i, "code")} {Text(i, "name_zh")}").Select(name => new FormOption(name.Split(' ')[0], name, name))];
        return new ProjectForm([.. fields.Where(f => Text(f, "kept_in") is null).Select(f => Text(f, "type") == "code4" ? Field(f, classes) : Field(f))]);
    }

    public static SideState SideState(JsonElement r)
    {
        var inputs = r.GetProperty("inputs").EnumerateArray().ToList();
        return new SideState(Enum.Parse<ProjectStatus>(Text(r, "status")!), [.. inputs.Select(i => Field(i))],
            inputs.Where(i => i.GetProperty("required").GetBoolean()).Select(i => Text(i, "key")!).ToFrozenSet(StringComparer.Ordinal));
    }

    public static Gates Gates(JsonElement r) => r.Deserialize<Gates>(JsonSerializerOptions.Web) ?? Domain.Stages.Gates.Shipped;

    /// <summary>Rules that a newer edition of the stages no longer knows must not keep the program from starting: they hold no more.</summary>
    public static StageTable InForce(Gates gates, StageTable shipped)
    {
        var none = Domain.Stages.Gates.Shipped;
        bool Holds(Gates one)
        {
            try { return one.Apply(shipped) is not null; }
            catch (Refusal) { return false; }
        }
        return new Gates(
            gates.Evidence.Where(e => Holds(none with { Evidence = new Dictionary<string, string?> { [e.Key] = e.Value } })).ToDictionary(StringComparer.Ordinal),
            gates.Fields.Where(f => Holds(none with { Fields = new Dictionary<string, string?> { [f.Key] = f.Value } })).ToDictionary(StringComparer.Ordinal),
            [.. gates.Own.Where(o => Holds(none with { Own = [o] })).DistinctBy(o => o.Key)]).Apply(shipped);
    }

    private static FormField Field(JsonElement f, IReadOnlyList<FormOption>? options = null) => new(Text(f, "key")!, Text(f, "label_zh") ?? Text(f, "name_zh")!, Text(f, "label_en") ?? Text(f, "name_en")!, TypeOf(Text(f, "type")!))
    {
        GroupZh = Text(f, "group") ?? "", GroupEn = Text(f, "group_en") ?? "",
        UnitZh = Text(f, "unit"), UnitEn = Text(f, "unit_en") ?? Text(f, "unit"), Money = Text(f, "money"),
        HintZh = Text(f, "hint_zh"), HintEn = Text(f, "hint_en"),
        RequiredFrom = Text(f, "required_from_stage"),
        Options = options ?? (f.TryGetProperty("options", out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Select(o => new FormOption(Text(o, "key")!, Text(o, "zh")!, Text(o, "en")!))] : []),
        Tracks = f.TryGetProperty("tracks", out var tracks) ? tracks.EnumerateArray().Select(t => Enum.Parse<Track>(t.GetString()!, ignoreCase: true)).ToFrozenSet() : EveryTrack,
        Min = Figure(f, "min"), Max = Figure(f, "max"),
        IsMultiline = f.TryGetProperty("multiline", out var lines) && lines.GetBoolean(),
        IsRestricted = (f.TryGetProperty("personal_data", out var personal) && personal.GetBoolean()) || Text(f, "confidentiality") == "restricted",
        WhenKey = f.TryGetProperty("asked_when", out var when) ? Text(when, "key") : null,
        WhenIn = when.ValueKind == JsonValueKind.Object ? [.. when.GetProperty("in").EnumerateArray().Select(v => v.GetString()!)] : [],
    };

    private static FormType TypeOf(string type) => type switch
    {
        "decimal" => FormType.Decimal,
        "int" => FormType.Int,
        "bool" => FormType.Bool,
        "enum" or "code4" => FormType.Enum,
        "date" => FormType.Date,
        "text18" => FormType.CreditCode,
        "calc" => FormType.Calc,
        // Lists, tables and attachments are told in words until they have a place of their own.
        _ => FormType.Text,
    };

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var text) ? text.GetString() : null;

    private static decimal? Figure(JsonElement element, string name) => element.TryGetProperty(name, out var number) && number.ValueKind == JsonValueKind.Number ? number.GetDecimal() : null;
}
