using JinshanBio.Crm.Chain;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Enterprises;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Imports;
using JinshanBio.Crm.Tests.Imports;
using JinshanBio.Crm.Tests.Spreadsheets;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JinshanBio.Crm.Tests.Chain;

public sealed class LinkProposalTests
{
    private const string Header = "企业名称,国民经济行业,经营范围\n";

    [OnEveryDatabase]
    public async Task A_list_is_matched_and_matching_again_changes_nothing(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var import = await ImportAsync(world);
        var matched = await world.As("officer").Send(new MatchLinks { ImportId = import.Id });
        Assert.Equal((3, 1, 0), (matched.Enterprises, matched.Without, matched.Left));
        var rows = (await world.As("leader").Send(new ListLinkProposals { Import = import.Id })).Items;
        Assert.Equal(matched.Proposals, rows.Count);
        Assert.Equal(rows.OrderByDescending(r => r.Confidence).Select(r => r.Id), rows.Select(r => r.Id));
        var media = rows.Single(r => r is { Name: "嘉定某培养基有限公司", Link: "CMN-06" });
        Assert.Equal(("2669", ProposalStatus.Proposed), (media.IndustryCode, media.Status));
        Assert.Contains(media.Clues, c => c is { Kind: ClueKind.Class, Said: "2669" });
        Assert.Contains(media.Clues, c => c is { Kind: ClueKind.Name, Said: "培养基" });
        Assert.Equal(LinkMatcher.Confidence(media.Clues), media.Confidence);
        // What the scope takes out is not proposed.
        Assert.DoesNotContain(rows, r => r is { Name: "宝山某新材料有限公司", Link: "CMN-06" });

        Assert.Equal(new MatchedLinks(0, 0, 0, 0), await world.As("officer").Send(new MatchLinks { ImportId = import.Id }));
        var ids = rows.Select(r => r.EnterpriseId).Distinct().ToList();
        await world.As("officer").Send(new MatchLinks { Ids = ids });
        Assert.Equal(rows.Select(r => (r.Id, r.Confidence)), (await world.As("leader").Send(new ListLinkProposals { Import = import.Id })).Items.Select(r => (r.Id, r.Confidence)));
    }

    [OnEveryDatabase]
    public async Task A_confirmed_link_stands_on_record_in_the_same_save_and_can_be_taken_back(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var row = await FirstAsync(world);
        Assert.Equal(new DecidedLinks(1, 0), await world.As("officer").Send(new ConfirmLinks { Ids = [row.Id] }));
        Assert.Equal(new DecidedLinks(1, 0), await world.As("officer2").Send(new ConfirmLinks { Ids = [row.Id] }));
        Assert.Contains(row.Link, (await world.As("officer").Send(new GetEnterprise(row.EnterpriseId))).Links);
        Assert.Equal(1, await world.Db(db => db.LinkPeriods.CountAsync(p => p.SubjectId == row.EnterpriseId && p.Link == row.Link && p.To == ChainMap.Open)));
        var confirmed = (await world.As("officer").Send(new ListLinkProposals { Status = ProposalStatus.Confirmed, Enterprise = row.EnterpriseId })).Items.Single(r => r.Id == row.Id);
        Assert.Equal("陆知遥", confirmed.DecidedBy);
        await world.Refused(RefusalCode.ProposalDecided, () => world.As("officer").Send(new RejectLinks { Ids = [row.Id] }));

        await world.As("officer2").Send(new ReopenLinks { Ids = [row.Id] });
        Assert.DoesNotContain(row.Link, (await world.As("officer").Send(new GetEnterprise(row.EnterpriseId))).Links);
        Assert.Equal(ProposalStatus.Proposed, (await world.As("officer").Send(new ListLinkProposals { Enterprise = row.EnterpriseId })).Items.Single(r => r.Id == row.Id).Status);
    }

    [OnEveryDatabase]
    public async Task A_link_that_stood_there_before_stays_when_the_confirmation_is_taken_back(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var row = await FirstAsync(world);
        var record = await world.As("officer").Send(new GetEnterprise(row.EnterpriseId));
        await world.As("officer").Send(new EditEnterprise { Id = record.Id, Name = record.Name, CreditCode = record.CreditCode, Country = record.Country, Links = [.. record.Links, row.Link] });
        await world.As("officer").Send(new ConfirmLinks { Ids = [row.Id] });
        await world.As("officer").Send(new ReopenLinks { Ids = [row.Id] });
        Assert.Contains(row.Link, (await world.As("officer").Send(new GetEnterprise(row.EnterpriseId))).Links);
    }

    [OnEveryDatabase]
    public async Task What_was_rejected_stays_rejected_and_a_changed_map_or_scope_proposes_anew(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        await world.As(Actor.System).Send(new MatchChangedLinks());
        var row = await FirstAsync(world);
        await world.As("officer").Send(new RejectLinks { Ids = [row.Id] });
        var record = await world.As("officer").Send(new GetEnterprise(row.EnterpriseId));
        await world.As("officer").Send(new EditEnterprise { Id = record.Id, Name = record.Name, CreditCode = record.CreditCode, Country = record.Country, IndustryCode = "1514", Scope = record.Scope + "；黄酒生产" });
        Assert.StartsWith("job.said.linkMatches|1|", await world.As(Actor.System).Send(new MatchChangedLinks()), StringComparison.Ordinal);
        var rejected = (await world.As("officer").Send(new ListLinkProposals { Status = ProposalStatus.Rejected })).Items.Single();
        Assert.Equal((row.Id, row.Confidence), (rejected.Id, rejected.Confidence));
        Assert.Contains((await world.As("officer").Send(new ListLinkProposals { Enterprise = row.EnterpriseId })).Items, p => p.Link == "AGR-16");

        // The map changes: everything is matched again with its new words.
        await world.Db(async db =>
        {
            var edition = await db.LinkEditions.SingleAsync(l => l.Code == "CMN-09" && l.To == ChainMap.Open);
            edition.End(world.Clock.Now);
            db.LinkEditions.Add(new LinkEdition("CMN-09", edition.Terms with { Products = ["青梅发酵液"] }, new Edit("test", null, world.Clock.Now, null)));
            await db.SaveChangesAsync();
        });
        var id = await world.As("officer").Send(new AddEnterprise { Name = "青浦某某有限公司", Scope = "青梅发酵液" });
        var all = await world.Db(db => db.Enterprises.CountAsync());
        Assert.StartsWith($"job.said.linkMatches|{all}|", await world.As(Actor.System).Send(new MatchChangedLinks()), StringComparison.Ordinal);
        Assert.Equal("CMN-09", (await world.As("officer").Send(new ListLinkProposals { Enterprise = id })).Items.Single().Link);
        Assert.Equal("job.said.linkMatches|0|0", await world.As(Actor.System).Send(new MatchChangedLinks()));
    }

    [OnEveryDatabase]
    public async Task Two_who_decide_at_once_leave_one_answer(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var waiting = (await world.As("officer").Send(new ListLinkProposals())).Items.GroupBy(p => p.EnterpriseId).First(g => g.Count() > 1).ToList();
        // Two different links of one enterprise, and the same link twice: both are put on record, each once.
        await Task.WhenAll(world.As("officer").Send(new ConfirmLinks { Ids = [waiting[0].Id, waiting[1].Id] }), world.As("officer2").Send(new ConfirmLinks { Ids = [waiting[1].Id] }));
        var links = (await world.As("officer").Send(new GetEnterprise(waiting[0].EnterpriseId))).Links;
        Assert.Equal(2, links.Count(l => l == waiting[0].Link || l == waiting[1].Link));

        await world.As("officer").Send(new ReopenLinks { Ids = [waiting[0].Id] });
        async Task<bool> Won(Task attempt)
        {
            try { await attempt; return true; }
            catch (Refusal refusal) when (refusal.Code == RefusalCode.ProposalDecided) { return false; }
        }
        var answers = await Task.WhenAll(Won(world.As("officer").Send(new ConfirmLinks { Ids = [waiting[0].Id] })), Won(world.As("officer2").Send(new RejectLinks { Ids = [waiting[0].Id] })));
        Assert.Single(answers, won => won);
        var stands = (await world.As("officer").Send(new GetEnterprise(waiting[0].EnterpriseId))).Links.Contains(waiting[0].Link);
        Assert.Equal(answers[0], stands);
    }

    [OnEveryDatabase]
    public async Task Of_many_those_decided_otherwise_are_told_as_a_number_and_bad_lists_are_refused(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var waiting = (await world.As("officer").Send(new ListLinkProposals())).Items;
        await world.As("officer2").Send(new RejectLinks { Ids = [waiting[0].Id] });
        Assert.Equal(new DecidedLinks(1, 2), await world.As("officer").Send(new ConfirmLinks { Ids = [waiting[0].Id, waiting[1].Id, Guid.NewGuid()] }));
        await world.Refused(RefusalCode.NotFound, () => world.As("officer").Send(new ConfirmLinks { Ids = [Guid.NewGuid()] }));
        await world.Malformed(() => world.As("officer").Send(new ConfirmLinks()), "ids");
        await world.Malformed(() => world.As("officer").Send(new ListLinkProposals { MinConfidence = 101 }), "minConfidence");
        await world.Refused(RefusalCode.UnknownFieldCode, () => world.As("officer").Send(new ListLinkProposals { Field = "XXX" }));
        await world.Refused(RefusalCode.NotFound, () => world.As("officer").Send(new MatchLinks { ImportId = Guid.NewGuid() }));
        Assert.All((await world.As("officer").Send(new ListLinkProposals { MinConfidence = 60 })).Items, p => Assert.True(p.Confidence >= 0.6m));
        Assert.All((await world.As("officer").Send(new ListLinkProposals { Field = "MED" })).Items, p => Assert.StartsWith("MED", p.Link, StringComparison.Ordinal));
    }

    [OnEveryDatabase]
    public async Task Officers_and_administrators_decide_leaders_read_and_others_have_none_of_it(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var row = await FirstAsync(world);
        await world.NotPermitted(() => new ConfirmLinks { Ids = [row.Id] }, "leader", "manager.park", "reviewer");
        await world.NotPermitted(() => new RejectLinks { Ids = [row.Id] }, "leader", "manager.park", "reviewer");
        await world.NotPermitted(() => new ReopenLinks { Ids = [row.Id] }, "leader", "manager.park", "reviewer");
        await world.NotPermitted(() => new MatchLinks(), "leader", "manager.park", "reviewer");
        await world.NotPermitted(() => new MatchChangedLinks(), "officer", "leader", "manager.park", "reviewer");
        await world.NotPermitted(() => new ListLinkProposals(), "manager.park", "reviewer");
        Assert.NotEmpty((await world.As("leader").Send(new ListLinkProposals())).Items);
        Assert.Equal(1, (await world.As("admin").Send(new ConfirmLinks { Ids = [row.Id] })).Done);
        // Nobody matches the list of a colleague that one does not see.
        var import = await ImportAsync(world);
        await world.Refused(RefusalCode.NotFound, () => world.As("officer2").Send(new MatchLinks { ImportId = import.Id }));
        await world.As("admin").Send(new MatchLinks { ImportId = import.Id });
    }

    [OnEveryDatabase]
    public async Task An_import_that_was_matched_is_taken_back_with_what_was_guessed(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var import = await ImportAsync(world);
        await world.As("officer").Send(new MatchLinks { ImportId = import.Id });
        Assert.Equal(3, (await world.As("officer").Send(new UndoImport(import.Id))).Deleted);
        Assert.Empty((await world.As("officer").Send(new ListLinkProposals { Import = import.Id })).Items);
    }

    [OnEveryDatabase]
    public async Task The_real_lists_are_matched_to_the_end(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        foreach (var (file, least) in (IEnumerable<(string, int)>)[("enterprises/cn-medical-device-distributors-redacted.csv", 141)])
        {
            var import = await world.Run("officer", await world.As("officer").Upload(Samples.Real(file)));
            var matched = await world.As("officer").Send(new MatchLinks { ImportId = import.Id });
            TestContext.Current.SendDiagnosticMessage($"{file}: {matched}");
            Assert.Equal((least, 0), (matched.Enterprises, matched.Left));
            Assert.InRange(matched.Without, 1, least - 1);
            // Distributors of devices: whatever is proposed is proposed with words that stand in their names.
            var rows = (await world.As("officer").Send(new ListLinkProposals { Import = import.Id, Size = 200 })).Items;
            Assert.All(rows, r => Assert.All(r.Clues, c => Assert.Contains(c.Said, (r.Name + r.Kind).ToLowerInvariant(), StringComparison.Ordinal)));
        }
    }

    private static async Task<ImportView> ImportAsync(World world) => await world.UploadAndRun("officer", Header
        + "嘉定某培养基有限公司,2669 其他专用化学产品制造,培养基、添加因子的生产\n"
        + "宝山某新材料有限公司,C2832,\"聚乳酸（PLA）可降解塑料的生产（不含培养基、药品）\"\n"
        + "崇明某百货有限公司,批发业,日用百货销售\n");

    private static async Task<LinkProposalRow> FirstAsync(World world) => (await world.As("officer").Send(new ListLinkProposals())).Items[0];
}
