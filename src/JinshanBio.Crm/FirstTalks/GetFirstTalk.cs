using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.FirstTalks;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.People;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.FirstTalks;

/// <summary>首谈: who holds the right on a lead's intent, until when and why; on any past day as well, replayed from the ledger.</summary>
[Needs(Permission.FirstTalksRead)]
public sealed record GetFirstTalk : IRequest<FirstTalkRecord>
{
    /// <summary>A lead one sees, or one whose right concerns one's unit.</summary>
    public Guid LeadId { get; set; }

    /// <summary>Now when left out; a day alone means its end.</summary>
    public DateTime? AsOf { get; set; }
}

internal sealed class GetFirstTalkValidator : AbstractValidator<GetFirstTalk>
{
    public GetFirstTalkValidator() => RuleFor(r => r.AsOf).PlausibleTime();
}

internal sealed class GetFirstTalkHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<GetFirstTalk, FirstTalkRecord>
{
    public async Task<FirstTalkRecord> Handle(GetFirstTalk request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var asOf = request.AsOf.AsOf(now);
        var lead = await db.Leads.AsNoTracking().Include(l => l.Enterprise).FirstOrDefaultAsync(l => l.Id == request.LeadId, cancellationToken);
        var seesLead = lead is not null && (actor.May(Permission.EverybodysRows) || lead.OwnerId == actor.Id);
        if (lead is null || (!seesLead && !await db.FirstTalks.VisibleTo(actor).AnyAsync(t => t.LeadId == lead.Id || t.ChallengerLeadId == lead.Id, cancellationToken)))
            throw new Refusal(RefusalCode.NotFound);

        // The last right that was registered by then: the living one, or how the intent became free.
        var right = await db.FirstTalks.AsNoTracking().Include(t => t.Ledger).Include(t => t.Lead!.Enterprise)
            .Where(t => t.RegisteredAt <= asOf && (t.LeadId == lead.Id || (t.EnterpriseId == lead.EnterpriseId && t.Field == lead.Field)))
            .OrderByDescending(t => t.Status != FirstTalkStatus.Ended).ThenByDescending(t => t.LeadId == lead.Id).ThenByDescending(t => t.RegisteredAt).AsSplitQuery().FirstOrDefaultAsync(cancellationToken);
        if (right is null || FirstTalkState.At(right.Ledger, asOf) is not { } state) return new FirstTalkRecord { LeadId = lead.Id, OwnerId = lead.OwnerId, Title = FirstTalkSteps.Title(lead), Field = lead.Field, AsOf = asOf, Terms = catalogue.FirstTalk };
        return await SayAsync(right, state, lead, asOf, now, cancellationToken);
    }

    private async Task<FirstTalkRecord> SayAsync(FirstTalk right, FirstTalkState state, Domain.Leads.Lead lead, DateTime asOf, DateTime now, CancellationToken cancel)
    {
        var all = actor.May(Permission.EverybodysRows);
        var concerned = all || (actor.Unit is { } unit && (right.Unit == unit || state.Unit == unit || right.OfferedTo == unit || right.Challenger == unit)) || right.Lead!.OwnerId == actor.Id;
        var seesHolder = all || right.Lead!.OwnerId == actor.Id;
        var people = concerned ? await db.NamesAsync(right.Ledger.Select(e => e.ById), cancel) : [];
        return new FirstTalkRecord
        {
            LeadId = lead.Id, OwnerId = lead.OwnerId, HolderLeadId = seesHolder ? right.LeadId : null, Title = FirstTalkSteps.Title(seesHolder || lead.Id == right.LeadId ? right.Lead! : lead), Field = right.Field,
            AsOf = asOf, Version = right.Version, Status = state.Status, Unit = state.Unit, UnitName = catalogue.UnitName(state.Unit), Since = state.Since, Terms = state.Terms,
            IsMasked = !concerned, IsIntact = right.IsIntact, IsOurs = right.IsLiving && actor.Unit == right.Unit,
            Until = concerned ? state.Until : null, HeartbeatDue = concerned ? state.HeartbeatDue : null, LastDay = concerned ? state.LastDay : null,
            DaysLeft = concerned && state.Status != FirstTalkStatus.Ended ? state.LastDay.DayNumber - ShanghaiTime.Day(asOf).DayNumber : null,
            Announced = concerned ? state.Announced : null, Extensions = state.Extensions, Beats = state.Beats, Because = state.Because,
            Offer = concerned ? state.Offer : null, Challenger = concerned ? state.Challenger : null, IsChallenger = right.ChallengerLeadId == lead.Id,
            Shares = concerned ? state.Shares : new Dictionary<string, int>(StringComparer.Ordinal),
            Comparison = all && right.Status == FirstTalkStatus.Disputed && asOf == now ? await db.CompareAsync(right, cancel) : null,
            Ledger = concerned ? [.. right.Ledger.Where(e => e.At <= asOf).OrderByDescending(e => e.Number).Select(e => Line(e, people))] : [],
        };
    }

    /// <summary>What a unit showed belongs to it and to those who rule; decisions and their reasons are read by both sides.</summary>
    private FirstTalkLine Line(FirstTalkEntry e, IReadOnlyDictionary<Guid, string> people)
    {
        var open = actor.May(Permission.EverybodysRows) || e.Unit == actor.Unit || e.Kind is FirstTalkEntryKind.Ruled or FirstTalkEntryKind.Offered or FirstTalkEntryKind.OfferEnded;
        var isRuling = e.Kind == FirstTalkEntryKind.Ruled;
        return new FirstTalkLine(e.Number, e.Kind, e.At, people.GetValueOrDefault(e.ById) ?? "", e.Unit, e.OtherUnit, e.Evidence, e.Event, e.Basis, e.HappenedAt,
            open && !isRuling ? e.With : null, open ? e.Text : null, e.Until, e.KeptPercent, e.GivenPercent, e.Hash);
    }
}
