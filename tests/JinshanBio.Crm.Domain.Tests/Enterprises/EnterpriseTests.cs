using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Domain.Searching;
using Xunit;

namespace JinshanBio.Crm.Domain.Tests.Enterprises;

public sealed class EnterpriseTests
{
    private static readonly DateTime Now = new(2026, 11, 20, 2, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void A_renaming_keeps_the_old_name_with_its_day()
    {
        var enterprise = New("上海康健生物科技有限公司");
        enterprise.Rename("上海远望生物科技有限公司", Now);

        var former = Assert.Single(enterprise.Aliases);
        Assert.Equal((AliasKind.Former, "上海康健生物科技有限公司", new DateOnly(2026, 11, 20)), (former.Kind, former.Name, former.Until));
        Assert.Contains(enterprise.Keys, k => k.Kind == KeyKind.Alias && k.Key.StartsWith("康健", StringComparison.Ordinal));
    }

    [Fact]
    public void A_name_that_only_differs_in_brackets_is_no_former_name_and_one_taken_up_again_is_none_either()
    {
        var enterprise = New("康健(上海)生物");
        enterprise.Rename("康健（上海）生物", Now);
        Assert.Empty(enterprise.Aliases);
        enterprise.Rename("远望生物", Now);
        enterprise.Rename("康健（上海）生物", Now);
        Assert.Equal(["远望生物"], enterprise.Aliases.Select(a => a.Name));
    }

    [Fact]
    public void Nobody_stands_above_oneself()
    {
        var enterprise = New("甲");
        Assert.Equal(RefusalCode.ParentLoop, Assert.Throws<Refusal>(() => enterprise.BelongTo(enterprise.Id, [])).Code);
        Assert.Equal(RefusalCode.ParentLoop, Assert.Throws<Refusal>(() => enterprise.BelongTo(Guid.NewGuid(), [Guid.NewGuid(), enterprise.Id])).Code);
        enterprise.BelongTo(Guid.NewGuid(), [Guid.NewGuid()]);
    }

    [Fact]
    public void A_merge_moves_what_hangs_and_undoing_gives_back_exactly_that()
    {
        var (winner, loser) = (New("澄屿生物"), New("澄屿药业", "91310115MA0DEM013U"));
        loser.AlsoCalled([new(AliasKind.Short, "澄屿")], Now);
        loser.WorkIn(["MED-01"]);
        winner.WorkIn(["MED-02"]);
        var lead = Lead(loser);
        var contact = new Contact(loser.Id, new("李明", null, "13812345678", null, null, null, true), Now, Guid.NewGuid());
        var hanging = new Hanging([lead], [], [contact], [], [], []);

        var merge = EnterpriseMerge.Of(winner, loser, new HashSet<string>(), hanging, winnerHasPrimary: true, Now, Guid.NewGuid());
        Assert.Equal((winner.Id, winner.Id, false), (lead.EnterpriseId, contact.EnterpriseId, contact.IsPrimary));
        Assert.Equal(("91310115MA0DEM013U", null, winner.Id), (winner.CreditCode, loser.CreditCode, loser.MergedIntoId));
        Assert.Equal(["澄屿", "澄屿药业"], winner.Aliases.Select(a => a.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["MED-01", "MED-02"], winner.Links.Select(l => l.Code).Order(StringComparer.Ordinal));
        Assert.Empty(loser.Keys);
        Assert.Equal("", loser.CoreName);

        winner.AlsoCalled([.. winner.Aliases.Select(a => new OtherName(a.Kind, a.Name)), new(AliasKind.English, "Chengyu")], Now);
        merge.Undo(winner, loser, hanging, Now.AddDays(EnterpriseMerge.UndoDays), Guid.NewGuid());
        Assert.Equal((loser.Id, loser.Id, true), (lead.EnterpriseId, contact.EnterpriseId, contact.IsPrimary));
        Assert.Equal((null, "91310115MA0DEM013U", null, "澄屿药业"), (winner.CreditCode, loser.CreditCode, loser.MergedIntoId, loser.CoreName));
        Assert.Equal(["Chengyu"], winner.Aliases.Select(a => a.Name));
        Assert.Equal(["澄屿"], loser.Aliases.Select(a => a.Name));
        Assert.Equal(("MED-02", "MED-01"), (winner.Links.Single().Code, loser.Links.Single().Code));
        Assert.NotEmpty(loser.Keys);
        Assert.Equal(RefusalCode.MergeUndone, Assert.Throws<Refusal>(() => merge.Undo(winner, loser, hanging, Now, Guid.NewGuid())).Code);
    }

    [Fact]
    public void Chosen_fields_come_from_the_loser_and_a_second_code_stays_findable()
    {
        var (winner, loser) = (New("澄屿生物", "91310115MA0DEM013U"), New("澄屿药业", "91320113MA0DEM056G"));
        loser.Describe("金山大道", "药企", "CN");
        EnterpriseMerge.Of(winner, loser, new HashSet<string> { "name", "address" }, new([], [], [], [], [], []), false, Now, Guid.NewGuid());

        Assert.Equal(("澄屿药业", "金山大道", null, "91310115MA0DEM013U"), (winner.Name, winner.Address, winner.Kind, winner.CreditCode));
        Assert.Equal([(AliasKind.Other, "澄屿生物"), (AliasKind.Code, "91320113MA0DEM056G")], winner.Aliases.OrderBy(a => a.Kind).Select(a => (a.Kind, a.Name)));
    }

    [Fact]
    public void A_merge_is_not_undone_too_late_or_over_a_change()
    {
        var (winner, loser) = (New("澄屿生物"), New("澄屿药业"));
        var lead = Lead(loser);
        var hanging = new Hanging([lead], [], [], [], [], []);
        var merge = EnterpriseMerge.Of(winner, loser, new HashSet<string> { "name" }, hanging, false, Now, Guid.NewGuid());
        RefusalCode Undo(DateTime at) => Assert.Throws<Refusal>(() => merge.Undo(winner, loser, hanging, at, Guid.NewGuid())).Code;

        Assert.Equal(RefusalCode.MergeTooOld, Undo(Now.AddDays(EnterpriseMerge.UndoDays).AddSeconds(1)));
        winner.Rename("另一名称", Now);
        Assert.Equal(RefusalCode.MergeChanged, Undo(Now));
        winner.Rename("澄屿药业", Now);
        lead.BelongTo(New("第三家"));
        Assert.Equal(RefusalCode.MergeChanged, Undo(Now));
    }

    [Fact]
    public void What_was_merged_away_is_merged_no_second_time()
    {
        var (a, b, c) = (New("甲甲"), New("乙乙"), New("丙丙"));
        EnterpriseMerge.Of(b, a, new HashSet<string>(), new([], [], [], [], [], []), false, Now, Guid.NewGuid());
        Assert.Equal(RefusalCode.EnterpriseMerged, Assert.Throws<Refusal>(() => EnterpriseMerge.Of(c, a, new HashSet<string>(), new([], [], [], [], [], []), false, Now, Guid.NewGuid())).Code);
        Assert.Equal(RefusalCode.EnterpriseMerged, Assert.Throws<Refusal>(() => EnterpriseMerge.Of(a, c, new HashSet<string>(), new([], [], [], [], [], []), false, Now, Guid.NewGuid())).Code);
        Assert.Equal(RefusalCode.MergeSelf, Assert.Throws<Refusal>(() => EnterpriseMerge.Of(b, b, new HashSet<string>(), new([], [], [], [], [], []), false, Now, Guid.NewGuid())).Code);
    }

    [Theory]
    [InlineData("张三丰", "张*")]
    [InlineData("John Smith", "J***")]
    public void A_name_is_masked(string name, string masked) => Assert.Equal(masked, Masked.Name(name));

    [Theory]
    [InlineData("13812345678", "138****5678")]
    [InlineData("+86 138-1234-5678", "138****5678")]
    [InlineData("57940000", "****00")]
    [InlineData("110", "****")]
    [InlineData(null, null)]
    public void A_phone_is_masked(string? phone, string? masked) => Assert.Equal(masked, Masked.Phone(phone));

    [Theory]
    [InlineData("zhang@example.com", "z***@example.com")]
    [InlineData("none", "***")]
    [InlineData(null, null)]
    public void An_address_is_masked(string? email, string? masked) => Assert.Equal(masked, Masked.Email(email));

    private static Enterprise New(string name, string? code = null) => new(name, code, "CN", Now, Guid.NewGuid());

    private static Lead Lead(Enterprise enterprise)
        => new("XS-2026-00001", enterprise, new LeadTerms("MED", [], LeadSource.Visit, 0, null, null), Guid.NewGuid(), Now, Guid.NewGuid());
}
