using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Tests;
using JinshanBio.Crm.Web.Tests.Pages;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace JinshanBio.Crm.Web.Tests.CodeNames;

/// <summary>
/// 代号: until signing, the name behind a code name reaches nobody without the right to it, through whatever there is to open. Every address is found
/// among the routes of the running program, so that a new page or a new GET is swept from the day it is there.
/// </summary>
public sealed class CodeNameTests
{
    private const string Park = "CAR-07";
    private static readonly string[] Unswept = ["/sign-in", "/language", "/healthz/live", "/healthz/ready", "/notices/open"];

    [OnEveryDatabase]
    public async Task Before_signing_the_name_is_nowhere_and_after_it_where_it_belongs(string provider)
    {
        await using var world = await WebWorld.OpenAsync(provider);
        var (officer, manager) = (await world.Client("officer"), await world.Client("manager.park"));
        // Everything may be seen but the names: whoever lacks that one right, whatever else the role gets one day.
        await GrantAsync(world, "park-manager", "EverybodysRows", "AllParks", "ReportsRead", "ListsExport", "HandOver", "DocumentsConfidential", "AllocationsPlan");
        var secret = await Secret.PlantAsync(officer, manager, Park);
        await secret.PlanAsync(await world.Client("leader"), (await manager.ParkAsync(Park)).Id());
        var routes = Routes(world);
        Assert.True(routes.Count > 60, $"Only {routes.Count} routes were found.");

        var swept = 0;
        foreach (var who in (string[])["manager.park", "manager.incubator"])
        {
            var leaks = new ConcurrentBag<string>();
            swept += await SweepAsync(world, who, routes, secret, leaks);
            Assert.True(leaks.IsEmpty, $"{who} can read the name:\n" + string.Join('\n', leaks.Order(StringComparer.Ordinal)));
        }
        Assert.True(swept > 100, $"Only {swept} addresses answered.");
        await FindsNothingAsync(manager, secret);
        await LeavesTheHouseNowhereAsync(world, secret);

        await secret.SignAsync(officer);
        foreach (var path in (string[])[$"/api/v1/projects/{secret.Project}", $"/api/v1/projects?q={Uri.EscapeDataString(secret.Name)}", $"/api/v1/projects/{secret.Project}/documents", "/api/v1/projects/export?format=csv"])
            Assert.Contains(secret.Trace, await manager.GetStringAsync(path), StringComparison.Ordinal);
        using var visitor = await Visitor.SignedInAsync(world, "manager.park");
        Assert.Contains(secret.Trace, await visitor.ReadAsync($"/projects/{secret.Project}"), StringComparison.Ordinal);
    }

    /// <summary>No filter tells by what it finds: neither the name, nor the enterprise, nor the tag.</summary>
    private static async Task FindsNothingAsync(HttpClient manager, Secret secret)
    {
        foreach (var filter in (string[])[$"q={Uri.EscapeDataString(secret.Front)}", $"q={secret.Trace}", $"q={secret.CreditCode}", $"enterprise={secret.Ids[1]}", $"tag={secret.Trace}"])
            Assert.DoesNotContain((await manager.GetAsync("/api/v1/projects?" + filter).Answers(200)).Items(), p => p.Id() == secret.Project);
        Assert.Contains((await manager.GetAsync($"/api/v1/projects?q={Uri.EscapeDataString(secret.CodeName)}").Answers(200)).Items(), p => p.Id() == secret.Project);
    }

    /// <summary>Notices, digests and what is sent of them speak of the code name to everybody: they are read on phones and in other houses' mail.</summary>
    private static async Task LeavesTheHouseNowhereAsync(WebWorld world, Secret secret)
    {
        var admin = await world.Client("admin");
        foreach (var job in (string[])["reminders", "digests", "service-reminders", "lapsed-holds"]) await admin.PostAsync($"/api/v1/jobs/{job}/run", null);
        await using var scope = world.Services.CreateAsyncScope();
        var notices = await scope.ServiceProvider.GetRequiredService<CrmDb>().Notices.AsNoTracking().ToListAsync();
        Assert.Contains(notices, n => n.Args.Contains(secret.CodeName));
        Assert.Empty(notices.Where(n => n.Args.Any(a => a.Contains(secret.Trace, StringComparison.Ordinal))).Select(n => $"{n.Kind}: {string.Join(' ', n.Args)}"));
    }

    private static async Task<int> SweepAsync(WebWorld world, string who, List<string> routes, Secret secret, ConcurrentBag<string> leaks)
    {
        using var visitor = await Visitor.SignedInAsync(world, who);
        var client = await world.Client(who);
        var feed = (await client.PostAsync("/api/v1/me/calendar-link", null).Answers(200)).Text("path");
        var addresses = routes.SelectMany(route => Addresses(route, secret)).Append(feed).ToList();
        var answered = 0;
        await Parallel.ForEachAsync(addresses, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (address, cancel) =>
        {
            using var answer = await (address.StartsWith("/api/", StringComparison.Ordinal) ? client : visitor.Http).GetAsync(address, cancel);
            if (answer.IsSuccessStatusCode) Interlocked.Increment(ref answered);
            Assert.True((int)answer.StatusCode < 500, $"{who} {address}: {(int)answer.StatusCode}");
            var said = answer.Headers.Concat(answer.Content.Headers).Select(h => Uri.UnescapeDataString(string.Join(' ', h.Value))).Append(await TextAsync(answer, cancel));
            foreach (var trace in (string[])[secret.Trace, secret.CreditCode])
                if (said.FirstOrDefault(text => text.Contains(trace, StringComparison.OrdinalIgnoreCase)) is { } text)
                    leaks.Add($"{address}: …{text[Math.Max(0, text.IndexOf(trace, StringComparison.OrdinalIgnoreCase) - 60)..][..Math.Min(140, text.Length - Math.Max(0, text.IndexOf(trace, StringComparison.OrdinalIgnoreCase) - 60))]}…");
        });
        return answered;
    }

    /// <summary>Every address that a route can make of what was planted; and each list searched for the beginning of the name.</summary>
    private static IEnumerable<string> Addresses(string route, Secret secret)
    {
        var first = route.IndexOf('{', StringComparison.Ordinal);
        if (first < 0)
            return [route, $"{route}?q={Uri.EscapeDataString(secret.Front)}", $"{route}?format=xlsx", $"{route}?tab=held", $"{route}?enterprise={secret.Ids[1]}", $"{route}?project={secret.Project}", $"{route}?everybody=true"];
        var last = route.IndexOf('}', first);
        return secret.Ids.SelectMany(id => Addresses(route[..first] + id + route[(last + 1)..], secret).Take(1)).Concat(
            route.LastIndexOf('{') == first ? secret.Ids.Select(id => route[..first] + id + route[(last + 1)..] + "?to=S60") : []);
    }

    /// <summary>The text of an answer; of a workbook or another archive that of all its parts.</summary>
    private static async Task<string> TextAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        var bytes = await answer.Content.ReadAsByteArrayAsync(cancel);
        if (!bytes.AsSpan().StartsWith("PK"u8)) return WebUtility.HtmlDecode(Encoding.UTF8.GetString(bytes));
        using var archive = new ZipArchive(new MemoryStream(bytes));
        return string.Concat(archive.Entries.Select(e => new StreamReader(e.Open()).ReadToEnd()));
    }

    /// <summary>Whatever answers a GET: pages, fragments, files and the API.</summary>
    private static List<string> Routes(WebWorld world) => [.. world.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is not { Count: > 0 } methods || methods.Contains("GET"))
        .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/'))
        .Where(r => !r.Contains('*', StringComparison.Ordinal) && !r.Contains(".ics", StringComparison.Ordinal) && (!r.Contains('.', StringComparison.Ordinal) || r.StartsWith("/api/", StringComparison.Ordinal))
            && !Unswept.Contains(r) && !r.StartsWith("/_", StringComparison.Ordinal) && !r.StartsWith("/swagger", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal)];

    private static async Task GrantAsync(WebWorld world, string role, params string[] permissions)
    {
        await using var scope = world.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDb>();
        var record = await db.ReferenceRecords.SingleAsync(r => r.Set == "roles" && r.Code == role);
        var data = JsonNode.Parse(record.Data)!;
        foreach (var permission in permissions) data["permissions"]!.AsArray().Add(permission);
        record.Data = data.ToJsonString();
        await db.SaveChangesAsync();
        scope.ServiceProvider.GetRequiredService<CatalogueSlot>().Replace(await Catalogue.LoadAsync(db, CancellationToken.None));
    }
}
