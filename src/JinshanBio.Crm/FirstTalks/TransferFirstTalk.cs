using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.FirstTalks;

/// <summary>提出流转: offers the right to another unit with agreed shares. It has to accept.</summary>
[Needs(Permission.FirstTalksWrite)]
public sealed record OfferFirstTalk : IRequest
{
    /// <summary>The lead.</summary>
    public Guid Id { get; set; }

    /// <summary>Code of the department.</summary>
    public string? ToUnit { get; set; }

    /// <summary>Percent; with what is given it makes up the share the unit has, which is 100 unless it was passed on before.</summary>
    public int? KeptPercent { get; set; }
    public int? GivenPercent { get; set; }
    public string? Reason { get; set; }
    public int? Version { get; set; }
}

/// <summary>结束流转: the offering unit takes it back, or the other one declines, with a reason.</summary>
[Needs(Permission.FirstTalksWrite)]
public sealed record EndFirstTalkOffer : IRequest
{
    public Guid Id { get; set; }
    public string? Reason { get; set; }
    public int? Version { get; set; }
}

internal sealed class OfferFirstTalkValidator : AbstractValidator<OfferFirstTalk>
{
    public OfferFirstTalkValidator()
    {
        RuleFor(r => r.ToUnit).NotEmpty();
        RuleFor(r => r.KeptPercent).NotNull().InclusiveBetween(0, 100);
        RuleFor(r => r.GivenPercent).NotNull().InclusiveBetween(0, 100);
        RuleFor(r => r.Reason).Reason();
    }
}

internal sealed class EndFirstTalkOfferValidator : AbstractValidator<EndFirstTalkOffer>
{
    public EndFirstTalkOfferValidator() => RuleFor(r => r.Reason).Reason();
}

internal sealed class OfferFirstTalkHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock)
    : IRequestHandler<OfferFirstTalk, Unit>, IRequestHandler<EndFirstTalkOffer, Unit>
{
    public async Task<Unit> Handle(OfferFirstTalk request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (catalogue.Units.All(u => u.Code != request.ToUnit)) throw new Refusal(RefusalCode.UnknownUnit, request.ToUnit!) { Field = "toUnit" };
        var right = await db.HeldRightAsync(actor, catalogue, request.Id, request.Version, cancellationToken);
        right.Offer(request.ToUnit!, request.KeptPercent!.Value, request.GivenPercent!.Value, request.Reason!, now, actor.Id);
        db.Tell(right, actor, NoticeKind.FirstTalkOffered, await db.OfficersAsync(request.ToUnit!, cancellationToken),
            [FirstTalkSteps.Title(right.Lead!), catalogue.UnitArg(right.Unit)], now);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }

    public async Task<Unit> Handle(EndFirstTalkOffer request, CancellationToken cancellationToken)
    {
        var (now, unit) = (clock.GetUtcNow().UtcDateTime, actor.MustHaveUnit());
        var right = await db.ConcerningAsync(actor, request.Id, request.Version, cancellationToken);
        // Of the offering unit it is the owner of the lead who decides.
        if (unit == right.Unit && right.Lead!.OwnerId != actor.Id) throw new Refusal(RefusalCode.NotPermitted);
        var told = unit == right.Unit && right.OfferedTo is { } to ? await db.OfficersAsync(to, cancellationToken) : [right.Lead!.OwnerId];
        right.EndOffer(unit, request.Reason!, now, actor.Id);
        db.Tell(right, actor, NoticeKind.FirstTalkOfferEnded, told, [FirstTalkSteps.Title(right.Lead!), catalogue.UnitArg(unit), request.Reason!.Trim()], now, unit == right.Unit ? null : right.LeadId);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}

/// <summary>接受流转: the right, its lead, the lead's project and what is planned pass to the person who accepts for the unit.</summary>
[Needs(Permission.FirstTalksWrite)]
public sealed record AcceptFirstTalk : IRequest
{
    /// <summary>The lead of the offering unit.</summary>
    public Guid Id { get; set; }
    public int? Version { get; set; }
}

internal sealed class AcceptFirstTalkHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<AcceptFirstTalk, Unit>
{
    public async Task<Unit> Handle(AcceptFirstTalk request, CancellationToken cancellationToken)
    {
        var (now, unit) = (clock.GetUtcNow().UtcDateTime, actor.MustHaveUnit());
        var right = await db.ConcerningAsync(actor, request.Id, request.Version, cancellationToken);
        var giver = right.Lead!.OwnerId;
        right.AcceptOffer(unit, now, actor.Id);
        right.Lead.HandTo(actor.Id);
        if (right.ProjectId is { } projectId) (await db.Projects.SingleAsync(p => p.Id == projectId, cancellationToken)).HandTo(actor.Id);
        foreach (var planned in await db.FollowUps.Where(f => f.LeadId == right.LeadId && f.Status == FollowUpStatus.Open).ToListAsync(cancellationToken)) planned.HandTo(actor.Id, now);
        db.Tell(right, actor, NoticeKind.FirstTalkPassed, [giver], [FirstTalkSteps.Title(right.Lead), catalogue.UnitArg(unit)], now);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
