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
}
