using System.Text.Json;
using JinshanBio.Crm.Audit;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Enterprises;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Leads;
using JinshanBio.Crm.Projects;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JinshanBio.Crm.Tests.Enterprises;

public sealed class ContactTests
{
    private const string Zhihe = "南京知禾蛋白工程有限公司";
    private static readonly string[] Secrets = ["张三丰", "13812345678", "zhang@far.example", "wx-zhang", "喜欢喝茶"];

    private static readonly JsonSerializerOptions AsWritten = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [OnEveryDatabase]
    public async Task A_contact_is_seen_in_full_by_who_needs_it_and_masked_by_everybody_else(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (id, _) = await AddAsync(world);
        foreach (var who in (string[])["officer", "officer2", "admin"])
        {
            var contact = (await world.As(who).Send(new GetEnterprise(id))).Contacts.Single();
            Assert.Equal(("张三丰", "13812345678", false, true), (contact.Name, contact.Phone, contact.IsMasked, contact.IsPrimary));
        }
        var masked = await world.As("leader").Send(new GetEnterprise(id));
        var seen = masked.Contacts.Single();
        Assert.Equal(("张*", "总经理", "138****5678", "z***@far.example", "***", "***", true), (seen.Name, seen.Title, seen.Phone, seen.Email, seen.WeChat, seen.Note, seen.IsMasked));
        Hides(masked);
        Hides(await world.As("leader").Send(new GetTimeline { EnterpriseId = id }));
    }

    [OnEveryDatabase]
    public async Task Only_who_may_adds_changes_erases_and_exports(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (id, contact) = await AddAsync(world);
        await world.NotPermitted(() => new AddContact { EnterpriseId = id, Name = "李四" }, "leader", "manager.park");
        await world.NotPermitted(() => new EditContact { EnterpriseId = id, Id = contact, Name = "李四" }, "leader", "manager.park");
        await world.NotPermitted(() => new EraseContact { EnterpriseId = id, Id = contact }, "leader", "manager.park");
        await world.NotPermitted(() => new ExportContact(id, contact), "leader", "manager.park");
        await world.NotPermitted(() => new SearchContacts("张三丰"), "leader", "manager.park");
        await world.Malformed(() => world.As("officer").Send(new AddContact { EnterpriseId = id, Phone = "12", Email = "no address" }), "name", "phone", "email");
        await world.Refused(RefusalCode.NotFound, () => world.As("officer").Send(new AddContact { EnterpriseId = Guid.NewGuid(), Name = "李四" }));
        await world.Refused(RefusalCode.NotFound, () => world.As("officer").Send(new EditContact { EnterpriseId = Guid.NewGuid(), Id = contact, Name = "李四" }));

        var data = await world.As("officer2").Send(new ExportContact(id, contact));
        Assert.Equal((Zhihe, "张三丰", "wx-zhang", "陆知遥"), (data.Enterprise, data.Name, data.WeChat, data.RegisteredBy));
    }

    [OnEveryDatabase]
    public async Task There_is_one_to_call_first_and_two_who_edit_the_same_are_told(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (id, first) = await AddAsync(world);
        await world.As("officer2").Send(new AddContact { EnterpriseId = id, Name = "李四", IsPrimary = true });
        var contacts = (await world.As("officer").Send(new GetEnterprise(id))).Contacts;
        Assert.Equal([("李四", true), ("张三丰", false)], contacts.Select(c => (c.Name, c.IsPrimary)));

        var edit = new EditContact { EnterpriseId = id, Id = first, Version = contacts[1].Version, Name = "张三", IsPrimary = true };
        await world.As("officer").Send(edit);
        await world.Refused(RefusalCode.StaleVersion, () => world.As("officer2").Send(edit));
        Assert.Equal([("张三", true), ("李四", false)], (await world.As("officer").Send(new GetEnterprise(id))).Contacts.Select(c => (c.Name, c.IsPrimary)));
    }

    [OnEveryDatabase]
    public async Task A_contact_finds_its_enterprise_for_who_may_see_it_and_for_nobody_else(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (id, contact) = await AddAsync(world);
        foreach (var q in (string[])["张三丰", "zhangsanf", "zsf", "13812345678", "+86 138-1234-5678", "45678", "zhang@far.example", "@far.ex"])
        {
            Assert.Equal(id, (await world.As("officer2").Send(new ListEnterprises { Q = q })).Items.Single().Id);
            Assert.Equal(contact, (await world.As("officer").Send(new SearchContacts(q))).Single().Id);
            Assert.Equal(id, (await world.As("officer").Send(new SearchEnterprises(q))).Items.Single().Id);
            Assert.Empty((await world.As("leader").Send(new ListEnterprises { Q = q })).Items);
            Assert.Empty((await world.As("leader").Send(new SearchEnterprises(q))).Items);
            Assert.Empty((await world.As("leader").Send(new ListLeads { Q = q })).Items);
            Assert.Empty((await world.As("leader").Send(new ListProjects { Q = q })).Items);
        }
    }

    [OnEveryDatabase]
    public async Task The_trail_tells_no_more_of_a_contact_than_the_contact_itself(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (_, contact) = await AddAsync(world);
        var trail = (await world.As("admin").Send(new ListAudit { SubjectId = contact })).Items.Single();
        Assert.Contains(trail.Changes, c => c is { Field: "phone", To: "13812345678" });

        var admin = await world.FindAsync("admin");
        var auditor = new Actor { Id = admin.Id, Permissions = new HashSet<Permission> { Permission.AuditRead } };
        var masked = (await world.As(auditor).Send(new ListAudit { SubjectId = contact })).Items.Single();
        Assert.Contains(masked.Changes, c => c is { Field: "phone", To: "***" });
        Hides(masked);
    }

    [OnEveryDatabase]
    public async Task An_erased_contact_is_gone_everywhere_but_that_it_was_erased_by_whom_and_when(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (id, contact) = await AddAsync(world);
        await world.As("officer").Send(new EditContact { EnterpriseId = id, Id = contact, Name = "张三丰", Phone = "13812345678", Note = "喜欢喝茶" });
        await world.Db(async db =>
        {
            db.IdempotentAnswers.Add(new() { PersonId = await world.PersonAsync("officer"), Key = "k", RequestHash = "h", Body = $"{{\"id\":\"{contact}\",\"name\":\"张三丰\"}}", At = world.Clock.Now });
            await db.SaveChangesAsync();
        });
        var at = world.Clock.Advance(TimeSpan.FromHours(1));
        await world.As("officer2").Send(new EraseContact { EnterpriseId = id, Id = contact });

        Assert.Empty((await world.As("officer").Send(new GetEnterprise(id))).Contacts);
        Assert.Empty((await world.As("officer").Send(new ListEnterprises { Q = "张三丰" })).Items);
        var trail = await world.As("admin").Send(new ListAudit { SubjectId = contact });
        Hides(trail);
        Assert.Equal((AuditActionOf("Deleted"), await world.PersonAsync("officer2"), at), (trail.Items[0].Action, trail.Items[0].ActorId, trail.Items[0].At));
        Assert.Equal(3, trail.Items.Count);
        Hides(await world.Db(db => db.AuditRecords.AsNoTracking().Where(r => r.SubjectId == contact).Select(r => r.Changes).ToListAsync()));
        Assert.False(await world.Db(db => db.IdempotentAnswers.AnyAsync(a => a.Key == "k")));
        Assert.False(await world.Db(db => db.ContactKeys.AnyAsync(k => k.ContactId == contact)));
        await world.Refused(RefusalCode.NotFound, () => world.As("officer").Send(new EraseContact { EnterpriseId = id, Id = contact }));
    }

    private static Crm.Data.AuditAction AuditActionOf(string name) => Enum.Parse<Crm.Data.AuditAction>(name);

    private static async Task<(Guid Enterprise, Guid Contact)> AddAsync(World world)
    {
        var id = await world.EnterpriseAsync(Zhihe);
        return (id, await world.As("officer").Send(new AddContact
        {
            EnterpriseId = id, Name = "张三丰", Title = "总经理", Phone = "13812345678", Email = "zhang@far.example", WeChat = "wx-zhang", Note = "喜欢喝茶",
        }));
    }

    private static void Hides(object answer)
    {
        var said = JsonSerializer.Serialize(answer, AsWritten);
        Assert.All(Secrets, secret => Assert.DoesNotContain(secret, said, StringComparison.Ordinal));
    }
}
