using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Enterprises;

/// <summary>撤销合并: gives back exactly what moved; what was added to the enterprise since stays with it.</summary>
[Needs(Permission.EnterprisesMerge)]
public sealed record UndoMerge(Guid EnterpriseId, Guid MergeId) : IRequest;

internal sealed class UndoMergeHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<UndoMerge, Unit>
{
    public async Task<Unit> Handle(UndoMerge request, CancellationToken cancellationToken)
    {
        await using var turn = await db.Database.BeginTransactionAsync(cancellationToken);
        await Numbers.TakeAsync(db, EnterpriseTree.Turn, 1, cancellationToken);
        var merge = await db.EnterpriseMerges.Where(m => m.WinnerId == request.EnterpriseId || m.LoserId == request.EnterpriseId).OneAsync(request.MergeId, cancellationToken);
        var winner = await db.Enterprises.Whole().OneAsync(merge.WinnerId, cancellationToken);
        var loser = await db.Enterprises.Whole().OneAsync(merge.LoserId, cancellationToken);
        var moved = await MovedAsync(merge.Memory.Moved, cancellationToken);
        await MustSeeAsync(moved, cancellationToken);

        merge.Undo(winner, loser, moved, clock.GetUtcNow().UtcDateTime, actor.Id);
        await GivePresenceBackAsync(merge, cancellationToken);
        await MustBeTakenByNobodyAsync(winner, loser, cancellationToken);
        var above = await db.AncestorsAsync(loser.ParentId, cancellationToken);
        if (above.Any(id => id == loser.Id || moved.Children.Exists(c => c.Id == id))) throw new Refusal(RefusalCode.ParentLoop, loser.Name);
        await db.SaveChangesAsync(cancellationToken);
        await turn.CommitAsync(cancellationToken);
        return Unit.Value;
    }

    private async Task GivePresenceBackAsync(EnterpriseMerge merge, CancellationToken cancel)
    {
        var (ended, opened) = (merge.Memory.PresenceEnded, merge.Memory.PresenceOpened);
        var lines = await db.Presences.Where(p => p.Id == ended || p.Id == opened).ToListAsync(cancel);
        var given = merge.GiveBack(lines.Find(p => p.Id == opened), lines.Find(p => p.Id == ended), merge.UndoneAt!.Value, actor.Id);
        if (given is not null) db.Presences.Add(given);
    }

    private async Task<Hanging> MovedAsync(MovedIds ids, CancellationToken cancel) => new(
        await db.Leads.Where(l => ids.Leads.Contains(l.Id)).ToListAsync(cancel), await db.Projects.Where(p => ids.Projects.Contains(p.Id)).ToListAsync(cancel),
        await db.Contacts.Where(c => ids.Contacts.Contains(c.Id)).ToListAsync(cancel), await db.EnterpriseNotes.Where(n => ids.Notes.Contains(n.Id)).ToListAsync(cancel),
        await db.Enterprises.Where(e => ids.Children.Contains(e.Id)).ToListAsync(cancel),
        await db.FirstTalks.Where(t => ids.Talks.Contains(t.Id)).ToListAsync(cancel))
    {
        Partners = await db.Partners.Where(p => ids.Partners.Contains(p.Id)).ToListAsync(cancel),
        Offers = await db.Offers.Where(o => ids.Offers.Contains(o.Id)).ToListAsync(cancel),
        Introductions = await db.Introductions.Where(i => ids.Introductions.Contains(i.Id)).ToListAsync(cancel),
        Targets = await db.ChainTargets.Where(t => ids.Targets.Contains(t.Id)).ToListAsync(cancel),
    };

    private async Task MustSeeAsync(Hanging moved, CancellationToken cancel)
    {
        var (leads, projects) = (moved.Leads.ConvertAll(l => l.Id), moved.Projects.ConvertAll(p => p.Id));
        var seen = await db.Leads.VisibleTo(actor).CountAsync(l => leads.Contains(l.Id), cancel) + await db.Projects.VisibleTo(actor).CountAsync(p => projects.Contains(p.Id), cancel);
        if (seen < leads.Count + projects.Count) throw new Refusal(RefusalCode.MergeBeyondSight, leads.Count + projects.Count - seen);
    }

    private async Task MustBeTakenByNobodyAsync(Enterprise winner, Enterprise loser, CancellationToken cancel)
    {
        if (loser.CreditCode is { } code && await db.Enterprises.AnyAsync(e => e.CreditCode == code && e.Id != loser.Id && e.Id != winner.Id, cancel))
            throw new Refusal(RefusalCode.MergeChanged, code) { Field = "creditCode" };
    }
}
