using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Domain.Tenants;
using JinshanBio.Crm.Tenants;
using Xunit;

namespace JinshanBio.Crm.Tests.Tenants;

public sealed class GraduationReportTests
{
    [OnEveryDatabase]
    public async Task Companies_are_counted_once_a_role_by_their_year_of_entry_and_how_it_went_on(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        await StoryAsync(world);
        var report = await world.As("leader").Send(new GetGraduationReport());

        var of2024 = report.Cohorts.Single(c => c is { Role: ParkRole.Incubator, Year: 2024 });
        Assert.Equal((4, 1, 1, 1, 1), (of2024.Entered, of2024.WentOn, of2024.StillIn, of2024.Graduated, of2024.Left));
        Assert.Equal((25m, 3), (of2024.Rate!.Value, of2024.Over));
        // 2024-01-10 to 2025-03-01, 2024-02-01 to 2024-05-01 and to 2024-12-01: the middle one is 304 days.
        Assert.Equal(10m, of2024.MedianMonths);
        var incubator = report.Roles.Single(r => r.Role == ParkRole.Incubator);
        Assert.Equal((5, 20m), (incubator.Entered, incubator.Rate!.Value));
        var accelerator = report.Roles.Single(r => r.Role == ParkRole.Accelerator);
        Assert.Equal((3, 1), (accelerator.Entered, accelerator.WentOn));
        Assert.Equal((1, null), (report.Roles.Single(r => r.Role == ParkRole.IndustrialPark).Entered, report.Roles.Single(r => r.Role == ParkRole.IndustrialPark).Rate));
    }

    [OnEveryDatabase]
    public async Task Every_figure_opens_to_as_many_companies(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        await StoryAsync(world);
        var leader = world.As("leader");
        var report = await leader.Send(new GetGraduationReport());
        async Task<int> Count(ListPassages request) => (await leader.Send(request)).Total;
        Assert.NotEmpty(report.Cohorts);
        foreach (var row in report.Cohorts.Concat(report.Roles))
        {
            var all = new ListPassages { Role = row.Role, Year = row.Year };
            Assert.Equal((row.Entered, row.WentOn, row.StillIn, row.Graduated, row.Left, row.Overdue, row.Over), (await Count(all),
                await Count(all with { Outcome = PassageOutcome.WentOn }), await Count(all with { Outcome = PassageOutcome.StillIn }), await Count(all with { Outcome = PassageOutcome.Graduated }),
                await Count(all with { Outcome = PassageOutcome.Left }), await Count(all with { Overdue = true }), await Count(all with { Ended = true })));
        }
        Assert.Equal(1, report.Roles.Single(r => r.Role == ParkRole.Accelerator).Overdue);
        Assert.Equal(4, await Count(new() { Role = ParkRole.Incubator, From = new(2024, 1, 1), To = new(2024, 12, 31) }));
        var went = (await leader.Send(new ListPassages { Role = ParkRole.Incubator, Outcome = PassageOutcome.WentOn })).Items.Single();
        Assert.Equal(("甲", ParkRole.Accelerator, new DateOnly(2025, 3, 1), 416), (went.ProjectTitle, went.NextRole!.Value, went.EndedOn!.Value, went.Days!.Value));
        await world.Malformed(() => leader.Send(new ListPassages { Year = 1999, Sort = "x", Size = 0 }), "year", "sort", "size");
    }

    [OnEveryDatabase]
    public async Task A_manager_sees_who_entered_the_own_parks_and_officers_see_no_report(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        await StoryAsync(world);
        await world.Refused(RefusalCode.NotPermitted, () => world.As("officer").Send(new GetGraduationReport()));
        await world.Refused(RefusalCode.NotPermitted, () => world.As("officer").Send(new ListPassages()));
        await world.NotPermitted(() => new GetGraduationReport(), "reviewer");
        var own = await world.As("manager.incubator").Send(new GetGraduationReport());
        Assert.Equal([5, 0, 0], own.Roles.Select(r => r.Entered));
        Assert.Equal(1, own.Roles[0].WentOn);
        // Where it went is known as a kind of carrier; which one is another park's affair.
        var went = (await world.As("manager.incubator").Send(new ListPassages { Outcome = PassageOutcome.WentOn })).Items.Single();
        Assert.Equal((ParkRole.Accelerator, null), (went.NextRole!.Value, went.NextParkName));
        Assert.Equal([0, 3, 1], (await world.As("manager.park").Send(new GetGraduationReport())).Roles.Select(r => r.Entered));
    }

    /// <summary>Four companies entered the incubator in 2024: one went through to the industrial park, one is in, one graduated to nowhere, one left. Besides them the demo's own tenants.</summary>
    private static async Task StoryAsync(World world)
    {
        static DateTime At(int year, int month, int day) => new(year, month, day, 2, 0, 0, DateTimeKind.Utc);
        var first = await world.MovedInAsync("CAR-02", "甲", At(2024, 1, 10), graduated: At(2025, 3, 1));
        var second = await world.MovedInAsync("CAR-06", "甲", At(2025, 3, 1), graduated: At(2026, 5, 1), previous: first);
        await world.MovedInAsync("CAR-07", "甲", At(2026, 5, 1), previous: second);
        await world.MovedInAsync("CAR-02", "乙", At(2024, 6, 3));
        await world.MovedInAsync("CAR-02", "丙", At(2024, 2, 1), graduated: At(2024, 5, 1));
        await world.MovedInAsync("CAR-02", "丁", At(2024, 2, 1), left: At(2024, 12, 1));
    }
}
