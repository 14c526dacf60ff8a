using System.Collections.Frozen;
using System.Text.Json;
using JinshanBio.Crm.Domain.Searching;
using JinshanBio.Crm.Texts;

namespace JinshanBio.Crm.Chain;

/// <summary>提案的列: by which headings, of a table or of the fields of a JSON file, a proposal is read. The headings of the export are among them.</summary>
internal static class MapColumns
{
    public const string Action = "action", Source = "source", Reason = "reason", Code = "code", NameZh = "nameZh", Supplier = "supplier", Buyer = "buyer", Kind = "kind";

    public static readonly IReadOnlyList<string> OfLinks = [Code, "field", "alsoFields", "tier", NameZh, "nameEn", "products", "industryCodes", "constraints", "isEnabling", "slot", Source, Reason, Action];
    public static readonly IReadOnlyList<string> OfEdges = [Supplier, Buyer, Kind, "suppliesZh", "suppliesEn", "isCritical", "needPercent", "phrase", Source, Reason, Action];

    // Besides their own names and the headings of the export: what such tables and the reference files call them.
    private static readonly (string Column, string Words)[] Words =
    [
        (Action, "操作"), (Source, "出处 依据 source"), (Reason, "原因 说明 备注 note"),
        (Code, "环节代码 编码 编号"), ("field", "重点领域 所属领域"), ("alsoFields", "另属领域 field_codes_also"), ("tier", "上中下游 环节层级"), (NameZh, "环节 环节名称 中文名 中文名称 name name_zh"),
        ("nameEn", "英文名称 name_en"), ("products", "代表产品 主要产品 typical_products_zh"), ("industryCodes", "国民经济行业代码 行业分类 gb4754_2017"), ("constraints", "typical_constraints_zh"),
        ("isEnabling", "共性 enabling"), ("slot", "布局 layout_slot"),
        (Supplier, "供方 供应方 供应环节代码 from"), (Buyer, "需方 采购方 采购环节代码 to"), (Kind, "供应类别 类型"), ("suppliesZh", "供应内容 supplies supplies_zh"), ("suppliesEn", "supplies_en"),
        ("isCritical", "是否关键 criticality"), ("needPercent", "占比 占采购方产出"), ("phrase", "原文 seed_phrase"),
    ];

    private static readonly FrozenDictionary<string, string> Links = Known(OfLinks), Edges = Known(OfEdges);

    /// <summary>Whether a word is the heading of any column: a list of one column has no other mark.</summary>
    public static bool IsHeading(string text) => Links.ContainsKey(SearchText.Normalise(text)) || Edges.ContainsKey(SearchText.Normalise(text));

    /// <summary>Two ends make an edge, a code or a name a link; null for a table that is neither.</summary>
    /// <returns>Of each heading its column, null where it has none.</returns>
    public static (bool IsEdge, IReadOnlyList<string?> Columns)? Recognise(IReadOnlyList<string> headings)
    {
        var edge = Columns(headings, Edges);
        if (edge.Contains(Supplier) && edge.Contains(Buyer) && edge.Contains(Kind)) return (true, edge);
        var link = Columns(headings, Links);
        return link.Contains(Code) || link.Contains(NameZh) ? (false, link) : null;
    }

    // The first of two equal columns counts.
    private static List<string?> Columns(IReadOnlyList<string> headings, FrozenDictionary<string, string> known)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        return [.. headings.Select(h => known.TryGetValue(SearchText.Normalise(h), out var column) && taken.Add(column) ? column : null)];
    }

    private static FrozenDictionary<string, string> Known(IReadOnlyList<string> columns)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var column in columns)
            foreach (var word in (IEnumerable<string>)[column, .. Text.Entries["export.column.map." + column], .. Words.Where(w => w.Column == column).SelectMany(w => w.Words.Split(' '))])
                known.TryAdd(SearchText.Normalise(word), column);
        return known.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>A JSON file as tables: lists of objects named links and edges, or one list. Nested lists become the items of a cell.</summary>
    public static IEnumerable<(string Name, IReadOnlyList<string> Headings, IReadOnlyList<IReadOnlyList<string>> Rows)> Tables(JsonElement root)
    {
        var lists = root.ValueKind == JsonValueKind.Array ? [("", root)] : root.ValueKind == JsonValueKind.Object
            ? root.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.Array).Select(p => (p.Name, p.Value)) : [];
        foreach (var (name, list) in lists)
        {
            var objects = list.EnumerateArray().Where(o => o.ValueKind == JsonValueKind.Object).ToList();
            List<string> headings = [.. objects.SelectMany(o => o.EnumerateObject().Select(p => p.Name)).Distinct(StringComparer.Ordinal)];
            if (headings.Count > 0) yield return (name, headings, [.. objects.Select(o => (IReadOnlyList<string>)[.. headings.Select(h => o.TryGetProperty(h, out var value) ? Say(value) : "")])]);
        }
    }

    private static string Say(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.Array => string.Join("; ", value.EnumerateArray().Select(Say)),
        JsonValueKind.Object => value.TryGetProperty("code", out var code) ? Say(code) : value.ToString(),
        _ => value.ToString().Trim(),
    };
}
