using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.People;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace JinshanBio.Crm.Tests.People;

public sealed class PeopleTests
{
    private const string DemoPassword = "Jinshan-2026";

    [OnEveryDatabase]
    public async Task The_administrator_sees_everybody_with_roles_and_parks(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var people = await world.As("admin").Send(new ListPeople());

        Assert.Equal(["admin", "expert", "leader", "manager.incubator", "manager.park", "officer", "officer2", "reviewer"], people.Items.Select(p => p.UserName));
        var manager = people.Items.Single(p => p.UserName == "manager.park");
        Assert.Equal([RoleCode.ParkManager], manager.Roles);
        Assert.Equal(new[] { await world.ParkAsync("CAR-06"), await world.ParkAsync("CAR-07") }.Order(), manager.Parks.Order());
        Assert.Equal(["officer", "officer2"], (await world.As("admin").Send(new ListPeople { Role = "officer" })).Items.Select(p => p.UserName));
        Assert.Equal("officer", (await world.As("admin").Send(new ListPeople { Q = "知遥" })).Items.Single().UserName);
        Assert.Empty((await world.As("admin").Send(new ListPeople { Disabled = true })).Items);
        Assert.Equal("manager.park", (await world.As("admin").Send(new GetPerson(manager.Id))).UserName);
        await world.Refused(RefusalCode.NotFound, () => world.As("admin").Send(new GetPerson(Guid.NewGuid())));
        await world.Malformed(() => world.As("admin").Send(new ListPeople { Sort = "password" }), "sort");
    }

    [OnEveryDatabase]
    public async Task Nobody_else_manages_people(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        string[] others = ["officer", "leader", "manager.park"];
        var id = await world.PersonAsync("officer");
        await world.NotPermitted(() => new ListPeople(), others);
        await world.NotPermitted(() => new GetPerson(id), others);
        await world.NotPermitted(() => new AddPerson(), others);
        await world.NotPermitted(() => new EditPerson { Id = id }, others);
        await world.NotPermitted(() => new ResetPassword(id), others);
        await world.NotPermitted(() => new UnlockPerson(id), others);
    }

    [OnEveryDatabase]
    public async Task A_new_person_gets_a_one_time_password_shown_once(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var park = await world.ParkAsync("CAR-02");
        var added = await world.As("admin").Send(new AddPerson { UserName = "xin.li", DisplayName = "李欣", Department = "DEP-TZCJ", Roles = ["park-manager", "officer"], Parks = [park] });

        var person = await world.Db(db => db.Users.AsNoTracking().Include(p => p.Parks).SingleAsync(p => p.Id == added.Id));
        Assert.True(person.MustChangePassword);
        Assert.True(person.LockoutEnabled);
        Assert.True(await FitsAsync(world, "xin.li", added.OneTimePassword!));
        Assert.Equal(park, Assert.Single(person.Parks).ParkId);
        Assert.Equal(["officer", "park-manager"], (await world.As("admin").Send(new GetPerson(added.Id))).Roles);
        var given = await world.As("admin").Send(new AddPerson { UserName = "wei.he", DisplayName = "何为", Roles = ["leader"], Password = "Spring-2026x" });
        Assert.Null(given.OneTimePassword);
        Assert.True(await FitsAsync(world, "wei.he", "Spring-2026x"));
        var trail = await world.Db(db => db.AuditRecords.Where(r => r.SubjectId == added.Id).ToListAsync());
        Assert.Contains(trail, r => r.Subject == "Person.Role");
        Assert.Contains(trail, r => r.Subject == "Person.Park" && r.Changes.Contains(park.ToString(), StringComparison.Ordinal));
        Assert.All(trail, r => Assert.DoesNotContain(person.PasswordHash!, r.Changes, StringComparison.Ordinal));
    }

    [OnEveryDatabase]
    public async Task What_is_wrong_with_a_new_person_stands_beside_its_field(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var add = new AddPerson { UserName = "Officer", DisplayName = "重名", Roles = ["officer"] };
        Task<Refusal> Refused(RefusalCode code, AddPerson request) => world.Refused(code, () => world.As("admin").Send(request));

        Assert.Equal("userName", (await Refused(RefusalCode.UserNameTaken, add)).Field);
        Assert.Equal("password", (await Refused(RefusalCode.PasswordTooWeak, add with { UserName = "neu", Password = "short1A" })).Field);
        Assert.Equal("parks", (await Refused(RefusalCode.NotFound, add with { UserName = "neu", Parks = [Guid.NewGuid()] })).Field);
        Assert.Equal("department", (await Refused(RefusalCode.NotFound, add with { UserName = "neu", Department = "DEP-NONE" })).Field);
        await world.Malformed(() => world.As("admin").Send(new AddPerson { UserName = "li xin", DisplayName = "", Roles = ["king"] }), "userName", "displayName", "roles");
        await world.Malformed(() => world.As("admin").Send(new AddPerson()), "userName", "displayName", "roles");
        Assert.Equal(8, await world.Db(db => db.Users.CountAsync()));
    }

    [OnEveryDatabase]
    public async Task A_changed_role_and_a_disabled_account_take_effect_at_once(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var directory = world.Services.GetRequiredService<ActorDirectory>();
        var (id, stamp) = await SignInAsync(world, "officer2");
        var edit = new EditPerson { Id = id, DisplayName = "顾晓岑", Department = null, Roles = ["leader"], Parks = [] };
        Assert.False((await directory.FindAsync(id, stamp, default)).May(Permission.EverybodysRows));

        await world.As("admin").Send(edit);
        var leader = await directory.FindAsync(id, stamp, default);
        Assert.Equal(["leader"], leader.Roles);
        Assert.True(leader.May(Permission.EverybodysRows));

        await world.As("admin").Send(edit with { Disabled = true });
        Assert.True((await directory.FindAsync(id, stamp, default)).IsNobody);
        await world.As("admin").Send(edit);
        // The sign-in of before stays ended.
        Assert.True((await directory.FindAsync(id, stamp, default)).IsNobody);
    }

    [OnEveryDatabase]
    public async Task The_last_administrator_stays_and_nobody_locks_oneself_out(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.PersonAsync("admin");
        var edit = new EditPerson { Id = id, DisplayName = "吴静", Roles = ["administrator"], Parks = [] };
        await world.Refused(RefusalCode.LastAdministrator, () => world.As("admin").Send(edit with { Disabled = true }));
        await world.Refused(RefusalCode.LastAdministrator, () => world.As("admin").Send(edit with { Roles = ["leader"] }));
        await world.As("admin").Send(edit with { DisplayName = "吴静静" });

        var second = await SecondAdministratorAsync(world);
        await world.Refused(RefusalCode.LastAdministrator, () => world.As("admin").Send(edit with { Roles = ["leader"] }));
        await world.As("admin2").Send(edit with { Roles = ["leader"] });
        await world.Refused(RefusalCode.LastAdministrator, () => world.As("admin2").Send(edit with { Id = second.Id, Roles = ["leader"] }));
    }

    [OnEveryDatabase]
    public async Task Two_administrators_who_dismiss_each_other_leave_one(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var first = await world.PersonAsync("admin");
        var second = (await SecondAdministratorAsync(world)).Id;
        EditPerson Dismiss(Guid id) => new() { Id = id, DisplayName = "某人", Roles = ["officer"], Parks = [] };
        async Task<bool> Try(string by, Guid whom)
        {
            // The second is refused: as one who dismisses the last administrator or, when the first was done already, as none any more.
            try { await world.As(by).Send(Dismiss(whom)); return true; }
            catch (Refusal refusal) when (refusal.Code is RefusalCode.LastAdministrator or RefusalCode.NotPermitted) { return false; }
        }
        var done = await Task.WhenAll(Task.Run(() => Try("admin", second)), Task.Run(() => Try("admin2", first)));

        Assert.Single(done, true);
        Assert.Single((await world.As(Actor.System).Send(new ListPeople { Role = RoleCode.Administrator })).Items);
    }

    [OnEveryDatabase]
    public async Task A_reset_password_works_once_and_ends_the_old_sign_ins(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (id, stamp) = await SignInAsync(world, "officer");
        var directory = world.Services.GetRequiredService<ActorDirectory>();
        Assert.False((await directory.FindAsync(id, stamp, default)).IsNobody);
        var oneTime = await world.As("admin").Send(new ResetPassword(id));

        Assert.True(await FitsAsync(world, "officer", oneTime));
        Assert.False(await FitsAsync(world, "officer", DemoPassword));
        Assert.True((await directory.FindAsync(id, stamp, default)).IsNobody);
        Assert.True((await world.As("admin").Send(new GetPerson(id))).MustChangePassword);
        await world.Refused(RefusalCode.NotFound, () => world.As("admin").Send(new ResetPassword(Guid.NewGuid())));
    }

    [OnEveryDatabase]
    public async Task Changing_ones_password_needs_the_present_one_and_locks_after_five_guesses(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var officer = world.As("officer");
        Assert.Equal("new", (await world.Refused(RefusalCode.PasswordTooWeak, () => officer.Send(new ChangePassword { Current = DemoPassword, New = "short" }))).Field);
        await world.Malformed(() => officer.Send(new ChangePassword { Current = DemoPassword, New = DemoPassword }), "new");
        await world.Malformed(() => officer.Send(new ChangePassword()), "current", "new");
        await officer.Send(new ChangePassword { Current = DemoPassword, New = "Autumn-2026x" });
        Assert.True(await FitsAsync(world, "officer", "Autumn-2026x"));
        Assert.False((await world.As("admin").Send(new GetPerson(await world.PersonAsync("officer")))).MustChangePassword);

        for (var i = 0; i < 5; i++)
            Assert.Equal("current", (await world.Refused(RefusalCode.SignInFailed, () => officer.Send(new ChangePassword { Current = "wrong", New = "Winter-2026x" }))).Field);
        await world.Refused(RefusalCode.LockedOut, () => officer.Send(new ChangePassword { Current = "Autumn-2026x", New = "Winter-2026x" }));
        await world.As("admin").Send(new UnlockPerson(await world.PersonAsync("officer")));
        await officer.Send(new ChangePassword { Current = "Autumn-2026x", New = "Winter-2026x" });
    }

    [OnEveryDatabase]
    public async Task Me_says_who_one_is_and_what_one_may_do(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var me = await world.As("manager.park").Send(new Me());
        Assert.Equal(("manager.park", "沈砚青"), (me.UserName, me.DisplayName));
        Assert.Contains(Permission.AssignmentsDecide, me.Permissions);
        Assert.DoesNotContain(Permission.RealNames, me.Permissions);
        Assert.Equal(2, me.Parks.Count);
        await world.Refused(RefusalCode.SignInRequired, () => world.As(Actor.Nobody).Send(new Me()));
    }

    /// <summary>What a cookie or token of the person carries.</summary>
    private static Task<(Guid Id, string? Stamp)> SignInAsync(World world, string userName) => world.Db(async db =>
    {
        var person = await db.Users.AsNoTracking().SingleAsync(p => p.UserName == userName);
        return (person.Id, person.SecurityStamp);
    });

    private static async Task<bool> FitsAsync(World world, string userName, string password)
    {
        await using var scope = world.Services.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<UserManager<Person>>();
        return await people.CheckPasswordAsync((await people.FindByNameAsync(userName))!, password);
    }

    [OnEveryDatabase]
    public async Task Whoever_must_change_the_password_can_do_nothing_else_first(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var person = await world.FindAsync("officer");
        var actor = new Actor { Id = person.Id, UserName = "officer", Permissions = Enum.GetValues<Permission>().ToHashSet(), MustChangePassword = true };
        await world.Refused(RefusalCode.PasswordChangeRequired, () => world.As(actor).Send(new ListPeople()));
        Assert.Equal("officer", (await world.As(actor).Send(new Me())).UserName);
    }

    private static async Task<AddedPerson> SecondAdministratorAsync(World world)
    {
        var second = await world.As("admin").Send(new AddPerson { UserName = "admin2", DisplayName = "副手", Roles = ["administrator"] });
        await world.As("admin2").Send(new ChangePassword { Current = second.OneTimePassword!, New = "Autumn-2026y" });
        world.Forget("admin2");
        return second;
    }
}
