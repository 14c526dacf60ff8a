using System.Text.Json;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Reports;

/// <summary>量化目标: what the documents say in numbers about a region, each with the words it comes from.</summary>
[Needs(Permission.ReportsRead)]
public sealed record ListTargets : IRequest<IReadOnlyList<Target>>
{
    public string Scope { get; set; } = District;

    /// <summary>金山区, as the documents name it.</summary>
    public const string District = "金山区";
}

/// <param name="Metric">产业规模 and 制造业产值 are two measures that are never mixed.</param>
/// <param name="Operator">How the document puts it: "&gt;", "&gt;=", "~" or "=".</param>
/// <param name="Unit">As in the document, such as 亿元.</param>
/// <param name="Phrase">The words of the document.</param>
public sealed record Target(string Code, int Year, string MetricZh, string MetricEn, string Operator, decimal Value, string Unit, string Phrase)
{
    public string Metric => Text.Pick(MetricZh, MetricEn);
}

internal sealed class ListTargetsHandler(CrmDb db) : IRequestHandler<ListTargets, IReadOnlyList<Target>>
{
    public async Task<IReadOnlyList<Target>> Handle(ListTargets request, CancellationToken cancellationToken)
    {
        var records = await db.ReferenceRecords.AsNoTracking().Where(r => r.Set == "targets").OrderBy(r => r.Code).Select(r => r.Data).ToListAsync(cancellationToken);
        return [.. records.Select(data => JsonDocument.Parse(data).RootElement)
            .Where(r => Str(r, "scope") == request.Scope && r.GetProperty("year").ValueKind == JsonValueKind.Number && Str(r, "status") == "target")
            .Select(r => new Target(Str(r, "code"), r.GetProperty("year").GetInt32(), Str(r, "metric_zh"), Str(r, "metric_en"), Str(r, "operator"),
                r.GetProperty("value").GetDecimal(), Str(r, "unit"), Str(r, "seed_phrase")))];
    }

    private static string Str(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";
}
