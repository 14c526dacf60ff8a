using System.Text.RegularExpressions;
using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Domain.Searching;
using JinshanBio.Crm.Spreadsheets;
using JinshanBio.Crm.Texts;

namespace JinshanBio.Crm.Chain;

/// <summary>
/// Reads what a row says against the map as it is. An empty cell leaves what is known, 无 takes it away; only a row that says so takes something off the map.
/// </summary>
internal sealed partial class MapRowReader(Catalogue catalogue, MapState map)
{
    private static readonly HashSet<string> Remove = Fold("删除 撤下 移除 下图 remove delete retire"), Write = Fold("新增 添加 修改 变更 恢复 保留 add change edit update restore keep"),
        Yes = Fold("是 有 关键 y yes true 1 √ critical"), No = Fold("否 无 一般 非关键 n no false 0 normal"), Nothing = Fold("无 none 清空");
    private static readonly char[] BetweenItems = [';', '；', '\n'];

    private (MapRowFault Fault, string? Value)? _fault;

    /// <returns>Null with no fault when the map says the same already.</returns>
    public LinkRow? Link(IReadOnlyDictionary<string, string> cells, out (MapRowFault Fault, string? Value)? fault) => Guard(() => Link(cells), out fault);

    /// <param name="announced">Whether a name or code that is not on the map is one that the file itself puts there.</param>
    public EdgeRow? Edge(IReadOnlyDictionary<string, string> cells, Func<string, bool> announced, out (MapRowFault Fault, string? Value)? fault) => Guard(() => Edge(cells, announced), out fault);

    private T? Guard<T>(Func<T?> read, out (MapRowFault Fault, string? Value)? fault) where T : class
    {
        _fault = null;
        T? row = null;
        try { row = read(); }
        catch (Refusal refusal) { Fault(MapRowFault.Invalid, Text.Of(refusal)); }
        catch (ValidationException invalid) { Fault(MapRowFault.Invalid, string.Join(" ", invalid.Errors.Select(e => e.ErrorMessage).Distinct())); }
        fault = _fault;
        return _fault is null ? row : null;
    }

    private LinkRow? Link(IReadOnlyDictionary<string, string> cells)
    {
        var removes = Removes(cells);
        var code = cells.GetValueOrDefault(MapColumns.Code)?.ToUpperInvariant();
        var name = cells.GetValueOrDefault(MapColumns.NameZh);
        if (code is null && name is null) return Fault<LinkRow>(MapRowFault.NameMissing);
        if (code is not null && !CodeShape().IsMatch(code)) return Fault<LinkRow>(MapRowFault.CodeShape, code);
        code ??= map.FindLink(name!);
        var history = code is null ? null : map.Link(code);
        if (removes) return history is { IsOnMap: true } ? new LinkRow(MapAct.Removed, code, history.Version, null, []) : Fault<LinkRow>(MapRowFault.NotOnMap, code ?? name);

        var before = history?.Last?.Terms;
        var request = new AddLink
        {
            Code = code, Source = "--", Reason = "--", NameZh = name ?? before?.NameZh ?? "", NameEn = Or(cells, "nameEn", before?.NameEn),
            Field = Field(cells) ?? before?.Field ?? Fault<string>(MapRowFault.FieldMissing) ?? "", Tier = Tier(cells) ?? before?.Tier,
            AlsoFields = Items(cells, "alsoFields", before?.AlsoFields, FieldCode), Products = Items(cells, "products", before?.Products), Constraints = Items(cells, "constraints", before?.Constraints),
            IndustryCodes = Items(cells, "industryCodes", before?.IndustryCodes, IndustryCode), IsEnabling = YesOrNo(cells, "isEnabling") ?? before?.IsEnabling ?? false, Slot = Or(cells, "slot", before?.Slot),
        };
        if (request.Tier is null) Fault(MapRowFault.TierMissing);
        if (_fault is not null) return null;
        new AddLinkValidator().ValidateAndThrow(request);
        var terms = request.ToTerms(catalogue, before?.Evidence ?? []);
        var changes = TermChange.Between(before, terms);
        if (history is null or { Version: 0 }) return new LinkRow(MapAct.Added, code, 0, terms, changes);
        if (!history.IsOnMap) return new LinkRow(MapAct.Restored, code, history.Version, terms, changes);
        return changes.Count == 0 ? null : new LinkRow(MapAct.Changed, code, history.Version, terms, changes);
    }

    private EdgeRow? Edge(IReadOnlyDictionary<string, string> cells, Func<string, bool> announced)
    {
        var removes = Removes(cells);
        var (supplier, buyer) = (End(cells, MapColumns.Supplier, announced), End(cells, MapColumns.Buyer, announced));
        var kind = Choice<SupplyKind>(cells, MapColumns.Kind) ?? Fault<SupplyKind?>(MapRowFault.KindUnknown, cells.GetValueOrDefault(MapColumns.Kind)) ?? default;
        if (_fault is not null) return null;
        if (supplier == buyer) return Fault<EdgeRow>(MapRowFault.EdgeToItself);
        var history = map.Edge(new EdgeKey(supplier!, buyer!, kind));
        if (removes) return history.IsOnMap ? new EdgeRow(MapAct.Removed, history.Key, history.Version, null, []) : Fault<EdgeRow>(MapRowFault.NotOnMap);

        var before = history.Last?.Terms;
        var request = new AddEdge
        {
            Supplier = supplier!, Buyer = buyer!, Kind = kind, Source = "--", Reason = "--", SuppliesZh = cells.GetValueOrDefault("suppliesZh") ?? before?.SuppliesZh ?? Fault<string>(MapRowFault.ContentMissing) ?? "",
            SuppliesEn = Or(cells, "suppliesEn", before?.SuppliesEn), IsCritical = YesOrNo(cells, "isCritical") ?? before?.IsCritical ?? false, NeedPercent = Percent(cells, before?.NeedPercent), Phrase = Or(cells, "phrase", before?.Phrase),
        };
        if (_fault is not null) return null;
        new AddEdgeValidator().ValidateAndThrow(request);
        var terms = request.ToTerms();
        var changes = TermChange.Between(before, terms);
        if (history.Version == 0) return new EdgeRow(MapAct.Added, history.Key, 0, terms, changes);
        if (!history.IsOnMap) return new EdgeRow(MapAct.Restored, history.Key, history.Version, terms, changes);
        return changes.Count == 0 ? null : new EdgeRow(MapAct.Changed, history.Key, history.Version, terms, changes);
    }

    private bool Removes(IReadOnlyDictionary<string, string> cells)
    {
        if (!cells.TryGetValue(MapColumns.Action, out var said)) return false;
        var word = SearchText.Normalise(said);
        if (!Remove.Contains(word) && !Write.Contains(word)) Fault(MapRowFault.ActionUnknown, said);
        return Remove.Contains(word);
    }

    private string? End(IReadOnlyDictionary<string, string> cells, string column, Func<string, bool> announced)
        => !cells.TryGetValue(column, out var said) ? Fault<string>(MapRowFault.LinkUnknown) : map.FindLink(said) ?? (announced(said) ? said : Fault<string>(MapRowFault.LinkUnknown, said));

    private string? Field(IReadOnlyDictionary<string, string> cells) => cells.TryGetValue("field", out var said) ? FieldCode(said) : null;

    private string FieldCode(string said)
    {
        var word = SearchText.Normalise(said);
        return catalogue.Fields.FirstOrDefault(f => ((string[])[f.Code, f.NameZh, f.NameEn]).Any(n => SearchText.Normalise(n) == word))?.Code ?? Fault<string>(MapRowFault.FieldUnknown, said) ?? "";
    }

    private ChainTier? Tier(IReadOnlyDictionary<string, string> cells)
        => cells.TryGetValue("tier", out var said) ? Choice<ChainTier>(cells, "tier") ?? Fault<ChainTier?>(MapRowFault.TierUnknown, said) : null;

    // "7310 自然科学研究和试验发展" names the class as well.
    private string IndustryCode(string said)
    {
        var code = said.Split(' ', '　')[0];
        return LinkInput.IsIndustryClass(catalogue, code) ? code : Fault<string>(MapRowFault.IndustryUnknown, said) ?? "";
    }

    private decimal? Percent(IReadOnlyDictionary<string, string> cells, decimal? before)
    {
        if (!cells.TryGetValue("needPercent", out var said)) return before;
        if (Nothing.Contains(SearchText.Normalise(said))) return null;
        return Cell.TryPercent(said, out var percent) ? percent : Fault<decimal?>(MapRowFault.PercentUnreadable, said);
    }

    private bool? YesOrNo(IReadOnlyDictionary<string, string> cells, string column)
    {
        if (!cells.TryGetValue(column, out var said)) return null;
        var word = SearchText.Normalise(said);
        return Yes.Contains(word) || Yes.Contains(said) ? true : No.Contains(word) ? false : Fault<bool?>(MapRowFault.YesOrNo, said);
    }

    private static T? Choice<T>(IReadOnlyDictionary<string, string> cells, string column) where T : struct, Enum
    {
        var word = SearchText.Normalise(cells.GetValueOrDefault(column) ?? "");
        return Enum.GetValues<T>().Where(v => Text.Entries[$"{typeof(T).Name}.{v}"].Append(v.ToString()).Any(n => SearchText.Normalise(n) == word)).Cast<T?>().FirstOrDefault();
    }

    private static string? Or(IReadOnlyDictionary<string, string> cells, string column, string? before)
        => !cells.TryGetValue(column, out var said) ? before : Nothing.Contains(SearchText.Normalise(said)) ? null : said;

    private static List<string> Items(IReadOnlyDictionary<string, string> cells, string column, IReadOnlyList<string>? before, Func<string, string>? read = null)
    {
        if (!cells.TryGetValue(column, out var said)) return [.. before ?? []];
        return Nothing.Contains(SearchText.Normalise(said)) ? [] : [.. said.Split(BetweenItems, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(i => read?.Invoke(i) ?? i)];
    }

    private T? Fault<T>(MapRowFault fault, string? value = null)
    {
        Fault(fault, value);
        return default;
    }

    // The first one is told.
    private void Fault(MapRowFault fault, string? value = null) => _fault ??= (fault, value);

    private static HashSet<string> Fold(string words) => [.. words.Split(' ').SelectMany(w => new[] { w, SearchText.Normalise(w) }).Where(w => w.Length > 0)];

    [GeneratedRegex("^[A-Z][A-Z0-9]{1,7}-[0-9]{2,4}$", RegexOptions.None, 1000)]
    private static partial Regex CodeShape();
}
