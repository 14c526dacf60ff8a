using System.Text.Json;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Enterprises;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Leads;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JinshanBio.Crm.Tests.Enterprises;

public sealed class DuplicateTests
{
    private const string Chengyu = "上海澄屿生物医药有限公司", ChengyuCode = "91310115MA0DEM013U";

    private static readonly JsonSerializerOptions AsWritten = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [OnEveryDatabase]
    public async Task The_whole_register_is_asked_and_the_answer_says_why_and_whose(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        async Task<DuplicateCandidate> Find(FindDuplicates about) => Assert.Single(await world.As("officer2").Send(about), c => c.Name == Chengyu);

        var same = await Find(new() { Name = "澄屿生物医药（上海）股份有限公司" });
        Assert.Equal((Resemblance.SameName, true), (same.Reasons.Single(), same.Blocks));
        Assert.Equal(("陆知遥", true), (same.Owners.Single().DisplayName, same.Owners.Single().Department!.Length > 1));
        Assert.NotEmpty(same.Explanations.Single());
        Assert.Equal([Resemblance.SamePinyin], (await Find(new() { Name = "上海成渝生物医药有限公司" })).Reasons);
        Assert.Equal([Resemblance.SimilarName], (await Find(new() { Name = "澄屿医药" })).Reasons);
        Assert.Equal([Resemblance.SameCode], (await Find(new() { Name = "毫不相干", CreditCode = ChengyuCode.ToLowerInvariant() })).Reasons);
        Assert.Empty(await world.As("officer").Send(new FindDuplicates { Name = "毫不相干贸易有限公司" }));
        await world.NotPermitted(() => new FindDuplicates { Name = Chengyu }, "leader", "manager.park");
        await world.Malformed(() => world.As("officer").Send(new FindDuplicates { Name = "——", Country = "china" }), "name", "country");
    }

    [OnEveryDatabase]
    public async Task A_near_match_is_refused_until_somebody_says_why_it_is_another(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var before = await world.Db(db => db.Enterprises.CountAsync());
        var add = new AddEnterprise { Name = "上海澄屿生物医药科技有限公司" };
        var refusal = await world.Refused(RefusalCode.DuplicateSuspected, () => world.As("officer2").Send(add));
        var said = JsonSerializer.Serialize(refusal.Details);
        Assert.Contains((await world.EnterpriseAsync(Chengyu)).ToString(), said, StringComparison.Ordinal);
        Assert.DoesNotContain("XS-", said, StringComparison.Ordinal);
        Assert.Equal(before, await world.Db(db => db.Enterprises.CountAsync()));

        var id = await world.As("officer2").Send(add with { DuplicateReason = "是其科技子公司" });
        Assert.Equal("是其科技子公司", (await world.As("officer").Send(new GetEnterprise(id))).DuplicateReason);
        var trail = await world.Db(db => db.AuditRecords.SingleAsync(r => r.SubjectId == id && r.Subject == "Enterprise"));
        Assert.Contains("是其科技子公司", trail.Changes, StringComparison.Ordinal);
        await world.Malformed(() => world.As("officer").Send(add with { DuplicateReason = "a" }), "duplicateReason");
    }

    [OnEveryDatabase]
    public async Task Only_who_may_override_gives_a_reason(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var officer = await world.FindAsync("officer");
        var clerk = new Actor { Id = officer.Id, UserName = "clerk", Permissions = officer.Permissions.Where(p => p != Permission.DuplicatesOverride).ToHashSet() };
        var add = new AddEnterprise { Name = Chengyu, DuplicateReason = "就是要登记" };
        await world.Refused(RefusalCode.NotPermitted, () => world.As(clerk).Send(add));
        await world.As(clerk).Send(add with { Name = "毫不相干贸易有限公司" });
        await world.As("admin").Send(add);
        await world.NotPermitted(() => add, "leader", "manager.park");
    }

    [OnEveryDatabase]
    public async Task A_lead_with_a_new_enterprise_asks_as_well(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var lead = new CreateLead { Enterprise = new NewEnterprise { Name = "澄屿生物医药" }, Field = "MED", Source = LeadSource.Visit, ExpectedInvestment = 1 };
        await world.Refused(RefusalCode.DuplicateSuspected, () => world.As("officer2").Send(lead));
        lead.Enterprise!.DuplicateReason = "另一家同名企业";
        var id = await world.As("officer2").Send(lead);
        Assert.NotEqual(await world.EnterpriseAsync(Chengyu), (await world.As("officer2").Send(new GetLead(id))).EnterpriseId);
    }

    [OnEveryDatabase]
    public async Task Two_credit_codes_are_two_enterprises_and_the_same_code_is_refused_with_its_holder(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var other = CreditCode.Complete("91310116MA0TWX001");
        await world.As("officer").Send(new AddEnterprise { Name = Chengyu, CreditCode = other });
        var refusal = await world.Refused(RefusalCode.EnterpriseExists, () => world.As("officer2").Send(new AddEnterprise { Name = "别的名称", CreditCode = ChengyuCode, DuplicateReason = "有原因" }));
        Assert.Equal("creditCode", refusal.Field);
        Assert.Contains("陆知遥", JsonSerializer.Serialize(refusal.Details, AsWritten), StringComparison.Ordinal);
    }

    [OnEveryDatabase]
    public async Task A_former_name_and_a_contact_give_it_away(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.As("officer").Send(new AddEnterprise { Name = "苏州远望细胞有限公司", Contact = new() { Name = "张三", Phone = "138 1234 5678", Email = "Zhang@Far.example" } });
        await world.As("officer").Send(new EditEnterprise { Id = id, Name = "苏州近观细胞有限公司" });

        var former = Assert.Single(await world.As("officer2").Send(new FindDuplicates { Name = "远望细胞" }));
        Assert.Equal((id, Resemblance.SameAlias, "苏州远望细胞有限公司"), (former.Id, former.Reasons[0], former.MatchedName));
        var reached = Assert.Single(await world.As("officer2").Send(new FindDuplicates { Name = "另起炉灶", Phone = "+86 13812345678", Email = "zhang@far.example" }));
        Assert.Equal([Resemblance.SameEmail, Resemblance.SamePhone], reached.Reasons);
        await world.Refused(RefusalCode.DuplicateSuspected, () => world.As("officer2").Send(new AddEnterprise { Name = "另起炉灶", Contact = new() { Name = "李四", Phone = "13812345678" } }));

        // Who may not see contacts is not told by asking.
        var officer = await world.FindAsync("officer");
        var clerk = new Actor { Id = officer.Id, Permissions = officer.Permissions.Where(p => p != Permission.ContactsRead).ToHashSet() };
        Assert.Empty(await world.As(clerk).Send(new FindDuplicates { Name = "另起炉灶", Phone = "13812345678", Email = "zhang@far.example" }));
    }
}
