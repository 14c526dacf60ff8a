using System.Text.RegularExpressions;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Domain.Searching;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Spreadsheets;
using JinshanBio.Crm.Texts;

namespace JinshanBio.Crm.Imports;

/// <summary>Reads the cells of a row by the columns of its import; the first fault is the reason why a row is refused.</summary>
internal sealed partial class ImportReader
{
    private const decimal MostMoney = 1_000_000_000_000m;
    private const int MostLinks = 20;

    private static readonly (LeadSource Source, string[] Names)[] Sources =
    [
        (LeadSource.Tenant, ["以商招商"]),
        (LeadSource.Fund, ["基金招商", "基金"]),
        (LeadSource.Broker, ["中介/券商", "中介", "券商", "中介招商"]),
        (LeadSource.Outpost, ["驻外招商点", "驻外招商", "驻外"]),
        (LeadSource.Event, ["展会论坛", "展会", "论坛", "会展", "活动"]),
        (LeadSource.Academia, ["院所高校", "高校院所", "高校", "院所"]),
        (LeadSource.Superior, ["上级转办", "上级交办", "上级"]),
        (LeadSource.Visit, ["主动拜访", "拜访", "走访"]),
        (LeadSource.Expansion, ["老客户增资", "增资", "增资扩产"]),
        (LeadSource.Platform, ["平台推荐", "平台"]),
    ];

    private readonly Import _import;
    private readonly Catalogue _catalogue;
    private readonly Dictionary<string, int> _columns;
    private readonly string? _missing;
    private readonly decimal _moneyUnit = 1;
    private readonly Dictionary<string, LeadSource> _sources = new(StringComparer.Ordinal);
    private readonly ILookup<string, ChainLink> _links;
    private (string Reason, string? Value)? _fault;

    public ImportReader(Import import, Catalogue catalogue)
    {
        (_import, _catalogue) = (import, catalogue);
        _columns = import.Columns.Index().Where(c => c.Item.Field is not null).ToDictionary(c => c.Item.Field!, c => c.Index, StringComparer.Ordinal);
        var missing = ImportColumns.MissingIn(import.Kind, import.Columns);
        _missing = missing.Count == 0 ? null : string.Join(',', missing);
        if (_columns.TryGetValue(ImportColumns.ExpectedInvestment, out var money) && Cell.TryUnit(import.Columns[money].Header, out var unit)) _moneyUnit = unit;
        foreach (var (source, names) in Sources)
        {
            var shown = Text.Entries.TryGetValue($"{nameof(LeadSource)}.{source}", out var both) ? both : [];
            foreach (var name in (IEnumerable<string>)[source.ToString(), .. names, .. shown]) _sources.TryAdd(SearchText.Normalise(name), source);
        }
        _links = catalogue.Links.SelectMany(link => ((string[])[link.Code, link.NameZh, link.NameEn]).Select(name => (Name: SearchText.Normalise(name), link)))
            .ToLookup(l => l.Name, l => l.link, StringComparer.Ordinal);
    }

    /// <summary>Null when the row is to be refused for the reason given.</summary>
    public ImportDraft? Read(IReadOnlyList<string> cells, out (string Reason, string? Value)? fault)
    {
        _fault = null;
        ImportDraft? draft = null;
        try
        {
            draft = Read(cells);
        }
        catch (Exception e) when (e is RegexMatchTimeoutException or ArgumentException)
        {
            // A text made to trip the rules about names must not stop the rows after it.
            Fault(ImportReason.Unreadable);
        }
        fault = _fault;
        return _fault is null ? draft : null;
    }

    private ImportDraft Read(IReadOnlyList<string> cells)
    {
        if (_missing is not null) Fault(ImportReason.ColumnMissing, _missing);
        // Only a separator inside a cell without quotation marks shifts the cells behind it; in a workbook it is a remark at the side.
        else if (_import.Format == "csv" && cells.Count > _import.Columns.Count) Fault(ImportReason.TooManyCells);
        if (_import.Kind == ImportKind.Spaces) return SpaceRow(cells);
        var (key, name) = (Key(Line(cells, ImportColumns.KeyOf(_import.Kind), 200)), Line(cells, ImportColumns.Name, 200));
        if (name is null && key is null) Fault(ImportReason.NameMissing);
        else if (name?.Any(char.IsLetterOrDigit) == false) Fault(ImportReason.NameNeedsLetters, name);
        var draft = new ImportDraft(key, name ?? "", "", Code(Line(cells, ImportColumns.CreditCode, 200)), Line(cells, ImportColumns.Address, 500),
            Line(cells, ImportColumns.Kind, 200), Country(Line(cells, ImportColumns.Country, 200)), null, null)
        { IndustryCode = Industry(Line(cells, ImportColumns.IndustryCode, 200)), Scope = Lines(cells, ImportColumns.Scope, IndustryClass.ScopeLength) };
        if (_import.Kind == ImportKind.Leads) draft = draft with { Lead = Lead(cells, key is null), NextFollowUp = NextFollowUp(Line(cells, ImportColumns.NextFollowUp, 200)) };
        if (_fault is not null || draft.Name.Length == 0) return draft;
        draft = draft with { CoreName = EnterpriseName.Core(draft.Name) };
        // Compatible forms can be longer than what they stand for.
        if (draft.CoreName.Length > 200) Fault(ImportReason.TooLong, _import.Columns[_columns[ImportColumns.Name]].Header);
        return draft;
    }

    // What is no number of ours comes from another system and finds nothing here.
    private string? Key(string? text)
    {
        if (text is null) return null;
        if (_import.Kind == ImportKind.Leads) return OurNumber().IsMatch(text) ? text.ToUpperInvariant() : null;
        return Guid.TryParse(text, out var id) ? id.ToString() : null;
    }

    private LeadDraft Lead(IReadOnlyList<string> cells, bool isNew)
    {
        var field = Field(Line(cells, ImportColumns.Field, 200), isNew);
        var links = Links(Many(cells, ImportColumns.Links), field);
        var source = Source(Line(cells, ImportColumns.Source, 200), isNew);
        var investment = Money(Line(cells, ImportColumns.ExpectedInvestment, 200));
        return new LeadDraft(field, links, source, investment, Line(cells, ImportColumns.CodeName, 50), Lines(cells, ImportColumns.Note, 4000));
    }

    private string? Code(string? text)
    {
        if (Domain.Enterprises.CreditCode.Normalise(text) is not { } code) return null;
        if (Domain.Enterprises.CreditCode.Check(code) is not { } wrong) return code;
        if (Domain.Enterprises.CreditCode.Suggest(code) is { } meant) return Fault(ImportReason.CodeMeant, meant);
        return Fault(wrong switch
        {
            CreditCodeFault.Length => ImportReason.CodeLength,
            CreditCodeFault.Alphabet => ImportReason.CodeAlphabet,
            _ => ImportReason.CodeCheckDigit,
        }, code);
    }

    private string? Country(string? text)
        => text is null ? null : Countries.Find(text) ?? Fault(ImportReason.CountryUnknown, text);

    // "2761", "C2761", "C2761 生物药品制造" or the name alone. A column that speaks of something else says nothing, and stops no row.
    private string? Industry(string? text)
    {
        if (text is null) return null;
        if (IndustryClass.Normalise(text) is { } code) return code;
        var begin = SearchText.Normalise(text);
        var digits = string.Concat(begin.SkipWhile(c => c is >= 'a' and <= 't').TakeWhile(char.IsAsciiDigit));
        if (begin.Length > 0 && IndustryClass.Normalise(digits) is { } begun && begin.IndexOf(digits, StringComparison.Ordinal) <= 1) return begun;
        return _catalogue.Industries.FirstOrDefault(i => SearchText.Normalise(i.NameZh) == begin)?.Code;
    }

    // 生物农业 means 生物农业及健康食品; 生物 alone could be any of them.
    private string? Field(string? text, bool needed)
    {
        if (text is null) return needed ? Fault(ImportReason.FieldMissing) : null;
        var name = SearchText.Normalise(text);
        foreach (var ending in (string[])["", "领域", "产业"])
        {
            if (!name.EndsWith(ending, StringComparison.Ordinal)) continue;
            var wanted = name[..^ending.Length];
            var exact = _catalogue.Fields.FirstOrDefault(f => Names(f).Contains(wanted));
            if (exact is not null) return exact.Code;
            var begun = wanted.Length == 0 ? [] : _catalogue.Fields.Where(f => Names(f).Any(n => n.StartsWith(wanted, StringComparison.Ordinal))).ToList();
            if (begun.Count == 1) return begun[0].Code;
        }
        return Fault(ImportReason.FieldUnknown, text);
    }

    private static string[] Names(Named field) => [SearchText.Normalise(field.Code), SearchText.Normalise(field.NameZh), SearchText.Normalise(field.NameEn)];

    // A name may contain what separates names (助剂、乳酸/丙交酯), so the longest run of parts that is a name counts as one.
    private List<string> Links(IReadOnlyList<string> parts, string? field)
    {
        var codes = new List<string>();
        for (var i = 0; i < parts.Count;)
        {
            var (code, length) = LongestLink(parts, i, field);
            if (code is null)
            {
                Fault(ImportReason.LinkUnknown, parts[i]);
                return codes;
            }
            if (!codes.Contains(code)) codes.Add(code);
            i += length;
        }
        if (codes.Count > MostLinks) Fault(ImportReason.TooManyLinks);
        return codes;
    }

    private (string? Code, int Length) LongestLink(IReadOnlyList<string> parts, int from, string? field)
    {
        for (var length = Math.Min(6, parts.Count - from); length > 0; length--)
        {
            var found = _links[SearchText.Normalise(string.Concat(parts.Skip(from).Take(length)))].ToList();
            if (found.Count > 0) return ((found.Find(l => l.Field == field) ?? found[0]).Code, length);
        }
        return (null, 0);
    }

    private LeadSource? Source(string? text, bool needed)
    {
        if (text is null && !needed) return null;
        if (text is null) Fault(ImportReason.SourceMissing);
        else if (_sources.TryGetValue(SearchText.Normalise(text), out var source)) return source;
        else Fault(ImportReason.SourceUnknown, text);
        return null;
    }

    private decimal? Money(string? text)
    {
        if (text is null) return null;
        if (!Cell.TryMoney(text, _moneyUnit, out var yuan)) Fault(ImportReason.MoneyUnreadable, text);
        else if (yuan is < 0 or > MostMoney) Fault(ImportReason.MoneyRange, text);
        return decimal.Round(yuan, 2);
    }

    private DateTime? NextFollowUp(string? text)
    {
        if (text is null) return null;
        if (!Cell.TryDate(text, out var day)) Fault(ImportReason.DateUnreadable, text);
        else if (!day.IsPlausible()) Fault(ImportReason.DateImplausible, text);
        else return day.ToDateTime(TimeOnly.MinValue).ToUtc();
        return null;
    }

    private IReadOnlyList<string> Many(IReadOnlyList<string> cells, string field)
        => Lines(cells, field, 4000) is { } text ? Cell.Many(text) : [];

    /// <summary>A line break inside the cell of a workbook is only its layout.</summary>
    private string? Line(IReadOnlyList<string> cells, string field, int length)
        => Cleaned(cells, field, length, cell => string.Join(' ', cell.Split(['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)));

    private string? Lines(IReadOnlyList<string> cells, string field, int length) => Cleaned(cells, field, length, cell => cell);

    private string? Cleaned(IReadOnlyList<string> cells, string field, int length, Func<string, string> lay)
    {
        if (!_columns.TryGetValue(field, out var column) || column >= cells.Count) return null;
        var text = lay(cells[column]).Trim();
        if (text.Length == 0) return null;
        var header = _import.Columns[column].Header;
        if (text.Length > length) Fault(ImportReason.TooLong, header);
        else if (text.Any(c => char.IsControl(c) && c is not ('\r' or '\n' or '\t'))) Fault(ImportReason.ControlCharacters, header);
        else if (IsBroken(text)) Fault(ImportReason.Undecodable, header);
        return text;
    }

    private static bool IsBroken(string text) => text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0
        ? text.Contains('\uFFFD')
        : text.EnumerateRunes().Any(rune => rune == System.Text.Rune.ReplacementChar);

    [GeneratedRegex(@"^XS-\d{4}-\d{5,9}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex OurNumber();

    private string? Fault(string reason, string? value = null)
    {
        // Rune by rune, so that neither the cut nor the file leaves half a character, which a database refuses.
        _fault ??= (reason, value is null ? null : string.Concat(value.EnumerateRunes().Take(100)));
        return null;
    }
}
