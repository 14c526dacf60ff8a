using JinshanBio.Crm.Commitments;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Commitments;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Exports;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Reports;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace JinshanBio.Crm.Tests.Commitments;

public sealed class CommitmentTests
{
    private static readonly System.Text.Json.JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Signed, of officer; without promises in the demo world.</summary>
    private const string Signed = "一次性生物工艺耗材工厂", Others = "可降解材料一体化项目";

    private static readonly DateOnly Today = new(2026, 11, 20);

    [OnEveryDatabase]
    public async Task A_promise_is_entered_reported_verified_and_proves_the_money_in_the_same_save(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var project = await world.ProjectAsync(Signed);
        var before = (await world.As("leader").Send(new GetPipeline())).Total;
        var id = await AddAsync(world, project, CommitmentKind.InvestmentInPlace, 60_000_000m);
        var report = await world.As("officer").Send(new RecordFulfilment { Id = id, Amount = 48_000_000m, Text = "银行回单", Day = new DateOnly(2026, 11, 10) });

        var unverified = await world.As("officer").Send(new GetCommitment(id));
        Assert.Equal((null, 48_000_000m, true), (unverified.Reached, unverified.Reported, unverified.IsWaiting));
        Assert.Equal(0, (await world.ReadAsync(project)).FundsInPlace);

        world.Clock.Advance(TimeSpan.FromHours(1));
        await world.As("leader").Send(new VerifyFulfilment { Id = id, FulfilmentId = report, Confirmed = true });
        Assert.Equal(48_000_000m, (await world.ReadAsync(project)).FundsInPlace);
        var after = (await world.As("leader").Send(new GetPipeline())).Total;
        Assert.Equal(before.FundsInPlace + 48_000_000m, after.FundsInPlace);
        Assert.Equal((before.Signed, before.Landed, before.Investment), (after.Signed, after.Landed, after.Investment));

        world.Clock.Advance(TimeSpan.FromHours(1));
        await world.As("admin").Send(new VerifyFulfilment { Id = id, FulfilmentId = report, Confirmed = false, Reason = "回单系另一项目" });
        Assert.Equal(0, (await world.ReadAsync(project)).FundsInPlace);
        Assert.Equal(after, (await world.As("leader").Send(new GetPipeline { AsOf = world.Clock.Now.AddMinutes(-30) })).Total);
    }

    [OnEveryDatabase]
    public async Task The_latest_of_several_promises_proves_the_output_and_lines_are_never_changed(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var project = await world.ProjectAsync(Signed);
        var (first, second) = (await AddAsync(world, project, CommitmentKind.AnnualOutput, 50_000_000m), await AddAsync(world, project, CommitmentKind.AnnualOutput, 90_000_000m));
        await KeepAsync(world, second, 30_000_000m, "2026-10-31");
        await KeepAsync(world, first, 20_000_000m, "2026-09-30");
        Assert.Equal(30_000_000m, (await world.ReadAsync(project)).AnnualOutput);

        await Assert.ThrowsAsync<NotSupportedException>(() => world.Db(async db =>
        {
            var line = await db.Set<Fulfilment>().FirstAsync();
            db.Entry(line).Property(l => l.Value).CurrentValue = 1;
            await db.SaveChangesAsync();
        }));
        await Assert.ThrowsAsync<NotSupportedException>(() => world.Db(async db => { db.Remove(await db.Set<Postponement>().FirstAsync()); await db.SaveChangesAsync(); }));
    }

    [OnEveryDatabase]
    public async Task Nobody_verifies_what_is_ones_own_and_officers_do_not_verify(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await AddAsync(world, await world.ProjectAsync(Signed), CommitmentKind.Jobs, 50);
        var own = await world.As("admin").Send(new RecordFulfilment { Id = id, Value = 20, Text = "社保人数" });

        await world.Refused(RefusalCode.FulfilmentOwn, () => world.As("admin").Send(new VerifyFulfilment { Id = id, FulfilmentId = own, Confirmed = true }));
        await world.NotPermitted(() => new VerifyFulfilment { Id = id, FulfilmentId = own, Confirmed = true }, "officer", "manager.park");
        await world.Malformed(() => world.As("leader").Send(new VerifyFulfilment { Id = id, FulfilmentId = own }), "confirmed");
        await world.Refused(RefusalCode.ReasonRequired, () => world.As("leader").Send(new VerifyFulfilment { Id = id, FulfilmentId = own, Confirmed = false }));
        await world.As("leader").Send(new VerifyFulfilment { Id = id, FulfilmentId = own, Confirmed = true });
        await world.Refused(RefusalCode.FulfilmentSettled, () => world.As("officer").Send(new WithdrawFulfilment { Id = id, FulfilmentId = own, Reason = "写错了" }));
    }

    [OnEveryDatabase]
    public async Task Two_verifications_at_once_count_once(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var project = await world.ProjectAsync(Signed);
        var (one, two) = (await AddAsync(world, project, CommitmentKind.InvestmentInPlace, 60_000_000m), await AddAsync(world, project, CommitmentKind.InvestmentInPlace, 90_000_000m));
        var (early, late) = (await ReportAsync(world, one, 10_000_000m, "2026-11-01"), await ReportAsync(world, two, 25_000_000m, "2026-11-05"));
        var results = await Task.WhenAll(((string, Guid, Guid)[])[("leader", one, early), ("admin", one, early), ("leader", two, late), ("admin", two, late)] is var all
            ? all.Select(a => Task.Run(async () =>
            {
                try { await world.As(a.Item1).Send(new VerifyFulfilment { Id = a.Item2, FulfilmentId = a.Item3, Confirmed = true }); return (RefusalCode?)null; }
                catch (Refusal refusal) { return refusal.Code; }
            })) : []);

        Assert.Equal(2, results.Count(r => r is null));
        Assert.All(results.OfType<RefusalCode>(), code => Assert.Equal(RefusalCode.FulfilmentSettled, code));
        Assert.Equal(25_000_000m, (await world.ReadAsync(project)).FundsInPlace);
    }

    [OnEveryDatabase]
    public async Task Promises_are_seen_with_their_project_and_by_whoever_is_responsible(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (mine, others) = (await world.ProjectAsync(Signed), await world.ProjectAsync(Others));
        var id = await AddAsync(world, mine, CommitmentKind.Permits, null);
        await world.Refused(RefusalCode.NotFound, () => world.As("officer2").Send(new GetCommitment(id)));
        await world.Refused(RefusalCode.NotFound, () => world.As("officer2").Send(new GetPromises(mine)));
        await world.Refused(RefusalCode.NotFound, () => world.As("officer").Send(new GetPromises(others)));
        await world.Refused(RefusalCode.NotFound, () => world.As("officer2").Send(new RecordFulfilment { Id = id, Text = "办结" }));
        await world.NotPermitted(() => new AddCommitment { ProjectId = mine, Kind = CommitmentKind.Start, DueDay = Today }, "leader", "manager.park");

        await world.As("officer").Send(new EditCommitment { Id = id, ResponsibleId = await world.PersonAsync("officer2"), DueDay = new DateOnly(2027, 3, 1), Since = Today });
        var row = Assert.Single((await world.As("officer2").Send(new ListCommitments { Project = mine })).Items);
        Assert.Equal((false, "顾晓岑", "陆知遥"), (row.IsProjectMine, row.ResponsibleName, row.OwnerName));
        await world.As("officer2").Send(new RecordFulfilment { Id = id, Text = "批复已送达" });

        var (one, two, all) = (await CountAsync(world, "officer"), await CountAsync(world, "officer2"), await CountAsync(world, "leader"));
        Assert.Equal(all.Total, one.Total + two.Total - 1);
        Assert.Equal(all.Waiting, one.Waiting + two.Waiting - 1);
    }

    [OnEveryDatabase]
    public async Task Behind_a_code_name_no_word_of_a_promise_is_shown_or_exported(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var project = await world.ProjectAsync(Finding.CodeNamed);
        var id = await world.As("officer").Send(new AddCommitment { ProjectId = project, Kind = CommitmentKind.Permits, DueDay = new DateOnly(2026, 11, 10), What = "南京知禾许可", Conditions = "知禾到场", AgreementNumber = "知禾1号", DocumentNumber = "知禾文" });
        await world.As("officer").Send(new RecordFulfilment { Id = id, Text = "知禾已领证", DocumentNumber = "知禾2号" });
        await world.As("officer").Send(new PostponeCommitment { Id = id, NewDueDay = new DateOnly(2026, 11, 15), Reason = "知禾要求", DocumentNumber = "知禾函" });

        var seen = Assert.Single((await world.As("manager.park").Send(new GetPromises(project))).District);
        Assert.DoesNotContain("知禾", System.Text.Json.JsonSerializer.Serialize(seen, Readable));
        var row = (await world.As("manager.park").Send(new ListCommitments { Kind = CommitmentKind.Permits })).Items.Single(r => r.ProjectId == project);
        Assert.Equal((Finding.CodeName, null), (row.ProjectTitle, row.What));
        var file = await world.As("leader").Send(new ExportCommitments { Project = project });
        using var reader = new StreamReader(file.Content);
        var text = await reader.ReadToEndAsync();
        Assert.Contains(Finding.CodeName, text, StringComparison.Ordinal);
        Assert.DoesNotContain("知禾", text, StringComparison.Ordinal);
        await world.NotPermitted(() => new ExportCommitments(), "manager.park");
    }

    [OnEveryDatabase]
    public async Task The_light_in_a_query_is_the_light_of_the_rule_for_every_promise(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var projects = await world.Db(db => db.Projects.Select(p => new { p.Id, p.IsClosed }).ToListAsync());
        var random = new Random(20261120);
        await world.Db(async db =>
        {
            for (var i = 0; i < 300; i++)
            {
                var kind = Enum.GetValues<CommitmentKind>()[random.Next(18)];
                var since = Today.AddDays(-random.Next(1, 400));
                var promise = new Commitment(projects[random.Next(projects.Count)].Id, kind,
                    new CommitmentTerms(CommitmentRule.Of(kind).HasTarget ? 100 : null, since, since.AddDays(random.Next(0, 600))) { DocumentNumber = "x" }, world.Clock.Now, Actor.System.Id);
                for (var line = random.Next(3); line > 0; line--)
                {
                    var report = promise.Report(new FulfilmentReport(Today.AddDays(-random.Next(200)), promise.Rule.HasTarget ? random.Next(160) : null, "x", null), world.Clock.Now, Actor.System.Id);
                    if (random.Next(3) > 0) promise.Verify(report.Id, true, null, world.Clock.Now, Guid.Empty);
                }
                if (random.Next(10) == 0) promise.Release("x");
                db.Commitments.Add(promise);
            }
            await db.SaveChangesAsync();
        });

        var soon = world.Services.GetRequiredService<Catalogue>().Commitments.SoonDays;
        var expected = await world.Db(async db => (await db.Commitments.AsNoTracking().Include(c => c.Project).ToListAsync()).ToDictionary(c => c.Id, c => Light.Of(LightFacts.Of(c), Today, soon, c.Project!.IsClosed).Colour));
        var counts = await CountAsync(world, "leader");
        foreach (var colour in Enum.GetValues<LightColour>())
        {
            var listed = new List<CommitmentRow>();
            for (var page = 1; listed.Count == (page - 1) * 200; page++) listed.AddRange((await world.As("leader").Send(new ListCommitments { Light = colour, Size = 200, Page = page })).Items);
            Assert.Equal(expected.Where(e => e.Value == colour).Select(e => e.Key).Order(), listed.Select(r => r.Id).Order());
            Assert.All(listed, r => Assert.Equal((colour, true), (r.Light.Colour, r.Light.Words.Length > 0)));
            Assert.True(listed.Count > 5, $"{colour}: {listed.Count}");
            Assert.Equal(listed.Count, colour switch { LightColour.Red => counts.Red, LightColour.Amber => counts.Amber, LightColour.Green => counts.Green, _ => counts.Grey });
        }
    }

    [OnEveryDatabase]
    public async Task The_list_shows_the_longest_overdue_first_and_follows_its_filters(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var rows = (await world.As("leader").Send(new ListCommitments())).Items;
        Assert.Equal(rows.Select(r => r.DueDay).Order(), rows.Select(r => r.DueDay));
        Assert.Equal((LightColour.Red, CommitmentKind.Utilities), (rows[0].Light.Colour, rows[0].Kind));
        Assert.All((await world.As("leader").Send(new ListCommitments { Side = CommitmentSide.District })).Items, r => Assert.Equal(CommitmentSide.District, r.Side));
        Assert.All((await world.As("leader").Send(new ListCommitments { Unit = "DEP-GHZY" })).Items, r => Assert.Equal("DEP-GHZY", r.Unit));
        Assert.Equal("MAT", Assert.Single((await world.As("leader").Send(new ListCommitments { Field = "MAT", Kind = CommitmentKind.Start })).Items).Field);
        Assert.All((await world.As("leader").Send(new ListCommitments { DueFrom = Today, DueTo = Today.AddDays(30) })).Items, r => Assert.InRange(r.DueDay, Today, Today.AddDays(30)));
        Assert.All((await world.As("leader").Send(new ListCommitments { Status = CommitmentStatus.Kept })).Items, r => Assert.Equal(LightColour.Green, r.Light.Colour));
        Assert.True(Assert.Single((await world.As("leader").Send(new ListCommitments { Waiting = true })).Items).IsWaiting);
        await world.Malformed(() => world.As("leader").Send(new ListCommitments { Sort = "colour", Size = 0 }), "sort", "size");
    }

    [OnEveryDatabase]
    public async Task Both_sides_and_the_per_mu_figures_of_a_project_stand_together(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var project = await world.ProjectAsync("细胞治疗产品生产基地");
        var promises = await world.As("leader").Send(new GetPromises(project));
        Assert.Equal((4, 2), (promises.Investor.Count, promises.District.Count));
        Assert.Equal((LandBasis.FloorByRatio, 1.5m), (promises.LandBasis, promises.LandMu));
        var output = promises.PerMu.Single(f => f.Kind == CommitmentKind.AnnualOutput);
        Assert.Equal((280_000_000m, 46_000_000m), (output.Promised, output.Verified));
        Assert.Equal(decimal.Round(280_000_000m / promises.LandMu!.Value, 2), output.PromisedPerMu);
        var tax = promises.PerMu.Single(f => f.Kind == CommitmentKind.AnnualTax);
        Assert.Equal((null, null), (tax.PromisedPerMu, tax.VerifiedPerMu));

        var overview = await world.As("leader").Send(new GetPromisesSummary(project));
        Assert.Equal((promises.Counts.Total, 0), (overview.Investor.Total + overview.District.Total, overview.Investor.Red));
        Assert.Equal((CommitmentKind.Jobs, null), (overview.Next!.Kind, overview.Worst));
        Assert.Equal(CommitmentKind.Utilities, (await world.As("leader").Send(new GetPromisesSummary(await world.ProjectAsync("抗体药物商业化生产基地")))).Worst!.Kind);
    }

    [OnEveryDatabase]
    public async Task A_stale_version_an_unknown_unit_and_a_malformed_promise_are_turned_away(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var project = await world.ProjectAsync(Signed);
        var officer = world.As("officer");
        await world.Malformed(() => officer.Send(new AddCommitment { ProjectId = project, Target = -1, What = "a\nb" }), "kind", "dueDay", "target", "what");
        await world.Malformed(() => officer.Send(new AddCommitment { ProjectId = project, Kind = CommitmentKind.Start, DueDay = Today, Since = Today.AddDays(1) }), "dueDay");
        await world.Refused(RefusalCode.UnknownUnit, () => officer.Send(new AddCommitment { ProjectId = project, Kind = CommitmentKind.Start, DueDay = Today, Unit = "DEP-X" }));
        await world.Refused(RefusalCode.CommitmentTarget, () => officer.Send(new AddCommitment { ProjectId = project, Kind = CommitmentKind.Jobs, DueDay = Today }));
        await world.Refused(RefusalCode.DocumentRequired, () => officer.Send(new AddCommitment { ProjectId = project, Kind = CommitmentKind.MeasureDelivered, DueDay = Today }));
        var id = await AddAsync(world, project, CommitmentKind.Jobs, 9);
        await world.Malformed(() => officer.Send(new RecordFulfilment { Id = id, Value = 1, Text = "社保", Day = Today.AddDays(1) }), "day");
        await officer.Send(new PostponeCommitment { Id = id, NewDueDay = new DateOnly(2028, 1, 1), Reason = "双方同意", DocumentNumber = "补1", Version = 1 });
        await world.Refused(RefusalCode.StaleVersion, () => officer.Send(new ReleaseCommitment { Id = id, Reason = "作废", Version = 1 }));
        await world.Malformed(() => officer.Send(new PostponeCommitment { Id = id, NewDueDay = new DateOnly(2029, 1, 1), Reason = "双方同意" }), "documentNumber");
    }

    private static async Task<Guid> AddAsync(World world, Guid project, CommitmentKind kind, decimal? target)
        => await world.As("admin").Send(new AddCommitment { ProjectId = project, Kind = kind, Target = target, Since = Today, DueDay = new DateOnly(2027, 3, 1) });

    private static Task<Guid> ReportAsync(World world, Guid id, decimal value, string day)
        => world.As("officer").Send(new RecordFulfilment { Id = id, Value = value, Text = "凭证", Day = DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture) });

    private static async Task KeepAsync(World world, Guid id, decimal value, string day)
        => await world.As("leader").Send(new VerifyFulfilment { Id = id, FulfilmentId = await ReportAsync(world, id, value, day), Confirmed = true });

    private static Task<LightCounts> CountAsync(World world, string userName) => world.As(userName).Send(new CountCommitments());
}
