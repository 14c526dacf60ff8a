using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.People;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.FollowUps;

/// <summary>跟进详情: one follow-up with everything that was said about it.</summary>
[Needs(Permission.LeadsRead)]
public sealed record GetFollowUp(Guid Id) : IRequest<FollowUpRecord>;

public sealed record FollowUpRecord(FollowUpItem Item)
{
    public IReadOnlyList<Participant> Participants { get; init; } = [];
    public Recurrence? Recurrence { get; init; }
    public string? CancelReason { get; init; }
    public string? DoneBy { get; init; }
    public string? SupervisedBy { get; init; }
    public DateTime? SupervisedAt { get; init; }
    public IReadOnlyList<SnoozeLine> Snoozes { get; init; } = [];
}

/// <summary>推迟记录, the oldest first.</summary>
public sealed record SnoozeLine(DateTime From, DateTime To, string Reason, DateTime At, string By);

internal sealed class GetFollowUpHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<GetFollowUp, FollowUpRecord>
{
    public async Task<FollowUpRecord> Handle(GetFollowUp request, CancellationToken cancellationToken)
    {
        var visible = db.FollowUps.AsNoTracking().VisibleTo(actor).Where(f => f.Id == request.Id);
        var item = await visible.ToItems(db).FirstOrDefaultAsync(cancellationToken) ?? throw new Refusal(RefusalCode.NotFound);
        var followUp = await visible.Include(f => f.Snoozes).SingleAsync(cancellationToken);
        var names = await db.NamesAsync([.. followUp.Snoozes.Select(s => s.ById), followUp.DoneById ?? Guid.Empty, followUp.SupervisedById ?? Guid.Empty], cancellationToken);
        return new FollowUpRecord(new[] { item }.Suggesting(catalogue.Workdays, clock.GetUtcNow().UtcDateTime)[0])
        {
            Participants = [.. followUp.Participants],
            Recurrence = followUp.Recurrence,
            CancelReason = followUp.CancelReason,
            DoneBy = followUp.DoneById is { } done ? names.Of(done) : null,
            SupervisedBy = followUp.SupervisedById is { } supervisor ? names.Of(supervisor) : null,
            SupervisedAt = followUp.SupervisedAt,
            Snoozes = [.. followUp.Snoozes.OrderBy(s => s.At).Select(s => new SnoozeLine(s.From, s.To, s.Reason, s.At, names.Of(s.ById)))],
        };
    }
}
