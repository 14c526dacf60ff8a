using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Domain.Tenants;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;

namespace JinshanBio.Crm.Tenants;

/// <summary>毕业转化: of the companies that entered carriers of a role, by the year of entry, how many went on to the next carrier of the district, are in, graduated or left.</summary>
[Needs(Permission.AssignmentsRead)]
public sealed record GetGraduationReport : PassageFilter, IRequest<GraduationReport>;

/// <param name="Roles">Each role over all years, in the order of the way.</param>
/// <param name="Cohorts">Role and year of entry, the newest year first.</param>
public sealed record GraduationReport(DateOnly AsOf, IReadOnlyList<CohortRow> Roles, IReadOnlyList<CohortRow> Cohorts, GraduationRules Rules);

/// <summary>Companies; each counts once in a role.</summary>
/// <param name="Year">Null for all years.</param>
/// <param name="Overdue">Of those that are in: longer than the longest stay.</param>
/// <param name="Rate">Of all that entered the share that went on, percent; null for the last role and where nobody entered.</param>
/// <param name="MedianMonths">Of the stays that are over, in months of 30.4 days.</param>
/// <param name="Over">How many stays that is the median of.</param>
public sealed record CohortRow(ParkRole Role, int? Year, int Entered, int WentOn, int StillIn, int Graduated, int Left, int Overdue, decimal? Rate, decimal? MedianMonths, int Over);

internal sealed class GetGraduationReportValidator : AbstractValidator<GetGraduationReport>
{
    public GetGraduationReportValidator()
    {
        RuleFor(r => r.From).PlausibleDay();
        RuleFor(r => r.To).PlausibleDay();
    }
}

internal sealed class GetGraduationReportHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<GetGraduationReport, GraduationReport>
{
    private const decimal DaysOfMonth = 30.4375m;

    public async Task<GraduationReport> Handle(GetGraduationReport request, CancellationToken cancellationToken)
    {
        var today = ShanghaiTime.Day(clock.GetUtcNow().UtcDateTime);
        var lines = await db.PassagesAsync(actor, catalogue.Graduation, request, today, cancellationToken);
        return new GraduationReport(today,
            [.. Enum.GetValues<ParkRole>().Select(role => Row(role, null, [.. lines.Where(l => l.Passage.Role == role)]))],
            [.. lines.GroupBy(l => (l.Passage.Role, l.Year)).OrderBy(g => g.Key.Role).ThenByDescending(g => g.Key.Year).Select(g => Row(g.Key.Role, g.Key.Year, [.. g]))],
            catalogue.Graduation);
    }

    private static CohortRow Row(ParkRole role, int? year, List<PassageLine> lines)
    {
        int Count(PassageOutcome outcome) => lines.Count(l => l.Passage.Outcome == outcome);
        var days = lines.Select(l => l.Passage.Days).OfType<int>().Order().ToList();
        decimal? median = days.Count == 0 ? null : (days[(days.Count - 1) / 2] + days[days.Count / 2]) / 2m;
        var went = Count(PassageOutcome.WentOn);
        return new CohortRow(role, year, lines.Count, went, Count(PassageOutcome.StillIn), Count(PassageOutcome.Graduated), Count(PassageOutcome.Left), lines.Count(l => l.IsOverdue),
            role == ParkRole.IndustrialPark || lines.Count == 0 ? null : decimal.Round(went * 100m / lines.Count, 1), median is { } found ? decimal.Round(found / DaysOfMonth, 1) : null, days.Count);
    }
}
