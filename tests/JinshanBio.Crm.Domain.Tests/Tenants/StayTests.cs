using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Domain.Tenants;
using Xunit;

namespace JinshanBio.Crm.Domain.Tests.Tenants;

public sealed class StayTests
{
    private static readonly Guid Company = Guid.NewGuid();
    private static readonly ParkRole[] Incubator = [ParkRole.Incubator], Accelerator = [ParkRole.Accelerator], Both = [ParkRole.IndustrialPark, ParkRole.Accelerator];

    [Fact]
    public void A_park_of_two_roles_takes_a_company_as_what_comes_after_its_last_stay()
    {
        var first = In(Incubator, "2023-01-10", "2024-03-01");
        var second = In(Both, "2024-03-01", "2026-05-01", first.Id);
        var third = In(Both, "2026-05-01", null, second.Id);
        var alone = In(Both, "2026-05-01", null);
        var roles = Stay.Roles([third, alone, second, first]);
        Assert.Equal([ParkRole.Incubator, ParkRole.Accelerator, ParkRole.IndustrialPark, ParkRole.Accelerator], new[] { first, second, third, alone }.Select(s => roles[s.Id]));
    }

    [Fact]
    public void Who_stays_within_a_role_keeps_it()
    {
        var first = In(Accelerator, "2023-01-10", "2024-03-01");
        var second = In(Accelerator, "2024-03-01", null, first.Id);
        Assert.Equal(ParkRole.Accelerator, Stay.Roles([first, second])[second.Id]);
    }

    [Fact]
    public void A_company_counts_once_a_role_and_went_on_when_it_entered_a_later_one()
    {
        var first = In(Incubator, "2023-01-10", "2023-06-01");
        var again = In(Incubator, "2023-06-01", "2024-03-01", first.Id);
        var next = In(Both, "2024-03-01", null, again.Id);
        var passages = Passage.Of([next, first, again]).OrderBy(p => p.Role).ToList();
        Assert.Equal([(ParkRole.Incubator, PassageOutcome.WentOn), (ParkRole.Accelerator, PassageOutcome.StillIn)], passages.Select(p => (p.Role, p.Outcome)));
        Assert.Equal((first, next, 416), (passages[0].Enters, passages[0].Next!, passages[0].Days!.Value));
        Assert.Null(passages[1].Days);
    }

    [Fact]
    public void Without_a_next_place_it_has_graduated_or_left()
    {
        Assert.Equal((PassageOutcome.Graduated, 31), One(In(Incubator, "2026-01-01", "2026-02-01", graduated: true)));
        Assert.Equal((PassageOutcome.Left, 31), One(In(Incubator, "2026-01-01", "2026-02-01")));
        Assert.Equal((PassageOutcome.StillIn, null), One(In(Incubator, "2026-01-01", null)));

        static (PassageOutcome, int?) One(Stay stay)
        {
            var passage = Assert.Single(Passage.Of([stay]));
            return (passage.Outcome, passage.Days);
        }
    }

    [Fact]
    public void What_other_companies_do_is_nothing_to_it()
        => Assert.Equal(2, Passage.Of([In(Incubator, "2025-01-01", null), In(Accelerator, "2026-01-01", null) with { EnterpriseId = Guid.NewGuid() }]).Count(p => p.Outcome == PassageOutcome.StillIn));

    private static Stay In(IReadOnlyCollection<ParkRole> park, string from, string? until, Guid? previous = null, bool graduated = false)
        => new(Guid.CreateVersion7(), Company, previous, park, Day(from)!.Value, Day(until), graduated);

    private static DateOnly? Day(string? day) => day is null ? null : DateOnly.ParseExact(day, "yyyy-MM-dd", null);
}
