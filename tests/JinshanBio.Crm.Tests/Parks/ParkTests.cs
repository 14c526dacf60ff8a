using JinshanBio.Crm.Assignments;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Parks;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JinshanBio.Crm.Tests.Parks;

public sealed class ParkTests
{
    [OnEveryDatabase]
    public async Task What_a_park_has_is_held_occupied_free_or_coming(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var parks = (await world.As("leader").Send(new ListParks())).Items;

        Assert.All(parks, p => Assert.Equal(p.AreaM2, p.HeldM2 + p.OccupiedM2 + p.FreeM2 + p.ComingM2));
        var built = parks.Single(p => p.Code == "CAR-06");
        Assert.Equal((6, 8800m, 1500m, 2200m, 5100m, 0m, 1), (built.Spaces, built.AreaM2, built.HeldM2, built.OccupiedM2, built.FreeM2, built.ComingM2, built.OpenProposals));
        var rising = parks.Single(p => p.Code == "CAR-03");
        Assert.Equal((0m, 6000m), (rising.FreeM2, rising.ComingM2));

        world.Clock.Now = new DateTime(2027, 6, 30, 16, 0, 0, DateTimeKind.Utc);
        rising = (await world.As("leader").Send(new ListParks())).Items.Single(p => p.Code == "CAR-03");
        Assert.Equal((6000m, 0m), (rising.FreeM2, rising.ComingM2));
    }

    [OnEveryDatabase]
    public async Task A_manager_sees_only_the_own_parks(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        Assert.Equal(["CAR-06", "CAR-07"], (await world.As("manager.park").Send(new ListParks())).Items.Select(p => p.Code));

        var other = await world.ParkAsync("CAR-02");
        await world.Refused(RefusalCode.NotFound, () => world.As("manager.park").Send(new GetPark(other)));
        await world.Refused(RefusalCode.NotFound, () => world.As("manager.park").Send(new GetOccupancy(other)));
        Assert.Equal("CAR-02", (await world.As("officer").Send(new GetPark(other))).Park.Code);
    }

    [OnEveryDatabase]
    public async Task Parks_are_found_by_field_and_role(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var all = (await world.As("officer").Send(new ListParks())).Items;
        var found = (await world.As("officer").Send(new ListParks { Field = "MED", Role = ParkRole.Accelerator })).Items;

        Assert.Equal(all.Where(p => p.Fields.Contains("MED") && p.Roles.Contains(ParkRole.Accelerator)).Select(p => p.Code), found.Select(p => p.Code));
        Assert.InRange(found.Count, 1, all.Count - 1);
    }

    [OnEveryDatabase]
    public async Task A_park_says_who_manages_it_and_what_the_reader_may_do(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.ParkAsync("CAR-06");
        async Task<(bool, bool)> Rights(string userName) => await world.As(userName).Send(new GetPark(id)) is var park ? (park.MayChangeSpaces, park.MayDecide) : default;

        Assert.Equal(["沈砚青"], (await world.As("officer").Send(new GetPark(id))).Managers);
        Assert.Equal((true, true), await Rights("manager.park"));
        Assert.Equal((true, false), await Rights("admin"));
        Assert.Equal((false, false), await Rights("officer"));
    }

    [OnEveryDatabase]
    public async Task Occupancy_names_a_project_only_to_those_who_may_see_it(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var request = new GetOccupancy(await world.ParkAsync("CAR-06"));
        var owner = await world.As("officer").Send(request);
        var colleague = await world.As("officer2").Send(request);

        Assert.Equal((8800m, 1500m, 2200m, 5100m), (owner.AreaM2, owner.HeldM2, owner.OccupiedM2, owner.FreeM2));
        var tenant = owner.Spaces.Single(s => s.Name == "2号楼2层GMP车间").Occupants.Single();
        Assert.Equal(("细胞治疗产品生产基地", 2200m, AssignmentStatus.MovedIn), (tenant.ProjectTitle, tenant.AreaM2, tenant.Status));
        var hidden = colleague.Spaces.Single(s => s.Name == "2号楼2层GMP车间").Occupants.Single();
        Assert.Equal((null, null, null, null, 2200m), (hidden.AssignmentId, hidden.ProjectId, hidden.ProjectNumber, hidden.ProjectTitle, hidden.AreaM2));
        // The code-named proposal holds nothing yet.
        Assert.DoesNotContain(owner.Spaces.SelectMany(s => s.Occupants), o => o.ProjectTitle == Finding.CodeName);
    }

    [OnEveryDatabase]
    public async Task Spaces_are_added_and_changed_by_the_parks_manager_and_by_administrators(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var park = await world.ParkAsync("CAR-06");
        var add = new AddSpace { ParkId = park, Name = "6号楼", AreaM2 = 900.25m, AvailableFrom = new DateOnly(2027, 1, 1), Rent = 2.1m };
        await world.NotPermitted(() => add, "officer", "leader");
        await world.Refused(RefusalCode.NotFound, () => world.As("manager.incubator").Send(add));
        var id = await world.As("manager.park").Send(add);
        await world.As("admin").Send(add with { Name = "7号楼" });

        var edit = new EditSpace { Id = id, Version = 1, Name = "6号楼 A", AreaM2 = 950, AvailableFrom = new DateOnly(2026, 12, 1), ClearHeightM = 5.4m };
        await world.NotPermitted(() => edit, "officer", "leader");
        await world.Refused(RefusalCode.NotFound, () => world.As("manager.incubator").Send(edit));
        await world.As("manager.park").Send(edit);
        var space = (await world.As("officer").Send(new GetOccupancy(park))).Spaces.Single(s => s.Id == id);
        Assert.Equal(("6号楼 A", 950m, true, 5.4m, null, 2), (space.Name, space.AreaM2, space.IsComing, space.ClearHeightM, space.Rent, space.Version));
        await world.Refused(RefusalCode.StaleVersion, () => world.As("admin").Send(edit));
    }

    [OnEveryDatabase]
    public async Task Somebody_who_sees_all_parks_changes_only_the_ones_that_person_manages(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var manager = await world.FindAsync("manager.park");
        var both = new Identity.Actor { Id = manager.Id, Parks = manager.Parks, Permissions = manager.Permissions.Append(Identity.Permission.AllParks).ToHashSet() };
        var add = new AddSpace { ParkId = await world.ParkAsync("CAR-02"), Name = "B座", AreaM2 = 100, AvailableFrom = new DateOnly(2027, 1, 1) };

        await world.Refused(RefusalCode.NotPermitted, () => world.As(both).Send(add));
        await world.As(both).Send(add with { ParkId = await world.ParkAsync("CAR-07") });
    }

    [OnEveryDatabase]
    public async Task A_name_is_taken_once_in_a_park_also_at_the_same_moment(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var add = new AddSpace { ParkId = await world.ParkAsync("CAR-06"), Name = "8号楼", AreaM2 = 100, AvailableFrom = new DateOnly(2027, 1, 1) };
        await world.FindAsync("manager.park");
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(async () =>
        {
            try { await world.As("manager.park").Send(add); return "added"; }
            catch (Refusal refusal) { return refusal.Code + " " + refusal.Field; }
        })));

        Assert.Single(answers, "added");
        Assert.Equal(4, answers.Count(a => a == "SpaceExists name"));
        var other = await world.SpaceAsync("5号楼1层标准厂房");
        await world.Refused(RefusalCode.SpaceExists, () => world.As("manager.park").Send(new EditSpace { Id = other, Name = "8号楼", AreaM2 = 2600, AvailableFrom = new DateOnly(2025, 6, 1) }));
        await world.As("manager.park").Send(add with { ParkId = await world.ParkAsync("CAR-07") });
    }

    [OnEveryDatabase]
    public async Task A_space_never_becomes_smaller_than_what_it_holds(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.SpaceAsync("5号楼1层标准厂房");
        var edit = new EditSpace { Id = id, Name = "5号楼1层标准厂房", AreaM2 = 1499.99m, AvailableFrom = new DateOnly(2025, 6, 1) };
        await world.Refused(RefusalCode.SpaceTooSmall, () => world.As("manager.park").Send(edit));
        await world.As("manager.park").Send(edit with { AreaM2 = 1500 });
        var waiting = await world.Db(db => db.Assignments.Where(a => a.SpaceId == id && a.Status == AssignmentStatus.Proposed).Select(a => a.Id).SingleAsync());
        await world.Refused(RefusalCode.SpaceOverbooked, () => world.As("manager.park").Send(new AcceptAssignment { Id = waiting }));

        await world.Malformed(() => world.As("manager.park").Send(edit with { Name = " ", AreaM2 = -3, AvailableFrom = null, ClearHeightM = 0, FloorLoad = -1, Rent = 2.345m }),
            "name", "areaM2", "availableFrom", "clearHeightM", "floorLoad", "rent");
        await world.Malformed(() => world.As("manager.park").Send(edit with { Name = "a\nb", AvailableFrom = new DateOnly(1899, 12, 31) }), "name", "availableFrom");
    }

    [OnEveryDatabase]
    public async Task The_database_itself_refuses_an_overbooked_space(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => world.Db(db => db.SpaceSpans.Where(s => db.Spaces.Any(x => x.Id == s.SpaceId && x.Name == "5号楼1层标准厂房"))
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.HeldM2, 2600.01m))));
    }
}
