using System.Globalization;
using System.Text.Json;

namespace JinshanBio.Crm.Web.Tests;

/// <summary>Records that a test needs before it can begin, made through the API.</summary>
internal static class Samples
{
    private static int _count;

    /// <summary>A name that no other test uses.</summary>
    public static string Name(string what = "样本")
        => $"{what}{Interlocked.Increment(ref _count).ToString(CultureInfo.InvariantCulture)}号{Guid.NewGuid().ToString("N")[..6]}生物有限公司";

    /// <summary>What a client sends to capture a lead, with some members replaced or added.</summary>
    public static Dictionary<string, object?> LeadBody(params (string Name, object? Value)[] changes)
    {
        var body = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["enterprise"] = new { name = Name() },
            ["field"] = "MED",
            ["links"] = new[] { "MED-07" },
            ["source"] = "visit",
            ["expectedInvestment"] = 52_000_000.50m,
        };
        foreach (var (name, value) in changes) body[name] = value;
        return body;
    }

    public static Task<JsonElement> LeadAsync(this HttpClient client, params (string Name, object? Value)[] changes)
        => client.Post("/api/v1/leads", LeadBody(changes)).Answers(201);

    /// <summary>What a client sends to change that lead.</summary>
    public static Dictionary<string, object?> LeadChange(params (string Name, object? Value)[] changes)
    {
        var body = LeadBody(changes);
        body.Remove("enterprise");
        return body;
    }

    /// <summary>A project at S40 that came out of a lead of its own.</summary>
    public static async Task<JsonElement> ProjectAsync(this HttpClient client, params (string Name, object? Value)[] changes)
    {
        var lead = await client.LeadAsync([.. changes.Where(c => c.Name == "codeName")]);
        return await client.Post($"/api/v1/leads/{lead.Id()}/conversion", ProjectBody([.. changes.Where(c => c.Name != "codeName")])).Answers(201);
    }

    /// <summary>What a client sends to turn a lead into a project.</summary>
    public static Dictionary<string, object?> ProjectBody(params (string Name, object? Value)[] changes)
    {
        var body = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["name"] = "项目" + Guid.NewGuid().ToString("N")[..8], ["track"] = "lease", ["investment"] = 60_000_000, ["outputAtCapacity"] = 90_000_000, ["areaM2"] = 30,
        };
        foreach (var (name, value) in changes) body[name] = value;
        return body;
    }

    /// <summary>What entering the admission review (S50) asks for.</summary>
    public static Dictionary<string, object?> ReviewEvidence() => new(StringComparer.Ordinal)
    {
        ["reviewForm"] = "综合得分 90", ["departmentOpinions"] = "均同意", ["vetoCheck"] = "无一票否决事项", ["committedOutput"] = "年产值 9000 万元",
    };

    /// <summary>The project form of a lease, filled as far as any stage asks. Amounts in yuan.</summary>
    public static Dictionary<string, object?> Form() => new(StringComparer.Ordinal)
    {
        ["gb4754"] = "2761", ["sei"] = "2018·4.1", ["chain_role"] = "fill", ["capital_type"] = "domestic", ["project_kind"] = "new", ["controller"] = "创始团队", ["listing"] = "none", ["size"] = "small",
        ["credit_check"] = "无失信", ["fixed_investment"] = 40_000_000, ["equipment_investment"] = 25_000_000, ["registered_capital"] = 10_000_000, ["far"] = 2.2m, ["floor_load"] = 8, ["clear_height"] = 4.8m,
        ["start_date"] = "2027-03-01", ["production_date"] = "2027-12-01", ["capacity_date"] = "2029-06-30", ["revenue"] = 88_000_000, ["tax"] = 6_000_000, ["tax_local"] = 2_000_000, ["jobs"] = 60, ["high_talent"] = 6,
        ["rd_ratio"] = 12, ["power_load"] = 800, ["dual_power"] = true, ["annual_power"] = 120, ["steam"] = 0, ["gas"] = 0, ["water"] = 20, ["energy_total"] = 300, ["carbon"] = 600, ["eia_class"] = "form",
        ["wastewater"] = 12, ["cod"] = 300, ["waste_gas"] = "无", ["hazardous_waste"] = 1.5m, ["hazchem"] = "乙醇 1 t", ["major_hazard"] = false, ["chem_park_required"] = false, ["bsl"] = "bsl2", ["gmo"] = false,
        ["gmp"] = "c", ["special_goods"] = false, ["safety_pre"] = "notNeeded", ["asks"] = "装修补贴", ["performance_bond"] = "按约退还", ["competitors"] = "无",
    };

    /// <summary>All that entering the admission review takes, in one: its evidence and the form.</summary>
    public static Dictionary<string, object?> Review() => ReviewEvidence().Concat(Form()).ToDictionary(StringComparer.Ordinal);

    /// <summary>Fills the form of a project, so that only evidence is missing at its gates.</summary>
    public static async Task FillFormAsync(this HttpClient client, Guid project, params (string Key, object? Value)[] changes)
    {
        var values = Form();
        foreach (var (key, value) in changes) values[key] = value;
        var form = await client.GetAsync($"/api/v1/projects/{project}/form").Answers(200);
        await client.Put($"/api/v1/projects/{project}/form", new { values }, $"\"{form.Int("version")}\"").Answers(200);
    }

    /// <summary>A project that stands at the admission review.</summary>
    public static async Task<JsonElement> ReviewedProjectAsync(this HttpClient client, params (string Name, object? Value)[] changes)
    {
        var project = await client.ProjectAsync(changes);
        return await client.Post($"/api/v1/projects/{project.Id()}/stage", new { to = "S50", evidence = Review() }).Answers(200);
    }

    public static async Task<JsonElement> ParkAsync(this HttpClient client, string code)
        => (await client.GetAsync("/api/v1/parks").Answers(200)).Items().Single(p => p.Text("code") == code);

    /// <summary>A space of its own in the park; the client is one of its managers.</summary>
    public static Task<JsonElement> SpaceAsync(this HttpClient manager, Guid park, decimal areaM2)
        => manager.Post($"/api/v1/parks/{park}/spaces", new { name = "试验 " + Guid.NewGuid().ToString("N")[..8], areaM2, availableFrom = "2025-01-01" }).Answers(201);

    public static Task<JsonElement> ProposalAsync(this HttpClient officer, Guid project, Guid park, Guid? spaceId, decimal areaM2)
        => officer.Post($"/api/v1/projects/{project}/assignments", new { parkId = park, spaceId, areaM2 }).Answers(201);

    /// <summary>A valid credit code that no other test uses.</summary>
    public static string CreditCode()
        => Domain.Enterprises.CreditCode.Complete("91310116MA" + string.Concat(Guid.NewGuid().ToByteArray().Take(7).Select(b => Domain.Enterprises.CreditCode.Alphabet[b % 31])));
}
