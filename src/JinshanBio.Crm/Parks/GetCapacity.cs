using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Reports;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Parks;

/// <summary>全区空间: all carriers side by side on one day, by kind of space, and where the projects that want a place need more than there is.</summary>
[Needs(Permission.AllParks)]
public sealed record GetCapacity : IRequest<CapacityReport>
{
    /// <summary>The day to look at, past or future; today when left out.</summary>
    public DateOnly? On { get; set; }

    /// <summary>Only spaces of this kind, such as wetLab:1 or biosafety:2; all when left out.</summary>
    public string? Kind { get; set; }

    /// <summary>Over how many quarters, from the present one on, shortages are looked for.</summary>
    public int Quarters { get; set; } = 8;
}

/// <param name="Parks">Every carrier with what it has on the day.</param>
/// <param name="Kinds">The same over all carriers for each kind of space that is scarce somewhere.</param>
/// <param name="Shortages">The greatest first.</param>
public sealed record CapacityReport(
    DateOnly On, string? Kind, IReadOnlyList<ParkCapacity> Parks, AreaFigures Total, IReadOnlyList<KindCapacity> Kinds, IReadOnlyList<ShortageRow> Shortages);

public sealed record ParkCapacity(Guid Id, string Code, string Name, IReadOnlyList<ParkRole> Roles, AreaFigures Areas);

/// <param name="Kind">As the filter takes it.</param>
/// <param name="UnknownM2">In spaces of which it is not known.</param>
public sealed record KindCapacity(string Kind, string Name, AreaFigures Areas, decimal UnknownM2);

/// <summary>On the very day, m².</summary>
/// <param name="FreeM2">Can be promised from the day on without an end.</param>
public sealed record AreaFigures(decimal AreaM2, decimal HeldM2, decimal OccupiedM2, decimal IdleM2, decimal FreeM2)
{
    internal static AreaFigures Of(IEnumerable<Space> spaces, DateOnly day) => spaces.Select(s => (Span: s.On(day), Free: s.LeastFree(day))).Where(s => s.Span is not null)
        .Aggregate(new AreaFigures(0, 0, 0, 0, 0), (sum, s) => new(sum.AreaM2 + s.Span!.AreaM2, sum.HeldM2 + s.Span.HeldM2, sum.OccupiedM2 + s.Span.OccupiedM2, sum.IdleM2 + s.Span.FreeM2, sum.FreeM2 + Math.Max(0, s.Free)));
}

/// <param name="Name">What is needed, in words.</param>
/// <param name="Projects">Those with the largest need among the projects that the person sees, as of the last quarter.</param>
/// <param name="OtherProjects">How many more there are.</param>
public sealed record ShortageRow(
    string Name, bool IsPlot, IReadOnlyList<TraitLevel> Levels, IReadOnlyList<ShortageQuarter> Quarters, IReadOnlyList<ShortageProject> Projects, int OtherProjects)
{
    public const int MostProjects = 20;
}

/// <param name="Quarter">Such as 2027Q2; <paramref name="Day"/> is its last day.</param>
/// <param name="LikelyM2">Wanted, each project with the probability of its stage.</param>
public sealed record ShortageQuarter(string Quarter, DateOnly Day, decimal WantedM2, decimal LikelyM2, decimal FreeM2, decimal UnknownM2, decimal ShortM2);

public sealed record ShortageProject(Guid Id, string Number, string Title, decimal AreaM2, DateOnly From);

internal sealed class GetCapacityValidator : AbstractValidator<GetCapacity>
{
    public GetCapacityValidator()
    {
        RuleFor(r => r.On).PlausibleDay();
        RuleFor(r => r.Quarters).InclusiveBetween(1, 20);
        RuleFor(r => r.Kind).Must(kind => kind is null || SpaceClasses.Scarce.ContainsKey(kind)).WithMessage(_ => Text.Of("capacity.unknownKind", string.Join(' ', SpaceClasses.Scarce.Keys)));
    }
}

internal sealed class GetCapacityHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<GetCapacity, CapacityReport>
{
    public async Task<CapacityReport> Handle(GetCapacity request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var today = ShanghaiTime.Day(now);
        var day = request.On ?? today;
        var parks = await db.Parks.AsNoTracking().VisibleTo(actor).OrderBy(p => p.Code).ToListAsync(cancellationToken);
        var spaces = await db.Spaces.AsNoTracking().VisibleTo(actor).Include(s => s.Spans).ToListAsync(cancellationToken);
        var chosen = request.Kind is { } key ? spaces.Where(s => SpaceClasses.Scarce[key].Has(s.Kind, s.Facilities) is true).ToList() : spaces;
        var byPark = chosen.ToLookup(s => s.ParkId);

        return new CapacityReport(day, request.Kind,
            [.. parks.Select(p => new ParkCapacity(p.Id, p.Code, Text.Pick(p.NameZh, p.NameEn), [.. p.Roles], AreaFigures.Of(byPark[p.Id], day)))], AreaFigures.Of(chosen, day),
            [.. SpaceClasses.Scarce.Select(kind => new KindCapacity(kind.Key, SpaceClasses.Words(kind.Value), AreaFigures.Of(spaces.Where(s => kind.Value.Has(s.Kind, s.Facilities) is true), day),
                AreaFigures.Of(spaces.Where(s => kind.Value.Has(s.Kind, s.Facilities) is null), day).AreaM2))],
            await ShortagesAsync(spaces, Quarter.EndsFrom(today, request.Quarters), now, cancellationToken));
    }

    private async Task<IReadOnlyList<ShortageRow>> ShortagesAsync(List<Space> spaces, IReadOnlyList<DateOnly> days, DateTime now, CancellationToken cancel)
    {
        var wanting = await db.WantingAPlaceAsync(catalogue, ShanghaiTime.Day(now), cancel);
        var book = await ProbabilityBook.AtAsync(db, catalogue, now, cancel);
        var needs = wanting.ToDictionary(p => p.Project.Id);
        var seen = (await db.Projects.VisibleTo(actor).WantingAPlace(catalogue).Select(p => p.Id).ToListAsync(cancel)).ToHashSet();
        var shortages = Shortages.Of([.. wanting.Select(p => new WantedSpace(p.Project.Id, p.Need, book.Of(p.Project.Stage)))],
            [.. spaces.Select(s => new OfferedSpace(s.Kind, s.Facilities, [.. s.Spans]))], days);
        return [.. shortages.Select(s =>
        {
            var all = s.Days[^1].Projects;
            List<ShortageProject> named = [.. all.Where(seen.Contains).Select(id => needs[id]).OrderByDescending(p => p.Need.AreaM2).ThenBy(p => p.Project.Number, StringComparer.Ordinal).Take(ShortageRow.MostProjects)
                .Select(p => new ShortageProject(p.Project.Id, p.Project.Number, p.Project.Title, p.Need.AreaM2, p.Need.From))];
            return new ShortageRow(SpaceClasses.Words(s.Class), s.Class.IsPlot, s.Class.Levels,
                [.. s.Days.Select(d => new ShortageQuarter(Quarter.Name(d.Day), d.Day, d.WantedM2, d.LikelyM2, d.FreeM2, d.UnknownM2, d.ShortM2))], named, all.Count - named.Count);
        })];
    }
}

internal static class Quarter
{
    /// <summary>The last days of the quarters from that of the day on.</summary>
    public static IReadOnlyList<DateOnly> EndsFrom(DateOnly day, int count)
    {
        var first = new DateOnly(day.Year, (day.Month - 1) / 3 * 3 + 1, 1);
        return [.. Enumerable.Range(1, count).Select(n => first.AddMonths(3 * n).AddDays(-1))];
    }

    public static string Name(DateOnly day) => $"{day.Year}Q{(day.Month + 2) / 3}";
}
