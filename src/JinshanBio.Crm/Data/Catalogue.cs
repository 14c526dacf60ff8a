using System.Collections.Frozen;
using System.Text.Json;
using JinshanBio.Crm.Domain.Agreements;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Domain.Commitments;
using JinshanBio.Crm.Domain.FirstTalks;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Services;
using JinshanBio.Crm.Domain.Stages;
using JinshanBio.Crm.Domain.Tenants;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Texts;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Data;

/// <summary>A reference record that has a name in both languages.</summary>
public sealed record Named(string Code, string NameZh, string NameEn)
{
    public string Name => Texts.Text.Pick(NameZh, NameEn);
}

/// <summary>产业链环节 with the field it belongs to, as it is on the map now.</summary>
public sealed record ChainLink(string Code, string Field, ChainTier Tier, string NameZh, string NameEn)
{
    public string Name => Texts.Text.Pick(NameZh, NameEn);
}

/// <summary>行业小类 of GB/T 4754-2017 with the links it suggests; the standard has no English names.</summary>
public sealed record IndustryName(string Code, string NameZh, IReadOnlyList<string> Links);

/// <summary>支持措施 of one kind, and how much fair-competition review it needs.</summary>
public sealed record MeasureKind(string Code, string NameZh, string NameEn, MeasureWay Way)
{
    public string Name => Text.Pick(NameZh, NameEn);
}

/// <summary>评审参数: how long departments have for an opinion, which are asked unless said otherwise, and when the head hears of a late one.</summary>
/// <param name="OpinionWorkdays">Workdays from the day on which they are asked.</param>
/// <param name="EscalateWorkdays">Workdays after the due day.</param>
/// <param name="Departments">Codes.</param>
public sealed record ReviewParameters(int OpinionWorkdays, int EscalateWorkdays, IReadOnlyList<string> Departments);

/// <summary>The reference data the program reasons with, held in memory: a few hundred small records.</summary>
public sealed class Catalogue
{
    public required IReadOnlyList<Named> Fields { get; init; }
    public required IReadOnlyList<ChainLink> Links { get; init; }

    /// <summary>Links that were taken off the map, as they last were: old records and reports still name them.</summary>
    public IReadOnlyList<ChainLink> LinksTakenOff { get; init; } = [];

    /// <summary>The stages with their gates and the project form, as they are in force.</summary>
    public required StageTable Stages { get; init; }

    /// <summary>The same as shipped, before the district's own rules.</summary>
    public required StageTable ShippedStages { get; init; }
    public required Gates Gates { get; init; }
    public required IReadOnlyDictionary<ProjectStatus, SideState> SideStates { get; init; }
    public required IReadOnlyDictionary<string, FrozenSet<Permission>> Roles { get; init; }
    public required Workdays Workdays { get; init; }

    /// <summary>责任单位: the departments, which are the units that hold rights of first talk.</summary>
    public required IReadOnlyList<Named> Units { get; init; }

    /// <summary>How many other links each link supplies.</summary>
    public required IReadOnlyDictionary<string, int> Supplies { get; init; }
    public required IReadOnlyDictionary<string, int> FieldOrder { get; init; }
    public required ScoreWeights LeadScore { get; init; }

    /// <summary>The terms under which a first talk is registered now.</summary>
    public required FirstTalkTerms FirstTalk { get; init; }

    /// <summary>支持措施 that an agreement may promise.</summary>
    public required IReadOnlyList<MeasureKind> Measures { get; init; }
    public required ReviewParameters Review { get; init; }

    public IReadOnlyDictionary<string, MeasureWay> MeasureWays => Measures.ToDictionary(m => m.Code, m => m.Way, StringComparer.Ordinal);

    public string MeasureName(string code) => Measures.FirstOrDefault(m => m.Code == code)?.Name ?? code;
    /// <summary>When promises are warned of, and when the own history is enough.</summary>
    public required CommitmentParameters Commitments { get; init; }
    /// <summary>服务清单: the steps that a signed company usually needs, in their order.</summary>
    public required IReadOnlyList<ServiceStep> ServiceSteps { get; init; }
    public required ServiceTerms Service { get; init; }

    /// <summary>匹配权重 and 供应关系, by which spaces are judged for a project.</summary>
    public required FitWeights Fit { get; init; }
    public required SupplyGraph Chain { get; init; }

    /// <summary>国民经济行业分类: the classes that the chain knows, with the links that they suggest.</summary>
    public required IReadOnlyList<IndustryName> Industries { get; init; }

    /// <summary>缺口参数 as they are in force.</summary>
    public required CoverageWeights Coverage { get; init; }

    /// <summary>落位参数 as they are in force.</summary>
    public required PlaceTerms Places { get; init; }

    /// <summary>毕业条件, none as shipped.</summary>
    public required GraduationRules Graduation { get; init; }

    public Named? Field(string code) => Fields.FirstOrDefault(f => f.Code == code);

    /// <summary>"2761 生物药品制造", or the code alone where the reference data has no name.</summary>
    public string? IndustryName(string? code) => Industries.FirstOrDefault(i => i.Code == code) is { } known ? $"{known.Code} {known.NameZh}" : code;

    public string FieldName(string code) => Field(code)?.Name ?? code;

    /// <summary>Place of the field in the policy, from 1; 0 for what serves every field.</summary>
    public int FieldPriority(string code) => FieldOrder.GetValueOrDefault(code, Fields.Count);

    public string UnitName(string? code) => Units.FirstOrDefault(u => u.Code == code)?.Name ?? code ?? "";

    /// <summary>Also of a link that is off the map by now.</summary>
    public string LinkName(string code) => (Links.FirstOrDefault(l => l.Code == code) ?? LinksTakenOff.FirstOrDefault(l => l.Code == code))?.Name ?? code;

    /// <summary>By which a node tells that another has changed something.</summary>
    public string Stamp { get; init; } = "";

    public bool IsOnMap(string code) => Links.Any(l => l.Code == code);

    public string StageName(string code) => Stages.Find(code) is { } stage ? Texts.Text.Pick(stage.NameZh, stage.NameEn) : code;

    /// <summary>Name of something that a gate asks for: a piece of evidence, else a field of the project form.</summary>
    public string GateName(string key) => Stages.All.SelectMany(s => s.Evidence).FirstOrDefault(n => n.Key == key) is { } need ? Texts.Text.Pick(need.NameZh, need.NameEn)
        : Stages.Form.Find(key) is { } field ? Texts.Text.Pick(field.NameZh, field.NameEn) : key;

    public const string LeadScoreCode = "lead-score", GatesCode = "gates", ReviewCode = "review", CommitmentsCode = "commitments",
        ServiceCode = "service", FitCode = "fit", PlacesCode = "places", GraduationCode = "graduation", CoverageCode = "coverage";

    public static async Task<Catalogue> LoadAsync(CrmDb db, CancellationToken cancel)
    {
        // Before what it stands for: a change that comes between is found by the next comparison.
        var stamp = await CatalogueWatch.StampAsync(db, cancel);
        var records = (await db.ReferenceRecords.AsNoTracking().ToListAsync(cancel)).OrderBy(r => r.Order).ThenBy(r => r.Code, StringComparer.Ordinal)
            .ToLookup(r => r.Set, r => JsonDocument.Parse(r.Data).RootElement, StringComparer.Ordinal);
        var shipped = new StageTable(records["stages"].Select(ReadStage), FormReader.Form(records["form"], records["industries"]));
        var links = await db.LinkEditions.AsNoTracking().Where(l => l.To == ChainMap.Open).ToListAsync(cancel);
        var takenOff = await db.LinkEditions.AsNoTracking().Where(l => l.EndSource != null && !db.LinkEditions.Any(o => o.Code == l.Code && o.To == ChainMap.Open)).ToListAsync(cancel);
        var onMap = links.Select(l => l.Code).ToHashSet(StringComparer.Ordinal);
        var edges = (await db.EdgeEditions.AsNoTracking().Where(e => e.To == ChainMap.Open).Select(e => new SupplyEdge(e.Supplier, e.Buyer)).Distinct().ToListAsync(cancel))
            .Where(e => onMap.Contains(e.From) && onMap.Contains(e.To)).ToList();
        var fieldOrder = records["fields"].ToDictionary(r => Str(r, "code"), r => r.GetProperty("order").GetInt32(), StringComparer.Ordinal);
        var gates = FormReader.Gates(records["parameters"].Single(r => Str(r, "code") == GatesCode));
        return new Catalogue
        {
            Stamp = stamp,
            // The four fields of the policy in their order, then what they share (order 0).
            Fields = [.. records["fields"].OrderBy(r => r.GetProperty("order").GetInt32() == 0).Select(r => new Named(Str(r, "code"), Str(r, "name_zh"), Str(r, "name_en")))],
            Links = [.. links.OrderBy(l => fieldOrder.GetValueOrDefault(l.Field)).ThenBy(l => l.Code, StringComparer.Ordinal).Select(l => new ChainLink(l.Code, l.Field, l.Tier, l.NameZh, l.NameEn))],
            Industries = [.. records["industries"].Select(r => new IndustryName(Str(r, "code"), Str(r, "name_zh"),
                r.TryGetProperty("suggested_links", out var suggested) ? [.. suggested.EnumerateArray().Select(l => l.GetString()!)] : []))],
            LinksTakenOff = [.. takenOff.GroupBy(l => l.Code).Select(g => g.MaxBy(l => l.To)!).OrderBy(l => l.Code, StringComparer.Ordinal).Select(l => new ChainLink(l.Code, l.Field, l.Tier, l.NameZh, l.NameEn))],
            ShippedStages = shipped,
            Gates = gates,
            Stages = FormReader.InForce(gates, shipped),
            SideStates = records["statuses"].Select(FormReader.SideState).Append(SideState.None(ProjectStatus.Active)).ToDictionary(s => s.Status),
            Roles = records["roles"].ToDictionary(r => Str(r, "code"), r => r.GetProperty("permissions").EnumerateArray()
                .Select(p => Enum.Parse<Permission>(p.GetString()!)).ToFrozenSet(), StringComparer.Ordinal),
            Workdays = ReadWorkdays(records["workdays"]),
            Units = [.. records["departments"].Select(r => new Named(Str(r, "code"), Str(r, "name_zh"), Str(r, "name_en")))],
            FieldOrder = fieldOrder,
            Supplies = links.ToDictionary(l => l.Code, l => edges.Count(e => e.From == l.Code), StringComparer.Ordinal),
            LeadScore = records["parameters"].Single(r => Str(r, "code") == LeadScoreCode).Deserialize<ScoreWeights>(JsonSerializerOptions.Web)!,
            Measures = [.. records["measures"].Select(r => new MeasureKind(Str(r, "code"), Str(r, "name_zh"), Str(r, "name_en"), ReadWay(Str(r, "fair_competition_review"))))],
            Review = records["parameters"].Single(r => Str(r, "code") == ReviewCode).Deserialize<ReviewParameters>(JsonSerializerOptions.Web)!,
            Commitments = records["parameters"].Single(r => Str(r, "code") == CommitmentsCode).Deserialize<CommitmentParameters>(JsonSerializerOptions.Web)!,
            ServiceSteps = [.. records["serviceSteps"].Select(ReadStep)],
            Service = records["parameters"].Single(r => Str(r, "code") == ServiceCode).Deserialize<ServiceTerms>(JsonSerializerOptions.Web)!,
            Fit = records["parameters"].Single(r => Str(r, "code") == FitCode).Deserialize<FitWeights>(JsonSerializerOptions.Web)!,
            Chain = new SupplyGraph(edges),
            Coverage = records["parameters"].Single(r => Str(r, "code") == CoverageCode).Deserialize<CoverageWeights>(JsonSerializerOptions.Web)!,
            Places = records["parameters"].Single(r => Str(r, "code") == PlacesCode).Deserialize<PlaceTerms>(JsonSerializerOptions.Web)!,
            Graduation = records["parameters"].Single(r => Str(r, "code") == GraduationCode).Deserialize<GraduationRules>(Tenants.GraduationJson.Options)!,
            FirstTalk = ReadTerms(records["rules"].Single(r => Str(r, "code") == "first_talk").GetProperty("defaults")),
        };
    }

    private static MeasureWay ReadWay(string review) => review switch
    {
        "low" => MeasureWay.Low,
        "medium" => MeasureWay.Medium,
        "statutory only" => MeasureWay.StatutoryOnly,
        _ => MeasureWay.High,
    };

    private static Stage ReadStage(JsonElement r) => new(
        Str(r, "code"), r.GetProperty("order").GetInt32(), Str(r, "name_zh"), Str(r, "name_en"),
        r.GetProperty("p_reach_production_default").GetDecimal(),
        r.GetProperty("stall_alert_days") is { ValueKind: JsonValueKind.Number } days ? days.GetInt32() : null,
        r.GetProperty("tracks").EnumerateArray().Select(t => Enum.Parse<Track>(t.GetString()!, ignoreCase: true)).ToFrozenSet(),
        r.TryGetProperty("entry_evidence", out var evidence) ? [.. evidence.EnumerateArray().Select(ReadEvidence)] : [])
    { RoleZh = Text(r, "responsible_role_zh") ?? "", RoleEn = Text(r, "responsible_role_en") ?? "", TypicalDays = r.GetProperty("typical_duration_days") is { ValueKind: JsonValueKind.Number } typical ? typical.GetInt32() : null };

    private static EvidenceNeed ReadEvidence(JsonElement e) => new(
        Str(e, "key"), Str(e, "name_zh"), Str(e, "name_en"), Str(e, "type"), e.GetProperty("required").GetBoolean(),
        e.TryGetProperty("options", out var options) ? [.. options.EnumerateArray().Select(o => o.GetString()!)] : [])
    { LawZh = Text(e, "law_zh"), LawEn = Text(e, "law_en") };

    private static ServiceStep ReadStep(JsonElement r) => new(Str(r, "code"), Str(r, "name_zh"), Str(r, "name_en"), Enum.Parse<ServicePhase>(Str(r, "phase")),
        r.GetProperty("tracks").EnumerateArray().Select(t => Enum.Parse<Track>(t.GetString()!, ignoreCase: true)).ToFrozenSet(),
        Str(r, "after"), r.GetProperty("due_days").GetInt32(), r.GetProperty("by_park").GetBoolean(), r.GetProperty("unit").GetString());

    private static FirstTalkTerms ReadTerms(JsonElement r) => new(
        r.GetProperty("protect_days").GetInt32(), r.GetProperty("extend_days").GetInt32(), r.GetProperty("max_extensions").GetInt32(),
        r.GetProperty("heartbeat_days").GetInt32(), r.GetProperty("stale_release_notice_days").GetInt32());

    private static Workdays ReadWorkdays(IEnumerable<JsonElement> years)
    {
        var exceptions = new Dictionary<DateOnly, bool>();
        var known = new HashSet<int>();
        foreach (var year in years)
        {
            known.Add(int.Parse(Str(year, "code"), System.Globalization.CultureInfo.InvariantCulture));
            foreach (var day in Days(year, "holidays")) exceptions[day] = false;
            foreach (var day in Days(year, "workdays")) exceptions[day] = true;
        }
        return new Workdays(exceptions, known);
    }

    /// <summary>A holiday carries its name, a make-up workday is the day alone.</summary>
    private static IEnumerable<DateOnly> Days(JsonElement year, string name) => year.TryGetProperty(name, out var days)
        ? days.EnumerateArray().Select(d => DateOnly.ParseExact(
            d.ValueKind == JsonValueKind.String ? d.GetString()! : Str(d, "date"), "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)) : [];

    private static string Str(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var text) ? text.GetString() : null;
}

/// <summary>Holds the catalogue that is in force; replaced as a whole when reference data changes.</summary>
public sealed class CatalogueSlot
{
    private Catalogue? _current;

    /// <summary>Null before the start is complete.</summary>
    public Catalogue? Loaded => _current;

    public Catalogue Current => _current ?? throw new InvalidOperationException("The reference data has not been loaded yet.");

    public void Replace(Catalogue catalogue) => _current = catalogue;
}
