using JinshanBio.Crm.Tests;
using Xunit;

namespace JinshanBio.Crm.Web.Tests.Api;

/// <summary>The map of the chain, its links, its gaps and what they are reckoned by.</summary>
public sealed class ChainTests(Hosts hosts)
{
    [OnEveryDatabase]
    public async Task The_map_and_its_links_can_be_read(string provider)
    {
        var world = await hosts.On(provider);
        var officer = await world.Client("officer");
        var map = await officer.GetAsync("/api/v1/chain/links?field=MED").Answers(200);
        map.Has("asOf", "field", "coverage", "fields", "links", "edges", "wholeCoverage", "wholeMissing");
        var link = map.GetProperty("links").EnumerateArray().Single(l => l.Text("code") == "CMN-05");
        link.Has("code", "name", "field", "alsoFields", "tier", "isEnabling", "isGuest", "leads", "leaders", "row");
        link.GetProperty("row").Has("state", "need", "supply", "supplyHere", "coverage", "coverageHere", "gap", "weightedGap", "suppliers", "projects", "hangsOnOne");
        map.GetProperty("edges").EnumerateArray().First().Has("supplier", "buyer", "kind", "isCritical", "supplies", "crossesFields");

        var one = await officer.GetAsync("/api/v1/chain/links/CMN-05?asOf=2026-11-01").Answers(200);
        one.Has("asOf", "facts", "row", "largest", "largestHere", "weights", "needs", "supplies", "hidden", "leads", "leadsInAll", "leadsSeen", "suppliers", "buyers");
        one.GetProperty("needs").EnumerateArray().First().Has("buyer", "name", "field", "isCritical", "buyerOutput", "planned", "share", "amount", "fieldWeight", "weightedAmount");
        await officer.GetAsync("/api/v1/chain/links/CMN-99").IsRefused(404, "not-found");
        await officer.GetAsync("/api/v1/chain/links?colour=red").IsRefused(400, "unknown-field");
        await officer.GetAsync("/api/v1/chain/links?field=XXX").IsRefused(400, "unknown-field-code");
        await officer.GetAsync("/api/v1/chain/links/CMN-05?asOf=1850-01-01").IsMalformed("asOf");
        await (await world.Client("reviewer")).GetAsync("/api/v1/chain/links").IsRefused(403, "not-permitted");
        await world.Anonymous().GetAsync("/api/v1/chain/links").IsRefused(401, "sign-in-required");
    }

    [OnEveryDatabase]
    public async Task Gaps_are_compared_between_two_days(string provider)
    {
        var world = await hosts.On(provider);
        var leader = await world.Client("leader");
        var changes = await leader.GetAsync("/api/v1/chain/gaps/changes?since=2026-01-01&field=MED&sort=-change").Answers(200);
        changes.Has("asOf", "since", "coverage", "coverageBefore", "rows", "weightedGap", "weightedGapBefore");
        changes.GetProperty("rows").EnumerateArray().First().Has("now", "before", "coming", "change");
        await leader.GetAsync("/api/v1/chain/gaps/changes?sort=colour").IsMalformed("sort");
    }

    [OnEveryDatabase]
    public async Task The_parameters_of_the_measure_are_read_by_all_and_set_by_the_administrator(string provider)
    {
        var world = await hosts.On(provider);
        var (officer, admin) = (await world.Client("officer"), await world.Client("admin"));
        var sheet = await officer.GetAsync("/api/v1/parameters/chain").Answers(200);
        sheet.Has("isFactory", "localShare", "criticalNeed", "normalNeed", "resilience", "strongFrom", "plannedOutput", "unknownOutput", "sizeOutput", "fieldWeight", "document");
        sheet.GetProperty("fieldWeight").Has("med", "mat", "agr", "ene", "cmn");
        await officer.Put("/api/v1/parameters/chain", new { localShare = 30 }, null).IsRefused(403, "not-permitted");
        await admin.Put("/api/v1/parameters/chain", new { localShare = 0, fieldWeight = new { med = 2000 } }, null).IsMalformed("localShare", "fieldWeight.med");
        await admin.Put("/api/v1/parameters/chain", new { criticalNeed = 1 }, null).IsRefused(409, "critical-need-too-small");
        Assert.Equal(30, (await admin.Put("/api/v1/parameters/chain", new { localShare = 30 }, null).Answers(200)).Number("localShare"));
    }
}
