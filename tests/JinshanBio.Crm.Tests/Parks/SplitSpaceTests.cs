using JinshanBio.Crm.Assignments;
using JinshanBio.Crm.Documents;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Documents;
using JinshanBio.Crm.Parks;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JinshanBio.Crm.Tests.Parks;

public sealed class SplitSpaceTests
{
    private const string Workshop = "2号楼2层GMP车间";
    private static readonly DateOnly Today = new(2026, 11, 20);

    [OnEveryDatabase]
    public async Task A_space_is_split_with_its_tenant_and_each_day_shows_what_stands_on_it(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (park, id, day) = (await world.ParkAsync("CAR-06"), await world.SpaceAsync(Workshop), Today.AddDays(30));
        var manager = world.As("manager.park");
        var tenant = (await manager.Send(new GetSpace(park, id))).History.Bookings.Single(b => b.StandsOn(Today));
        var split = new SplitSpace { Id = id, Day = day, Parts = [new("201", 2000), new("202", 1000, "2F西")], Shares = [new(tenant.Id, 0, 1800), new(tenant.Id, 1, 400)] };
        await world.NotPermitted(() => split, "officer", "leader");
        await world.Refused(RefusalCode.NotFound, () => world.As("manager.incubator").Send(split));
        await world.Refused(RefusalCode.SplitBookingOpen, () => manager.Send(split with { Shares = [] }));
        await world.Refused(RefusalCode.SpaceExists, () => manager.Send(split with { Parts = [new("5号楼1层标准厂房", 2000), new("202", 1000)] }));
        await world.Malformed(() => manager.Send(split with { Parts = [new("201", 3000)] }), "parts");
        var parts = await manager.Send(split);

        async Task<string[]> Names(DateOnly on) => [.. (await manager.Send(new GetOccupancy(park, on))).Spaces.Select(s => s.Name).Where(n => n is Workshop or "201" or "202").Order(StringComparer.Ordinal)];
        Assert.Equal([Workshop], await Names(day.AddDays(-1)));
        Assert.Equal(["201", "202"], await Names(day));
        foreach (var on in (DateOnly[])[Today, day.AddDays(-1), day, day.AddDays(40)])
            Assert.Equal((8800m, 2200m), (await manager.Send(new GetOccupancy(park, on))) is var all ? (all.AreaM2, all.OccupiedM2) : default);
        var whole = (await manager.Send(new GetSpace(park, id))).History;
        Assert.Equal((day, 2), (whole.ReplacedOn, whole.Successors.Count));
        var part = await manager.Send(new GetSpace(park, parts[1]));
        Assert.Equal((Workshop, "2F西", 400m), (part.History.Origins.Single().Name, part.Space.Floor, part.History.Bookings.Single().AreaM2));
        await world.Refused(RefusalCode.SpaceReplaced, () => manager.Send(split));
    }

    [OnEveryDatabase]
    public async Task Rooms_of_one_building_are_joined_and_may_have_an_old_name_again(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var park = await world.ParkAsync("CAR-06");
        var join = new JoinSpaces { ParkId = park, Spaces = [await world.SpaceAsync("5号楼201研发"), await world.SpaceAsync("5号楼202研发")], Name = "5号楼2层" };
        await world.NotPermitted(() => join, "officer", "leader");
        var elsewhere = await world.SpaceAsync("A座5层办公研发");
        await world.Refused(RefusalCode.SpaceElsewhere, () => world.As("manager.park").Send(join with { Spaces = [.. join.Spaces, elsewhere] }));
        var other = await world.SpaceAsync(Workshop);
        await world.Refused(RefusalCode.JoinBuildingsDiffer, () => world.As("manager.park").Send(join with { Spaces = [.. join.Spaces, other] }));
        var id = await world.As("manager.park").Send(join);
        var space = await world.As("officer").Send(new GetSpace(park, id));
        Assert.Equal((1200m, "5号楼2层", 2, false), (space.Space.AreaM2, space.Space.Name, space.History.Origins.Count, space.MayChange));
        await world.Refused(RefusalCode.SpaceExists, () => world.As("manager.park").Send(new AddSpace { ParkId = park, Name = "5号楼2层", AreaM2 = 1, AvailableFrom = Today }));
    }

    [OnEveryDatabase]
    public async Task The_reference_says_what_can_be_let_and_why_not(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var reference = await world.As("manager.park").Send(new GetParksReference());
        var parks = await world.Db(db => db.Parks.Select(p => p.Code).ToListAsync());
        Assert.Equal(parks.Order(StringComparer.Ordinal), reference.Carriers.Where(c => c.IsLeasable).Select(c => c.Code).Order(StringComparer.Ordinal));
        Assert.All(reference.Carriers.Where(c => !c.IsLeasable), c => Assert.False(string.IsNullOrEmpty(c.Reason)));
        Assert.NotEqual(reference.Find("CAR-10")!.Reason, reference.Find("CAR-11")!.Reason);
        // Public figures stand beside their source and are no area.
        Assert.NotEmpty(reference.Find("CAR-07")!.PublicFacts);
        Assert.NotNull(reference.Find("CAR-07")!.PublicSource);
        Assert.Contains("疫苗", reference.SlotOf(reference.Find("CAR-07")!)!.Focus);
    }

    [OnEveryDatabase]
    public async Task Plans_of_a_space_are_seen_by_who_sees_the_park_and_kept_by_its_managers(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var space = await world.SpaceAsync(Workshop);
        var png = JinshanBio.Crm.Tests.Documents.Files.Png;
        UploadSpaceDocument Upload() => new() { SpaceId = space, Purpose = DocumentPurpose.Plan, FileName = "2层平面图.png", Content = new MemoryStream(png) };
        await world.NotPermitted(Upload, "officer", "leader");
        await world.Refused(RefusalCode.NotFound, () => world.As("manager.incubator").Send(Upload()));
        var id = await world.As("manager.park").Send(Upload());

        Assert.Equal(id, (await world.As("officer2").Send(new ListDocuments { SpaceId = space })).Items.Single().Id);
        await using (var content = (await world.As("officer2").Send(new OpenDocument(id))).Content) Assert.Equal(png.Length, content.Length);
        await world.Refused(RefusalCode.NotFound, () => world.As("manager.incubator").Send(new ListDocuments { SpaceId = space }));
        await world.Refused(RefusalCode.NotFound, () => world.As("manager.incubator").Send(new OpenDocument(id)));
        // Who writes documents of projects does not thereby change those of a park.
        await world.Refused(RefusalCode.NotFound, () => world.As("officer").Send(new RemoveDocument { Id = id, Reason = "不要了" }));
        await world.As("manager.park").Send(new RemoveSpaceDocument { Id = id, SpaceId = space, Reason = "图纸已更新" });
        Assert.Empty((await world.As("officer2").Send(new ListDocuments { SpaceId = space })).Items);
    }
}
