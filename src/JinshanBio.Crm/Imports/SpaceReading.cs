using System.Globalization;
using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Domain.Searching;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Spreadsheets;
using JinshanBio.Crm.Texts;

namespace JinshanBio.Crm.Imports;

/// <summary>Reads the cells of a list of spaces. "无" is a fact, "未知" says as little as an empty cell.</summary>
internal sealed partial class ImportReader
{
    private static readonly HashSet<string> Unknown = Words("未知 不详 待定 待核实 unknown notknown n/a - — ?"), No = Words("无 没有 否 不是 none no false 0"), Yes = Words("有 是 yes true 1 √ ✓");

    private ImportDraft SpaceRow(IReadOnlyList<string> cells)
    {
        var (park, name) = (Line(cells, ImportColumns.Park, 200), Line(cells, ImportColumns.Space, 200));
        if (park is null) Fault(ImportReason.ParkMissing);
        else if (name is null) Fault(ImportReason.SpaceMissing);
        var says = new List<SpaceSaying>();
        void Say<T>(string field, T? value, Func<SpaceTerms, T, SpaceTerms> set) where T : struct
        {
            if (value is { } said) says.Add(new SpaceSaying(field, terms => set(terms, said)));
        }
        void Has<T>(string field, T? value, Func<Facilities, T, Facilities> set) where T : struct
            => Say(field, value, (terms, said) => terms with { Facilities = set(terms.Facilities, said) });
        void Text(string field, int length, Func<SpaceTerms, string, SpaceTerms> set)
        {
            if (Known(Line(cells, field, length)) is { } said) says.Add(new SpaceSaying(field, terms => set(terms, said)));
        }

        Say(ImportColumns.Area, Number(cells, ImportColumns.Area, 100_000_000m, least: 0.01m), (t, v) => t with { AreaM2 = v });
        Say(ImportColumns.AvailableFrom, Day(cells, ImportColumns.AvailableFrom), (t, v) => t with { AvailableFrom = v });
        Say(ImportColumns.AvailableUntil, Day(cells, ImportColumns.AvailableUntil), (t, v) => t with { AvailableUntil = v });
        Say(ImportColumns.Kind, Choice<SpaceKind>(cells, ImportColumns.Kind), (t, v) => t with { Kind = v });
        Text(ImportColumns.Building, 200, (t, v) => t with { Building = v });
        Text(ImportColumns.Floor, 32, (t, v) => t with { Floor = v });
        Say(ImportColumns.Rent, Number(cells, ImportColumns.Rent, 10_000), (t, v) => t with { Rent = v });
        Has("clearHeightM", Number(cells, "clearHeightM", 100, least: 0.01m), (f, v) => f with { ClearHeightM = v });
        Has("floorLoad", Number(cells, "floorLoad", 1000, least: 0.01m), (f, v) => f with { FloorLoad = v });
        Has("powerKva", Number(cells, "powerKva", 1_000_000), (f, v) => f with { PowerKva = v });
        Has("dualPower", There(cells, "dualPower"), (f, v) => f with { DualPower = v });
        Has("steamTph", Number(cells, "steamTph", 10_000), (f, v) => f with { SteamTph = v });
        Has("coldKw", Number(cells, "coldKw", 1_000_000), (f, v) => f with { ColdKw = v });
        Has("waterM3d", Number(cells, "waterM3d", 1_000_000), (f, v) => f with { WaterM3d = v });
        Has("wasteWaterM3d", Number(cells, "wasteWaterM3d", 1_000_000), (f, v) => f with { WasteWaterM3d = v });
        Has("wasteWater", Choice<WasteWaterClass>(cells, "wasteWater"), (f, v) => f with { WasteWater = v });
        Has("hazard", Choice<HazardClass>(cells, "hazard"), (f, v) => f with { Hazard = v });
        Has("biosafety", Level(cells), (f, v) => f with { Biosafety = v });
        Has("wetLab", There(cells, "wetLab"), (f, v) => f with { WetLab = v });
        Has("cleanRoom", Choice<CleanRoom>(cells, "cleanRoom"), (f, v) => f with { CleanRoom = v });
        Has("chemicalPark", There(cells, "chemicalPark"), (f, v) => f with { ChemicalPark = v });
        return new ImportDraft(null, name ?? "", "", null, null, null, null, null, null) { Space = new SpaceDraft(park ?? "", name ?? "", says) };
    }

    private decimal? Number(IReadOnlyList<string> cells, string field, decimal most, decimal least = 0)
    {
        if (Known(Line(cells, field, 200)) is not { } text) return null;
        if (No.Contains(SearchText.Normalise(text))) text = "0";
        if (!decimal.TryParse(text.Replace("，", ",", StringComparison.Ordinal), NumberStyles.Number, CultureInfo.InvariantCulture, out var number) || decimal.Round(number, 2) != number
            || number < least || number > most) Fault(ImportReason.NumberWrong, $"{Header(field)}: {text}");
        return number;
    }

    private DateOnly? Day(IReadOnlyList<string> cells, string field)
    {
        if (Known(Line(cells, field, 200)) is not { } text) return null;
        if (!Cell.TryDate(text, out var day)) Fault(ImportReason.DateUnreadable, text);
        else if (!day.IsPlausible()) Fault(ImportReason.DateImplausible, text);
        return day;
    }

    private bool? There(IReadOnlyList<string> cells, string field)
    {
        if (Known(Line(cells, field, 200)) is not { } text) return null;
        var word = SearchText.Normalise(text);
        if (!Yes.Contains(word) && !No.Contains(word)) Fault(ImportReason.ChoiceUnknown, $"{Header(field)}: {text}");
        return Yes.Contains(word);
    }

    // "丙类", "丙", "C" and "Class C (丙)" are the same.
    private T? Choice<T>(IReadOnlyList<string> cells, string field) where T : struct, Enum
    {
        if (Known(Line(cells, field, 200)) is not { } text) return null;
        var word = SearchText.Normalise(text);
        foreach (var value in Enum.GetValues<T>())
            if (Texts.Text.Entries[$"{typeof(T).Name}.{value}"].Append(value.ToString()).SelectMany(n => new[] { n, n.TrimEnd('类', '级').TrimEnd() }).Any(n => SearchText.Normalise(n) == word)) return value;
        Fault(ImportReason.ChoiceUnknown, $"{Header(field)}: {text}");
        return null;
    }

    private int? Level(IReadOnlyList<string> cells)
    {
        if (Known(Line(cells, "biosafety", 200)) is not { } text) return null;
        var word = SearchText.Normalise(text);
        if (No.Contains(word)) return 0;
        if (word.Length > 0 && word[^1] is >= '0' and <= '4' && word[..^1].TrimEnd('-') is "" or "bsl" or "p") return word[^1] - '0';
        Fault(ImportReason.ChoiceUnknown, $"{Header("biosafety")}: {text}");
        return null;
    }

    private static string? Known(string? text) => text is null || Unknown.Contains(SearchText.Normalise(text)) || Unknown.Contains(text) ? null : text;

    private string Header(string field) => _import.Columns[_columns[field]].Header;

    private static HashSet<string> Words(string words) => [.. words.Split(' ').SelectMany(w => new[] { w, SearchText.Normalise(w) }).Where(w => w.Length > 0)];
}
