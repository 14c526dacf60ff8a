using System.Text.Json;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Leads;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JinshanBio.Crm.Tests.Audit;

public sealed class AuditTests
{
    [OnEveryDatabase]
    public async Task A_change_says_who_when_and_what_from_and_to(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var lead = await world.Db(db => db.Leads.Include(l => l.Links).SingleAsync(l => l.CodeName == "蓝鲸计划"));
        await world.As("officer2").Send(new EditLead
        {
            Id = lead.Id, Field = lead.Field, Links = ["MAT-08"], Source = lead.Source, ExpectedInvestment = 200_000_000m, CodeName = "蓝鲸计划", Note = "金额已核实",
        });

        var record = Assert.Single(await RecordsAsync(world));
        Assert.Equal((world.Clock.Now, (await world.FindAsync("officer2")).Id, "Lead", lead.Id, lead.Version + 1, AuditAction.Changed),
            (record.At, record.ActorId, record.Subject, record.SubjectId, record.SubjectVersion, record.Action));
        var changes = JsonSerializer.Deserialize<Dictionary<string, JsonElement[]>>(record.Changes)!;
        Assert.Equal(["ExpectedInvestment", "Note"], changes.Keys.Order(StringComparer.Ordinal));
        Assert.Equal([180_000_000m, 200_000_000m], changes["ExpectedInvestment"].Select(v => v.GetDecimal()));
        Assert.Equal([lead.Note, "金额已核实"], changes["Note"].Select(v => v.GetString()));
    }

    [OnEveryDatabase]
    public async Task Everything_a_request_creates_is_on_record(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        await world.As("officer").Send(new CreateLead
        {
            Enterprise = new NewEnterprise { Name = "上海望舒生物科技有限公司" }, Field = "MED", Links = ["MED-07"], Source = LeadSource.Event, NextFollowUp = new DateTime(2026, 12, 1),
        });

        var records = await RecordsAsync(world);
        Assert.Equal(["Enterprise", "FollowUp", "Lead", "Lead.Link.MED-07"], records.Select(r => r.Subject).Order(StringComparer.Ordinal));
        var officer = (await world.FindAsync("officer")).Id;
        Assert.All(records, r => Assert.Equal((AuditAction.Created, officer, world.Clock.Now, 1), (r.Action, r.ActorId, r.At, r.SubjectVersion)));
    }

    [OnEveryDatabase]
    public async Task What_is_set_up_at_the_first_start_is_the_systems_doing(string provider)
    {
        await using var world = await World.OpenAsync(provider, people: false);
        await CrmStart.AddFirstAdministratorAsync(world.Services, "first", null, CancellationToken.None);

        var records = await world.Db(db => db.AuditRecords.ToListAsync());
        Assert.Contains(records, r => r.Subject == "Park");
        Assert.Contains(records, r => r.Subject == "Person");
        Assert.All(records, r => Assert.Equal(Actor.System.Id, r.ActorId));
    }

    [OnEveryDatabase]
    public async Task A_save_that_is_rolled_back_leaves_no_record(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        await world.Db(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            db.Enterprises.Add(new Enterprise("上海望舒生物科技有限公司", null, "CN", world.Clock.Now, Actor.System.Id));
            await db.SaveChangesAsync();
            Assert.Single(await db.AuditRecords.Where(r => r.At == world.Clock.Now).ToListAsync());
            await transaction.RollbackAsync();
        });
        Assert.Empty(await RecordsAsync(world));
    }

    [OnEveryDatabase]
    public async Task A_save_that_fails_leaves_no_record(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var code = CreditCode.Complete("91310116MA0DEM990");
        var failure = await Assert.ThrowsAsync<DbUpdateException>(() => world.Db(async db =>
        {
            db.Enterprises.Add(new Enterprise("甲生物有限公司", code, "CN", world.Clock.Now, Actor.System.Id));
            db.Enterprises.Add(new Enterprise("乙生物有限公司", code, "CN", world.Clock.Now, Actor.System.Id));
            await db.SaveChangesAsync();
        }));

        Assert.True(CrmDatabase.IsDuplicate(failure));
        Assert.Empty(await RecordsAsync(world));
    }

    [OnEveryDatabase]
    public async Task Secrets_and_contact_data_of_people_are_masked(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        await world.Db(async db =>
        {
            var person = await db.Users.SingleAsync(p => p.UserName == "officer");
            (person.PasswordHash, person.SecurityStamp, person.Email, person.PhoneNumber, person.DisplayName) = ("secret-hash", "secret-stamp", "secret@example.com", "13800000000", "陆知遥二");
            await db.SaveChangesAsync();
        });

        var changes = Assert.Single(await RecordsAsync(world)).Changes;
        Assert.Contains("\"PasswordHash\":[\"***\",\"***\"]", changes);
        Assert.Contains("陆知遥二", changes);
        Assert.DoesNotContain("secret", changes);
        Assert.DoesNotContain("138", changes);
        var hashes = await world.Db(db => db.Users.Select(p => p.PasswordHash!).ToListAsync());
        var trail = string.Concat(await world.Db(db => db.AuditRecords.Select(r => r.Changes).ToListAsync()));
        Assert.All(hashes, hash => Assert.DoesNotContain(hash, trail));
    }

    private static Task<List<AuditRecord>> RecordsAsync(World world)
        => world.Db(db => db.AuditRecords.Where(r => r.At >= world.Clock.Now).ToListAsync());
}
