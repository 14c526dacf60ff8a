using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.FollowUps;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Projects;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Chain;

/// <summary>登记引荐结果: talks go on, there is a contract, or nothing came of it. A later record corrects an earlier one.</summary>
[Needs(Permission.OffersWrite)]
public sealed record RecordIntroduction : IRequest
{
    public Guid Id { get; set; }
    public IntroductionState? State { get; set; }

    /// <summary>Of a contract, yuan.</summary>
    [Money]
    public decimal? Amount { get; set; }
    public DateOnly? ContractOn { get; set; }

    /// <summary>How it goes; the reason, where nothing came of it.</summary>
    public string? Note { get; set; }

    /// <summary>While talks go on: day on which somebody asks again.</summary>
    public DateOnly? NextOn { get; set; }

    /// <summary>The supply or demand is met with it.</summary>
    public bool CloseOffer { get; set; }
    public int? Version { get; set; }
}

internal sealed class RecordIntroductionValidator : AbstractValidator<RecordIntroduction>
{
    public RecordIntroductionValidator()
    {
        RuleFor(r => r.State).NotNull().IsInEnum();
        RuleFor(r => r.Amount).InclusiveBetween(0, 1_000_000_000_000m);
        RuleFor(r => r.ContractOn).PlausibleDay();
        RuleFor(r => r.Note).MaximumLength(2000);
        RuleFor(r => r.NextOn).PlausibleDay();
    }
}

internal sealed class RecordIntroductionHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<RecordIntroduction, Unit>
{
    public async Task<Unit> Handle(RecordIntroduction request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var introduction = await db.Introductions.VisibleTo(actor).Include(i => i.Enterprise).Include(i => i.Offer!.Enterprise).OneAsync(request.Id, cancellationToken);
        await db.ExpectAsync(introduction, request.Version, cancellationToken);
        introduction.Record(new IntroductionOutcome(request.State!.Value, request.Amount, request.ContractOn, request.Note, request.NextOn), now, actor.Id);
        var offer = introduction.Offer!;
        await IntroductionSteps.EndAsync(db, introduction, request.Note, now, actor.Id, cancellationToken);
        await IntroductionSteps.PlanAsync(db, actor, introduction, offer, now, cancellationToken);
        if (request.CloseOffer && introduction.State == IntroductionState.Contract && offer.Status == OfferStatus.Open) offer.Close(OfferClosing.Matched, null, now, actor.Id);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}

/// <summary>
/// 引荐跟进: where one of the two has a project of the person's own, the next step of an introduction is a follow-up on it, in the person's day and calendar; where
/// none has, the introduction itself is due and TidyOffers reminds of it. Either way there is one reminder.
/// </summary>
internal static class IntroductionSteps
{
    private static readonly TimeSpan Morning = TimeSpan.FromHours(9);

    public static async Task PlanAsync(CrmDb db, Actor actor, Introduction introduction, Offer offer, DateTime now, CancellationToken cancel)
    {
        if (introduction.NextOn is not { } day || !actor.May(Permission.LeadsWrite)) return;
        Guid[] both = [offer.EnterpriseId, introduction.EnterpriseId];
        // Not on one under a code name: the names of the two would stand beside it.
        var project = await db.Projects.Live().Where(p => both.Contains(p.EnterpriseId) && p.OwnerId == actor.Id && p.Title == p.Name)
            .OrderBy(p => p.EnterpriseId == offer.EnterpriseId ? 0 : 1).ThenBy(p => p.Id).Select(p => (Guid?)p.Id).FirstOrDefaultAsync(cancel);
        if (project is null) return;
        var followUp = new FollowUp(null, project, actor.Id, FollowUpKind.Call, ShanghaiTime.StartOfDayUtc(day) + Morning, $"{offer.Number} {offer.Enterprise!.Name} – {introduction.Enterprise!.Name}", now);
        db.FollowUps.Add(followUp);
        introduction.FollowedBy(followUp.Id);
        await NextDue.RefreshAsync(db, followUp, cancel);
    }

    /// <summary>What was planned is done: this record is what came of it.</summary>
    public static async Task EndAsync(CrmDb db, Introduction introduction, string? note, DateTime now, Guid byId, CancellationToken cancel)
    {
        if (introduction.FollowUpId is not { } id) return;
        introduction.FollowedBy(null);
        if (await db.FollowUps.FirstOrDefaultAsync(f => f.Id == id && f.Status == FollowUpStatus.Open, cancel) is not { } followUp) return;
        followUp.Complete(introduction.State == IntroductionState.Nothing ? FollowUpResult.Setback : FollowUpResult.Progress, note, now, byId);
        await NextDue.RefreshAsync(db, followUp, cancel);
    }
}
