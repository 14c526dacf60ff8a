using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.FirstTalks;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.FirstTalks;

/// <summary>首谈列表: the rights of the person's unit, or all for those who see everybody's; the one that ends soonest first.</summary>
[Needs(Permission.FirstTalksRead)]
public sealed record ListFirstTalks : IRequest<Page<FirstTalkRow>>, IPaged
{
    /// <summary>True for those on the person's own leads only.</summary>
    public bool? Mine { get; set; }

    /// <summary>The living ones when left out.</summary>
    public FirstTalkStatus? Status { get; set; }

    /// <summary>True for those that are announced to end or will be within the days of notice.</summary>
    public bool? Ending { get; set; }

    /// <summary>True for those offered to the person's unit.</summary>
    public bool? Offered { get; set; }
    public string? Unit { get; set; }
    public string? Field { get; set; }
    public string? Sort { get; set; }
    public int Page { get; set; } = 1;
    public int Size { get; set; } = Paging.DefaultSize;

    internal static readonly Sorting<FirstTalk> Sortable = new(t => t.Id)
    {
        ["lastDay"] = t => t.LastDay,
        ["until"] = t => t.Until,
        ["heartbeatDue"] = t => t.HeartbeatDue,
        ["since"] = t => t.Since,
        ["unit"] = t => t.Unit,
    };
}

/// <param name="Title">The lead's code name where there is one, else the enterprise's name.</param>
/// <param name="IsMine">The person may open the lead.</param>
/// <param name="LastDay">The right is held through this day unless something happens.</param>
public sealed record FirstTalkRow(
    Guid Id, Guid LeadId, string LeadNumber, string Title, bool IsMine, string Field, string Unit, string Owner, FirstTalkStatus Status, DateTime Since,
    DateOnly Until, DateOnly HeartbeatDue, DateOnly LastDay, DateOnly? Announced, string? OfferedTo, string? Challenger, int Version);

internal sealed class ListFirstTalksValidator : AbstractValidator<ListFirstTalks>
{
    public ListFirstTalksValidator()
    {
        this.MustBePaged(ListFirstTalks.Sortable.Names);
        RuleFor(r => r.Status).IsInEnum();
    }
}

internal sealed class ListFirstTalksHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<ListFirstTalks, Page<FirstTalkRow>>
{
    public Task<Page<FirstTalkRow>> Handle(ListFirstTalks request, CancellationToken cancellationToken)
    {
        var today = ShanghaiTime.Day(clock.GetUtcNow().UtcDateTime);
        var talks = db.FirstTalks.AsNoTracking().VisibleTo(actor);
        talks = request.Status is { } status ? talks.Where(t => t.Status == status) : talks.Where(t => t.Status != FirstTalkStatus.Ended);
        if (request.Mine == true) talks = talks.Where(t => t.Lead!.OwnerId == actor.Id);
        if (request.Ending == true) talks = talks.Where(t => t.AnnounceOn <= today || t.HeartbeatDue < today);
        if (request.Offered == true) talks = talks.Where(t => t.OfferedTo == actor.Unit);
        if (request.Unit is { Length: > 0 } unit) talks = talks.Where(t => t.Unit == unit);
        if (request.Field is { Length: > 0 } field) talks = talks.Where(t => t.Field == field);
        var all = actor.May(Permission.EverybodysRows);
        return talks.PageAsync(ListFirstTalks.Sortable, request.Sort ?? "lastDay", request, page => page.Select(t => new FirstTalkRow(
            t.Id, t.LeadId, t.Lead!.Number, t.Lead.CodeName ?? t.Lead.Enterprise!.Name, all || t.Lead.OwnerId == actor.Id, t.Field, t.Unit,
            db.Users.Where(p => p.Id == t.Lead.OwnerId).Select(p => p.DisplayName).First(), t.Status, t.Since, t.Until, t.HeartbeatDue, t.LastDay, t.Announced,
            t.OfferedTo, t.Challenger, t.Version)), cancellationToken);
    }
}
