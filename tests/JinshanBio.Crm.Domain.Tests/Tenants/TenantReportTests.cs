using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Domain.Tenants;
using Xunit;
using static JinshanBio.Crm.Domain.Tests.Story;

namespace JinshanBio.Crm.Domain.Tests.Tenants;

public sealed class TenantReportTests
{
    private static readonly DateOnly Today = new(2026, 12, 1);

    [Fact]
    public void Only_a_company_that_moved_in_is_reported_of()
    {
        var space = Space(1000);
        var place = Proposed(space, 400);
        Assert.Equal(RefusalCode.TenantNotIn, Refused(() => Report(place, new(Today) { Headcount = 1 })));
        place.Accept(space, null, Today, Now, Manager);
        Assert.Equal(RefusalCode.TenantNotIn, Refused(() => Report(place, new(Today) { Headcount = 1 })));
        place.MoveIn(Today, Now);
        Assert.Equal(1, Report(place, new(Today) { Headcount = 1 }).Number);
        place.Graduate(Today, Now);
        Report(place, new(Today) { Headcount = 1 });
    }

    [Fact]
    public void A_report_says_something_and_nothing_of_days_to_come()
    {
        Assert.Equal(RefusalCode.TenantReportEmpty, Refused(() => Report(In(), new(Today) { Note = "无" })));
        Assert.Equal(RefusalCode.TenantReportEarly, Refused(() => Report(In(), new(Today.AddDays(1)) { Headcount = 3 })));
    }

    [Fact]
    public void A_correction_says_why_and_follows_what_it_corrects()
    {
        var place = In();
        var first = Report(place, new(Today) { Headcount = 30, FoundedOn = new(2020, 2, 2) });
        Assert.Equal(RefusalCode.TenantReportExists, Refused(() => Report(place, new(Today) { Headcount = 31 }, same: first)));
        var second = Report(place, new(Today) { Headcount = 31, Note = " 社保口径 " }, same: first);
        Assert.Equal((2, 31, "社保口径", new DateOnly(2020, 2, 2)), (second.Number, second.Headcount!.Value, second.Note, second.FoundedOn!.Value));
    }

    [Fact]
    public void A_figure_that_looks_like_a_slip_of_the_unit_is_asked_about()
    {
        var place = In();
        var last = Report(place, new(Today.AddDays(-90)) { Headcount = 10, Revenue = 4_000_000 });
        Assert.Equal("revenue", Assert.Throws<Refusal>(() => Report(place, new(Today) { Revenue = 400 }, last: last)).Field);
        Assert.Equal("headcount", Assert.Throws<Refusal>(() => Report(place, new(Today) { Headcount = 201 }, last: last)).Field);
        Report(place, new(Today) { Headcount = 200, Revenue = 0 }, last: last);
        Report(place, new(Today) { Headcount = 900, Note = "并入母公司" }, last: last);
    }

    private static Assignment Proposed(Space space, decimal areaM2) => new(Guid.NewGuid(), space.ParkId, space.Id, areaM2, Today, Now, Manager);

    private static Assignment In()
    {
        var space = Space(1000);
        var place = Proposed(space, 400);
        place.Accept(space, null, Today, Now, Manager);
        place.MoveIn(Today, Now);
        return place;
    }

    private static TenantReport Report(Assignment place, TenantTerms terms, TenantReport? same = null, TenantReport? last = null) => new(place, terms, same, last, Today, Now, Manager);
}
