using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.FirstTalks;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.FirstTalks;

/// <summary>记录推进: a verifiable event that keeps the right alive. A completed visit or site visit records itself.</summary>
[Needs(Permission.FirstTalksWrite)]
public sealed record RecordHeartbeat : IRequest
{
    /// <summary>The lead.</summary>
    public Guid Id { get; set; }
    public Heartbeat? Kind { get; set; }

    /// <summary>What shows it: minutes, photographs, document numbers.</summary>
    public string? Text { get; set; }

    /// <summary>When it took place; now when left out.</summary>
    public DateTime? HappenedAt { get; set; }
    public int? Version { get; set; }
}

internal sealed class RecordHeartbeatValidator : AbstractValidator<RecordHeartbeat>
{
    public RecordHeartbeatValidator(TimeProvider clock)
    {
        RuleFor(r => r.Kind).NotNull().IsInEnum();
        RuleFor(r => r.Text).NotEmpty().MinimumLength(5).MaximumLength(2000);
        RuleFor(r => r.HappenedAt).PlausibleTime()
            .Must(t => t is null || t.Value.ToUtc() <= clock.GetUtcNow().UtcDateTime).WithMessage(_ => Texts.Text.Of("firstTalk.notYet"));
    }
}

internal sealed class RecordHeartbeatHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<RecordHeartbeat, Unit>
{
    public async Task<Unit> Handle(RecordHeartbeat request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var right = await db.HeldRightAsync(actor, catalogue, request.Id, request.Version, cancellationToken);
        right.Beat(request.Kind!.Value, request.Text!, request.HappenedAt?.ToUtc() ?? now, now, actor.Id);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}

/// <summary>A visit or site visit that is done keeps the right on its lead alive by itself; call where a follow-up is completed, before saving.</summary>
internal static class Heartbeats
{
    public static async Task BeatAsync(this CrmDb db, FollowUp done, DateTime now, Guid byId, CancellationToken cancel)
    {
        Heartbeat? kind = done.Kind switch { FollowUpKind.Visit => Heartbeat.MutualVisit, FollowUpKind.SiteVisit => Heartbeat.SiteVisit, _ => null };
        // Whoever found nobody there has not met.
        if (kind is null || done.Status != FollowUpStatus.Done || done.Result == FollowUpResult.NotReached) return;
        var right = await db.FirstTalks.Include(t => t.Ledger).Where(t => t.Status != FirstTalkStatus.Ended)
            .FirstOrDefaultAsync(t => done.LeadId != null ? t.LeadId == done.LeadId : t.ProjectId == done.ProjectId, cancel);
        var said = done.Outcome ?? done.Note ?? "";
        right?.Beat(kind.Value, said.Length > 2000 ? said[..2000] : said, now, now, byId);
    }
}
