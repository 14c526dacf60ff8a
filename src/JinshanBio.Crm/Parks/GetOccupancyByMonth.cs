using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Parks;

/// <summary>出租率: what a park had, has and will have, month by month: the past as recorded, the future as known from leases, reservations and openings.</summary>
[Needs(Permission.ParksRead)]
public sealed record GetOccupancyByMonth : IRequest<MonthlyOccupancy>
{
    public const int Most = 72;

    /// <summary>All parks that the person sees when left out.</summary>
    public Guid? Park { get; set; }

    /// <summary>A day of the first month; a year before this month when left out.</summary>
    public DateOnly? From { get; set; }
    public int Months { get; set; } = 36;
}

/// <param name="ThisMonth">First day of the month in which it is asked: later months are a forecast.</param>
/// <param name="Months">Averages over the days of each month.</param>
public sealed record MonthlyOccupancy(DateOnly ThisMonth, IReadOnlyList<MonthFigures> Months);

internal sealed class GetOccupancyByMonthValidator : AbstractValidator<GetOccupancyByMonth>
{
    public GetOccupancyByMonthValidator()
    {
        RuleFor(r => r.From).PlausibleDay();
        RuleFor(r => r.Months).InclusiveBetween(1, GetOccupancyByMonth.Most);
    }
}

internal sealed class GetOccupancyByMonthHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<GetOccupancyByMonth, MonthlyOccupancy>
{
    public async Task<MonthlyOccupancy> Handle(GetOccupancyByMonth request, CancellationToken cancellationToken)
    {
        var parks = db.Parks.VisibleTo(actor);
        if (request.Park is { } park && !await parks.AnyAsync(p => p.Id == park, cancellationToken)) throw new Refusal(RefusalCode.NotFound);
        var today = ShanghaiTime.Day(clock.GetUtcNow().UtcDateTime);
        var spaces = db.Spaces.Where(s => request.Park == null ? parks.Any(p => p.Id == s.ParkId) : s.ParkId == request.Park).Select(s => s.Id);
        var spans = await db.SpaceSpans.AsNoTracking().Where(s => spaces.Contains(s.SpaceId)).ToListAsync(cancellationToken);
        return new MonthlyOccupancy(new DateOnly(today.Year, today.Month, 1),
            SpaceCalendar.ByMonth(spans.GroupBy(s => s.SpaceId), request.From ?? today.AddMonths(-12), request.Months));
    }
}
