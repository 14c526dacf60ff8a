using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.FirstTalks;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;

namespace JinshanBio.Crm.FirstTalks;

/// <summary>提出争议: a unit with a lead of the same intent shows that it talked first; the promotion office decides.</summary>
[Needs(Permission.FirstTalksWrite)]
public sealed record DisputeFirstTalk : TalkInput, IRequest;

/// <summary>撤回争议.</summary>
[Needs(Permission.FirstTalksWrite)]
public sealed record WithdrawDispute : IRequest
{
    /// <summary>The challenger's lead.</summary>
    public Guid Id { get; set; }
    public string? Reason { get; set; }
}

internal sealed class DisputeFirstTalkValidator : AbstractValidator<DisputeFirstTalk>
{
    public DisputeFirstTalkValidator(TimeProvider clock) => Include(new TalkInputValidator(clock));
}

internal sealed class WithdrawDisputeValidator : AbstractValidator<WithdrawDispute>
{
    public WithdrawDisputeValidator() => RuleFor(r => r.Reason).Reason();
}

internal sealed class DisputeFirstTalkHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock)
    : IRequestHandler<DisputeFirstTalk, Unit>, IRequestHandler<WithdrawDispute, Unit>
{
    public async Task<Unit> Handle(DisputeFirstTalk request, CancellationToken cancellationToken)
    {
        var (now, unit) = (clock.GetUtcNow().UtcDateTime, actor.MustHaveUnit());
        var lead = await db.Leads.VisibleTo(actor).OneAsync(request.Id, cancellationToken);
        lead.MustBeLive();
        var right = await db.LivingRightAsync(lead, cancellationToken) ?? throw new Refusal(RefusalCode.FirstTalkNotHeld);
        right.Dispute(unit, lead, request.ToProof(), now, actor.Id);
        string[] args = [FirstTalkSteps.Title(right.Lead!), catalogue.UnitArg(unit)];
        db.Tell(right, actor, NoticeKind.FirstTalkDisputed, [right.Lead!.OwnerId, .. await db.JudgesAsync(catalogue, cancellationToken)], args, now);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }

    public async Task<Unit> Handle(WithdrawDispute request, CancellationToken cancellationToken)
    {
        var (now, unit) = (clock.GetUtcNow().UtcDateTime, actor.MustHaveUnit());
        var lead = await db.Leads.VisibleTo(actor).OneAsync(request.Id, cancellationToken);
        var right = await db.LivingRightAsync(lead, cancellationToken);
        if (right is null || right.ChallengerLeadId != lead.Id) throw new Refusal(RefusalCode.FirstTalkNotDisputed);
        right.WithdrawDispute(unit, request.Reason!, now, actor.Id);
        db.Tell(right, actor, NoticeKind.FirstTalkSettled, [right.Lead!.OwnerId], [FirstTalkSteps.Title(right.Lead), catalogue.UnitArg(right.Unit)], now);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
