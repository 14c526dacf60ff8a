using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Domain.Tenants;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;

namespace JinshanBio.Crm.Tenants;

/// <summary>毕业转化明细: the companies behind a figure of the report.</summary>
[Needs(Permission.AssignmentsRead)]
public sealed record ListPassages : PassageFilter, IRequest<Page<PassageRow>>, IPaged
{
    public ParkRole? Role { get; set; }

    /// <summary>Year of entry.</summary>
    public int? Year { get; set; }
    public PassageOutcome? Outcome { get; set; }

    /// <summary>True for those that are in longer than the longest stay.</summary>
    public bool? Overdue { get; set; }

    /// <summary>True for those whose stay is over: what the median is of.</summary>
    public bool? Ended { get; set; }
    public string? Sort { get; set; }
    public int Page { get; set; } = 1;
    public int Size { get; set; } = Paging.DefaultSize;
}

/// <param name="PlaceId">The first stay in the role.</param>
/// <param name="NextParkName">Null also for who does not see that park.</param>
/// <param name="Days">Days in the role; null while it is in.</param>
public sealed record PassageRow(
    ParkRole Role, Guid ProjectId, string ProjectNumber, string ProjectTitle, Guid PlaceId, Guid ParkId, string ParkName, DateOnly EnteredOn, PassageOutcome Outcome, bool IsOverdue,
    DateOnly? EndedOn, int? Days, ParkRole? NextRole, string? NextParkName);

internal sealed class ListPassagesValidator : AbstractValidator<ListPassages>
{
    public ListPassagesValidator()
    {
        this.MustBePaged([]);
        RuleFor(r => r.Role).IsInEnum();
        RuleFor(r => r.Outcome).IsInEnum();
        RuleFor(r => r.Year).InclusiveBetween(2000, 2100);
        RuleFor(r => r.From).PlausibleDay();
        RuleFor(r => r.To).PlausibleDay();
    }
}

internal sealed class ListPassagesHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<ListPassages, Page<PassageRow>>
{
    public async Task<Page<PassageRow>> Handle(ListPassages request, CancellationToken cancellationToken)
    {
        var today = ShanghaiTime.Day(clock.GetUtcNow().UtcDateTime);
        var lines = (await db.PassagesAsync(actor, catalogue.Graduation, request, today, cancellationToken)).Where(l => (request.Role is not { } role || l.Passage.Role == role)
            && (request.Year is not { } year || l.Year == year) && (request.Outcome is not { } outcome || l.Passage.Outcome == outcome)
            && (request.Overdue is not { } overdue || l.IsOverdue == overdue) && (request.Ended is not { } ended || l.Passage.Days is not null == ended)).ToList();
        var rows = lines.OrderByDescending(l => l.Passage.Enters.From).ThenBy(l => l.Passage.Enters.Id).Skip((request.Page - 1) * request.Size).Take(request.Size).Select(l => new PassageRow(
            l.Passage.Role, l.Enters.ProjectId, l.Enters.ProjectNumber, l.Enters.ProjectTitle, l.Enters.Stay.Id, l.Enters.ParkId, l.Enters.ParkName, l.Passage.Enters.From, l.Passage.Outcome, l.IsOverdue,
            l.Next?.Stay.From ?? l.Passage.Last.Until, l.Passage.Days, l.Next is null ? null : Stay.As(l.Next.Stay.ParkRoles, l.Passage.Role),
            l.Next is { } next && (actor.May(Permission.AllParks) || actor.Parks.Contains(next.ParkId)) ? next.ParkName : null));
        return new Page<PassageRow>([.. rows], lines.Count, request.Page, request.Size);
    }
}
