using JinshanBio.Crm.Tests;
using Xunit;

namespace JinshanBio.Crm.Web.Tests.Api;

/// <summary>Places in parks: from the proposal to the held area.</summary>
public sealed class PlacesTests(Hosts hosts)
{
    private const string Park = "CAR-07";

    [OnEveryDatabase]
    public async Task A_proposal_is_accepted_by_the_manager_of_its_park_and_by_nobody_else(string provider)
    {
        var world = await hosts.On(provider);
        var (officer, manager) = (await world.Client("officer"), await world.Client("manager.park"));
        var park = (await manager.ParkAsync(Park)).Id();
        var space = (await manager.SpaceAsync(park, 100)).Id();
        var project = await officer.ProjectAsync();
        using var response = await officer.Post($"/api/v1/projects/{project.Id()}/assignments", new { parkId = park, areaM2 = 60.5, from = "2027-01-01" });
        var proposal = await Task.FromResult(response).Answers(201);
        var path = $"/api/v1/assignments/{proposal.Id()}";
        Assert.Equal(path, response.Headers.Location?.ToString());
        proposal.Has("id", "projectId", "projectNumber", "projectTitle", "parkId", "parkName", "spaceId", "areaM2", "from", "status", "holdUntil", "reason", "proposedBy", "proposedAt", "version");
        Assert.Equal(("proposed", 60.5m, "2027-01-01"), (proposal.Text("status"), proposal.Number("areaM2"), proposal.Text("from")));

        var inbox = await manager.GetAsync($"/api/v1/assignments?park={park}&status=proposed&sort=-proposedAt").Answers(200);
        Assert.Contains(inbox.Items(), a => a.Id() == proposal.Id());

        await (await world.Client("manager.incubator")).Post(path + "/acceptance", new { spaceId = space }).IsRefused(404, "not-found");
        await officer.Post(path + "/acceptance", new { spaceId = space }).IsRefused(403, "not-permitted");
        await (await world.Client("leader")).Post(path + "/acceptance", new { spaceId = space }).IsRefused(403, "not-permitted");
        await (await world.Client("admin")).Post(path + "/acceptance", new { spaceId = space }).IsRefused(403, "not-permitted");
        await world.Anonymous().Post(path + "/acceptance", new { spaceId = space }).IsRefused(401, "sign-in-required");
        await manager.Post(path + "/acceptance").IsRefused(409, "space-required");
        await manager.Post(path + "/acceptance", new { spaceId = Guid.NewGuid() }).IsRefused(409, "space-elsewhere");

        var accepted = await manager.Post(path + "/acceptance", new { spaceId = space, holdUntil = "2099-06-30" }).Answers(200);
        Assert.Equal(("accepted", "2099-06-30", space), (accepted.Text("status"), accepted.Text("holdUntil"), accepted.Id("spaceId")));
        await manager.Post(path + "/acceptance", new { spaceId = space }).IsRefused(409, "assignment-not-allowed");
        await officer.Post($"/api/v1/projects/{project.Id()}/assignments", new { parkId = park, areaM2 = 10 }).IsRefused(409, "assignment-exists");
    }

    [OnEveryDatabase]
    public async Task An_acceptance_without_a_body_takes_the_space_that_was_proposed(string provider)
    {
        var world = await hosts.On(provider);
        var (officer, manager) = (await world.Client("officer"), await world.Client("manager.park"));
        var park = (await manager.ParkAsync(Park)).Id();
        var space = (await manager.SpaceAsync(park, 100)).Id();
        var proposal = await officer.ProposalAsync((await officer.ProjectAsync()).Id(), park, space, 40);
        Assert.Equal("accepted", (await manager.PostAsync($"/api/v1/assignments/{proposal.Id()}/acceptance", null).Answers(200)).Text("status"));
    }

    [OnEveryDatabase]
    public async Task A_refusal_needs_a_reason_which_the_proposer_reads(string provider)
    {
        var world = await hosts.On(provider);
        var (officer, manager) = (await world.Client("officer"), await world.Client("manager.park"));
        var proposal = await officer.ProposalAsync((await officer.ProjectAsync()).Id(), (await manager.ParkAsync(Park)).Id(), null, 40);
        var path = $"/api/v1/assignments/{proposal.Id()}/refusal";
        var reason = "层高不足" + Guid.NewGuid().ToString("N")[..6];

        await manager.Post(path, new { reason = " " }).IsMalformed("reason");
        Assert.Equal(("refused", reason), await manager.Post(path, new { reason }).Answers(200) is var refused ? (refused.Text("status"), refused.Text("reason")) : default);
        Assert.Contains(reason, (await officer.GetAsync("/api/v1/notices").Answers(200)).ToString(), StringComparison.Ordinal);
    }

    [OnEveryDatabase]
    public async Task A_place_is_moved_into_and_left_and_its_area_follows(string provider)
    {
        var world = await hosts.On(provider);
        var (officer, manager) = (await world.Client("officer"), await world.Client("manager.park"));
        var park = (await manager.ParkAsync(Park)).Id();
        var space = (await manager.SpaceAsync(park, 100)).Id();
        var path = $"/api/v1/assignments/{(await officer.ProposalAsync((await officer.ProjectAsync()).Id(), park, space, 40)).Id()}";
        async Task<(decimal Held, decimal Occupied, decimal Free)> Area()
        {
            var occupancy = await manager.GetAsync($"/api/v1/parks/{park}/occupancy").Answers(200);
            occupancy.Has("areaM2", "heldM2", "occupiedM2", "freeM2", "spaces");
            var mine = occupancy.GetProperty("spaces").EnumerateArray().Single(s => s.Id() == space);
            mine.Has("id", "name", "areaM2", "heldM2", "occupiedM2", "freeM2", "availableFrom", "occupants");
            return (mine.Number("heldM2"), mine.Number("occupiedM2"), mine.Number("freeM2"));
        }
        Assert.Equal((0, 0, 100), await Area());
        await manager.Post(path + "/acceptance").Answers(200);
        Assert.Equal((40, 0, 60), await Area());
        await manager.PostAsync(path + "/move-in", null).Answers(200);
        Assert.Equal((0, 40, 60), await Area());
        await manager.Post(path + "/exit", new { reason = "迁往产业园" }).Answers(200);
        Assert.Equal((0, 0, 100), await Area());
        await manager.PostAsync(path + "/move-in", null).IsRefused(409, "assignment-not-allowed");
    }

    [OnEveryDatabase]
    public async Task Acceptances_at_the_same_moment_never_hold_more_than_there_is(string provider)
    {
        var world = await hosts.On(provider);
        var (officer, manager) = (await world.Client("officer"), await world.Client("manager.park"));
        var park = (await manager.ParkAsync(Park)).Id();
        var space = (await manager.SpaceAsync(park, 100)).Id();
        var proposals = new List<Guid>();
        for (var i = 0; i < 6; i++) proposals.Add((await officer.ProposalAsync((await officer.ProjectAsync()).Id(), park, space, 30)).Id());

        var answers = await Task.WhenAll(proposals.Select(id => manager.Post($"/api/v1/assignments/{id}/acceptance")));
        Assert.Equal([200, 200, 200, 409, 409, 409], answers.Select(a => (int)a.StatusCode).Order());
        foreach (var refused in answers.Where(a => !a.IsSuccessStatusCode)) await Task.FromResult(refused).IsRefused(409, "space-overbooked");
        var mine = (await manager.GetAsync($"/api/v1/parks/{park}/occupancy").Answers(200)).GetProperty("spaces").EnumerateArray().Single(s => s.Id() == space);
        Assert.Equal((90m, 10m, 3), (mine.Number("heldM2"), mine.Number("freeM2"), mine.GetProperty("occupants").GetArrayLength()));
    }

    [OnEveryDatabase]
    public async Task A_place_waits_is_accepted_in_parts_leased_extended_and_enlarged(string provider)
    {
        var world = await hosts.On(provider);
        var (officer, manager) = (await world.Client("officer"), await world.Client("manager.park"));
        var park = (await manager.ParkAsync(Park)).Id();
        var (one, two) = ((await manager.SpaceAsync(park, 100)).Id(), (await manager.SpaceAsync(park, 100)).Id());
        var path = $"/api/v1/assignments/{(await officer.ProposalAsync((await officer.ProjectAsync()).Id(), park, null, 150)).Id()}";

        var waiting = await manager.Post(path + "/waiting", new { reason = "等另一处腾出" }).Answers(200);
        Assert.Equal("waiting", waiting.Text("status"));
        Assert.True(waiting.Int("position") >= 1 && waiting.Int("waiting") >= waiting.Int("position"));
        await officer.Post(path + "/position", new { position = 1, reason = "重点项目" }).IsRefused(403, "not-permitted");
        Assert.Equal(1, (await manager.Post(path + "/position", new { position = 1, reason = "重点项目" }).Answers(200)).Int("position"));
        (await manager.GetAsync($"/api/v1/assignments/inbox?park={park}").Answers(200)).Has("today", "proposed", "waiting", "holdsEnding", "agreed", "optionsEnding", "overdue");

        object Places(decimal second) => new { places = new[] { new { spaceId = one, areaM2 = 80m }, new { spaceId = two, areaM2 = second } }, holdUntil = "2099-01-31" };
        await manager.Post(path + "/acceptance", Places(60)).IsRefused(409, "area-reason-required");
        var accepted = await manager.Post(path + "/acceptance", Places(70)).Answers(200);
        accepted.Has("wantedM2", "until", "respondBy", "leaseNumber", "options");
        Assert.Equal((150m, 2), (accepted.Number("areaM2"), accepted.GetProperty("spaces").GetArrayLength()));
        Assert.Equal("2099-02-28", (await manager.Post(path + "/hold", new { holdUntil = "2099-02-28" }).Answers(200)).Text("holdUntil"));
        await manager.Post(path + "/agreement", new { until = "2090-12-31" }).IsMalformed("leaseNumber");
        Assert.Equal("agreed", (await manager.Post(path + "/agreement", new { leaseNumber = "租-9", until = "2090-12-31" }).Answers(200)).Text("status"));
        Assert.Equal("2091-12-31", (await manager.Post(path + "/extension", new { until = "2091-12-31" }).Answers(200)).Text("until"));

        var option = (await manager.Post(path + "/options", new { spaceId = two, areaM2 = 20, until = "2080-01-01" }).Answers(200)).GetProperty("options")[0].Id();
        await manager.Post(path + "/options", new { spaceId = two, areaM2 = 20, until = "2080-01-01" }).IsRefused(409, "space-overbooked");
        await manager.PostAsync($"{path}/options/{option}/exercise", null).Answers(200);
        await manager.PostAsync($"{path}/options/{option}/surrender", null).IsRefused(409, "option-closed");
        Assert.Equal(("refused", "企业放弃"), await manager.Post(path + "/release", new { reason = "企业放弃" }).Answers(200) is var ended ? (ended.Text("status"), ended.Text("reason")) : default);

        (await manager.GetAsync("/api/v1/parameters/place-terms").Answers(200)).Has("respondWorkdays", "escalateWorkdays", "holdDays", "noticeDays");
        await manager.Put("/api/v1/parameters/place-terms", new { respondWorkdays = 5, escalateWorkdays = 2, holdDays = 60, noticeDays = 7 }, null).IsRefused(403, "not-permitted");
    }

    [Fact]
    public async Task Impossible_areas_and_days_are_malformed()
    {
        var world = await hosts.Any();
        var (officer, manager) = (await world.Client("officer"), await world.Client("manager.park"));
        var park = (await manager.ParkAsync(Park)).Id();
        var propose = $"/api/v1/projects/{(await officer.ProjectAsync()).Id()}/assignments";
        await officer.Post(propose, new { parkId = park, areaM2 = -10 }).IsMalformed("areaM2");
        await officer.Post(propose, new { parkId = park, areaM2 = 10, from = "1899-12-31" }).IsMalformed("from");
        await officer.Post(propose, new { parkId = park, areaM2 = 10, from = "someday" }).IsRefused(400, "invalid");
        await officer.Post(propose, new { areaM2 = 10 }).IsMalformed("parkId");
        await manager.Post($"/api/v1/parks/{park}/spaces", new { name = "负", areaM2 = -1, availableFrom = "2025-01-01" }).IsMalformed("areaM2");
        await officer.GetAsync("/api/v1/assignments?status=perhaps").IsMalformed("status");
    }

    [OnEveryDatabase]
    public async Task Parks_are_listed_for_those_who_see_them(string provider)
    {
        var world = await hosts.On(provider);
        var (officer, manager, incubator) = (await world.Client("officer"), await world.Client("manager.park"), await world.Client("manager.incubator"));
        var all = await officer.GetAsync("/api/v1/parks").Answers(200);
        all.Items().First().Has("id", "code", "name", "areaM2", "heldM2", "occupiedM2", "freeM2", "spaces");
        Assert.Equal(["CAR-06", "CAR-07"], (await manager.GetAsync("/api/v1/parks").Answers(200)).Items().Select(p => p.Text("code")).Order(StringComparer.Ordinal));

        var park = (await manager.ParkAsync(Park)).Id();
        await incubator.GetAsync($"/api/v1/parks/{park}").IsRefused(404, "not-found");
        await incubator.GetAsync($"/api/v1/parks/{park}/occupancy").IsRefused(404, "not-found");
        await incubator.Post($"/api/v1/parks/{park}/spaces", new { name = "别人的", areaM2 = 1, availableFrom = "2025-01-01" }).IsRefused(404, "not-found");
        await officer.Post($"/api/v1/parks/{park}/spaces", new { name = "专员的", areaM2 = 1, availableFrom = "2025-01-01" }).IsRefused(403, "not-permitted");
        Assert.Equal(all.Int("total"), all.Items().Count());
    }

    [OnEveryDatabase]
    public async Task A_park_is_asked_as_of_any_day_and_a_space_is_split_over_the_api(string provider)
    {
        var world = await hosts.On(provider);
        var (officer, manager) = (await world.Client("officer"), await world.Client("manager.park"));
        var park = (await manager.ParkAsync(Park)).Id();
        await officer.GetAsync($"/api/v1/parks/{park}/occupancy?on=2030-01-31").Answers(200);
        await officer.GetAsync($"/api/v1/parks/{park}/occupancy?on=someday").IsRefused(400, "invalid");
        await officer.GetAsync($"/api/v1/parks/{park}/occupancy?on=0001-01-01").IsMalformed("on");
        await officer.GetAsync($"/api/v1/parks/{park}/occupancy?at=2030-01-31").IsRefused(400, "unknown-field");
        (await officer.GetAsync("/api/v1/parks/reference").Answers(200)).Has("slots", "carriers");

        var name = "拆" + Guid.NewGuid().ToString("N")[..6];
        var space = await manager.Post($"/api/v1/parks/{park}/spaces", new { name, areaM2 = 100, availableFrom = "2025-01-01", kind = "Floor", building = "9号楼", floor = "1F", biosafety = 2, wetLab = true, steamTph = 0, cleanRoom = "None", hazard = "C" }).Answers(201);
        Assert.Equal(("9号楼", "1F", "floor"), (space.Text("building"), space.Text("floor"), space.Text("kind")));
        Assert.Equal(2, space.GetProperty("facilities").Int("biosafety"));
        var path = $"/api/v1/parks/{park}/spaces/{space.Id()}";
        await officer.Post(path + "/split", new { parts = new[] { new { name = name + "1", areaM2 = 60 }, new { name = name + "2", areaM2 = 40 } } }).IsRefused(403, "not-permitted");
        await manager.Post(path + "/split", new { parts = new[] { new { name = name + "1", areaM2 = 60 }, new { name = name + "2", areaM2 = 41 } } }).IsRefused(409, "split-area-differs");
        var parts = await manager.Post(path + "/split", new { parts = new[] { new { name = name + "1", areaM2 = 60 }, new { name = name + "2", areaM2 = 40 } } }).Answers(200);
        var ids = parts.EnumerateArray().Select(p => p.Id()).ToList();
        Assert.Equal(2, (await officer.GetAsync(path + "/history").Answers(200)).GetProperty("successors").GetArrayLength());
        var whole = await manager.Post($"/api/v1/parks/{park}/spaces/join", new { spaces = ids, name }).Answers(201);
        Assert.Equal(2, (await officer.GetAsync($"/api/v1/parks/{park}/spaces/{whole.Id()}/history").Answers(200)).GetProperty("origins").GetArrayLength());
    }
}
