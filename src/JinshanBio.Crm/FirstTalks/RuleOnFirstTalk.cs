using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.FirstTalks;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.FirstTalks;

/// <summary>裁定: the promotion office decides a dispute, names the step of the order of proof that decided it, and gives its reasons.</summary>
[Needs(Permission.FirstTalksRule)]
public sealed record RuleOnFirstTalk : IRequest
{
    /// <summary>The lead of either side.</summary>
    public Guid Id { get; set; }

    /// <summary>Code of the unit that gets the right: the holder or the challenger.</summary>
    public string? ForUnit { get; set; }
    public DisputeBasis? Basis { get; set; }
    public string? Reason { get; set; }
    public int? Version { get; set; }
}

internal sealed class RuleOnFirstTalkValidator : AbstractValidator<RuleOnFirstTalk>
{
    public RuleOnFirstTalkValidator()
    {
        RuleFor(r => r.ForUnit).NotEmpty();
        RuleFor(r => r.Basis).NotNull().IsInEnum();
        RuleFor(r => r.Reason).NotEmpty().MinimumLength(10).MaximumLength(2000);
    }
}

internal sealed class RuleOnFirstTalkHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<RuleOnFirstTalk, Unit>
{
    public async Task<Unit> Handle(RuleOnFirstTalk request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var right = await db.ConcerningAsync(actor, request.Id, request.Version, cancellationToken);
        if (right.ChallengerLeadId is not { } leadId) throw new Refusal(RefusalCode.FirstTalkNotDisputed);
        var challenger = await db.Leads.Include(l => l.Enterprise).SingleAsync(l => l.Id == leadId, cancellationToken);
        Guid[] owners = [right.Lead!.OwnerId, challenger.OwnerId];
        var title = FirstTalkSteps.Title(right.Lead);
        right.Rule(request.ForUnit!, request.Basis!.Value, request.Reason!, await db.CompareAsync(right, cancellationToken), challenger, now, actor.Id);
        db.Tell(right, actor, NoticeKind.FirstTalkSettled, owners, [title, catalogue.UnitArg(right.Unit)], now);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}

internal static class Comparing
{
    /// <summary>How the two sides of an open dispute stand; visits count that each has done on its own lead.</summary>
    public static async Task<DisputeComparison> CompareAsync(this CrmDb db, FirstTalk right, CancellationToken cancel)
    {
        var visits = await db.FollowUps.Where(f => (f.LeadId == right.LeadId || f.LeadId == right.ChallengerLeadId) && f.Status == FollowUpStatus.Done
                && (f.Kind == FollowUpKind.Visit || f.Kind == FollowUpKind.SiteVisit))
            .GroupBy(f => f.LeadId).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancel);
        return DisputeComparison.Of([.. right.Ledger], right.Challenger!,
            visits.FirstOrDefault(v => v.Key == right.LeadId)?.Count ?? 0, visits.FirstOrDefault(v => v.Key == right.ChallengerLeadId)?.Count ?? 0);
    }
}
