using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace JinshanBio.Crm.Web.Tests;

public sealed class OpenApiTests(Hosts hosts)
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "JinshanBio.Crm.Web.Tests");

    [Fact]
    public async Task A_change_of_the_api_is_a_visible_difference()
    {
        using var client = (await hosts.Any()).Anonymous();
        var document = JsonNode.Parse(await client.GetStringAsync("/openapi/v1.json"))!;
        var received = document.ToJsonString(new JsonSerializerOptions { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })
            .Replace("\r\n", "\n", StringComparison.Ordinal) + "\n";
        var (approved, beside) = (Path.Combine(Folder, "openapi.approved.json"), Path.Combine(Folder, "openapi.received.json"));

        if (Environment.GetEnvironmentVariable("CRM_APPROVE") == "1") await File.WriteAllTextAsync(approved, received);
        var known = File.Exists(approved) ? (await File.ReadAllTextAsync(approved)).Replace("\r\n", "\n", StringComparison.Ordinal) : "";
        if (known == received)
        {
            File.Delete(beside);
            return;
        }
        await File.WriteAllTextAsync(beside, received);
        Assert.Fail($"The API is described differently from openapi.approved.json, first at line {FirstDifference(known, received)}. "
            + "Compare it with openapi.received.json beside it; if the change is meant, run the tests with CRM_APPROVE=1.");
    }

    [Fact]
    public async Task Every_address_of_the_api_is_described()
    {
        var world = await hosts.Any();
        using var client = world.Anonymous();
        var document = JsonNode.Parse(await client.GetStringAsync("/openapi/v1.json"))!;
        var paths = document["paths"]!.AsObject().Select(p => p.Key).ToList();

        foreach (var path in (string[])["/api/v1/sign-in", "/api/v1/leads", "/api/v1/leads/{id}", "/api/v1/follow-ups/{id}/completion", "/api/v1/reports/pipeline"])
            Assert.Contains(path, paths);
        var query = document["paths"]!["/api/v1/leads"]!["get"]!["parameters"]!.AsArray().Select(p => p!["name"]!.GetValue<string>());
        Assert.Superset(new HashSet<string> { "q", "field", "stage", "owner", "source", "sort", "page", "size" }, query.ToHashSet());
    }

    private static int FirstDifference(string left, string right)
        => left.Split('\n').Zip(right.Split('\n')).TakeWhile(lines => lines.First == lines.Second).Count() + 1;
}
