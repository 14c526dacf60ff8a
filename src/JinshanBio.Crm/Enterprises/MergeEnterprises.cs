using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Domain.FirstTalks;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Enterprises;

/// <summary>合并企业: two records of one enterprise become one; what hung on the other hangs on this one then. Can be undone for 30 days.</summary>
[Needs(Permission.EnterprisesMerge)]
public sealed record MergeEnterprises : IRequest<Guid>
{
    public const string Winner = "winner", Loser = "loser";

    /// <summary>The record that stays.</summary>
    public Guid Id { get; set; }
    public Guid LoserId { get; set; }

    /// <summary>Whose value a field gets: winner (when left out) or loser.</summary>
    public Dictionary<string, string?> Take { get; set; } = new(StringComparer.Ordinal);

    /// <summary>The versions that were compared.</summary>
    public int? Version { get; set; }
    public int? LoserVersion { get; set; }
}

internal sealed class MergeEnterprisesValidator : AbstractValidator<MergeEnterprises>
{
    public MergeEnterprisesValidator()
    {
        RuleFor(r => r.LoserId).NotEmpty();
        RuleFor(r => r.Take).Must(t => t is not null && t.All(x => EnterpriseFields.Names.Contains(x.Key) && x.Value is MergeEnterprises.Winner or MergeEnterprises.Loser))
            .WithMessage(_ => Text.Of("validation.take", string.Join(", ", EnterpriseFields.Names)));
    }
}

internal sealed class MergeEnterprisesHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<MergeEnterprises, Guid>
{
    public async Task<Guid> Handle(MergeEnterprises request, CancellationToken cancellationToken)
    {
        if (request.Id == request.LoserId) throw new Refusal(RefusalCode.MergeSelf) { Field = "loserId" };
        await using var turn = await db.Database.BeginTransactionAsync(cancellationToken);
        await Numbers.TakeAsync(db, EnterpriseTree.Turn, 1, cancellationToken);
        var winner = await db.Enterprises.Whole().OneAsync(request.Id, cancellationToken);
        var loser = await db.Enterprises.Whole().OneAsync(request.LoserId, cancellationToken);
        winner.MustStand();
        loser.MustStand();
        await db.ExpectAsync(winner, request.Version, cancellationToken);
        await db.ExpectAsync(loser, request.LoserVersion, cancellationToken);
        var hanging = await HangingAsync(loser.Id, cancellationToken) with { Partners = await PartnersAsync(winner.Id, loser.Id, cancellationToken) };
        await MustSeeAllAsync([winner.Id, loser.Id], cancellationToken);
        await MustNotClashAsync(winner.Id, hanging, cancellationToken);

        var chosen = request.Take.Where(t => t.Value == MergeEnterprises.Loser).Select(t => t.Key).ToHashSet(StringComparer.Ordinal);
        var hasPrimary = await db.Contacts.AnyAsync(c => c.EnterpriseId == winner.Id && c.IsPrimary, cancellationToken);
        var merge = EnterpriseMerge.Of(winner, loser, chosen, hanging, hasPrimary, clock.GetUtcNow().UtcDateTime, actor.Id);
        // Whoever stood below the loser stands below the winner now.
        if ((await db.AncestorsAsync(winner.ParentId, cancellationToken)).Contains(loser.Id)) throw new Refusal(RefusalCode.ParentLoop, winner.Name) { Field = "parentId" };
        db.EnterpriseMerges.Add(merge);
        await TakePresenceAsync(merge, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await turn.CommitAsync(cancellationToken);
        await Merging.FollowAsync(db, loser.Id, cancellationToken);
        return merge.Id;
    }

    private async Task TakePresenceAsync(EnterpriseMerge merge, CancellationToken cancel)
    {
        var lines = await db.Presences.Where(p => (p.EnterpriseId == merge.WinnerId || p.EnterpriseId == merge.LoserId) && p.To == ChainMap.Open).ToListAsync(cancel);
        var opened = merge.TakeAlong(lines.Find(p => p.EnterpriseId == merge.WinnerId), lines.Find(p => p.EnterpriseId == merge.LoserId), merge.At, actor.Id);
        if (opened is not null) db.Presences.Add(opened);
    }

    private async Task<Hanging> HangingAsync(Guid id, CancellationToken cancel) => new(
        await db.Leads.Where(l => l.EnterpriseId == id).ToListAsync(cancel), await db.Projects.Where(p => p.EnterpriseId == id).ToListAsync(cancel),
        await db.Contacts.Where(c => c.EnterpriseId == id).ToListAsync(cancel), await db.EnterpriseNotes.Where(n => n.EnterpriseId == id).ToListAsync(cancel),
        await db.Enterprises.Where(e => e.ParentId == id).ToListAsync(cancel),
        await db.FirstTalks.Where(t => t.EnterpriseId == id).ToListAsync(cancel))
    {
        Offers = await db.Offers.Where(o => o.EnterpriseId == id).ToListAsync(cancel),
        Introductions = await db.Introductions.Where(i => i.EnterpriseId == id).ToListAsync(cancel),
        Targets = await db.ChainTargets.Where(t => t.EnterpriseId == id).ToListAsync(cancel),
    };

    private async Task<List<Partner>> PartnersAsync(Guid winnerId, Guid loserId, CancellationToken cancel) => Partner.Movable(
        await db.Partners.Where(p => p.LeaderId == loserId || p.PartnerId == loserId || p.LeaderId == winnerId || p.PartnerId == winnerId).ToListAsync(cancel), loserId, winnerId);

    /// <summary>Two units that each hold the right of first talk on what turns out to be one intent: that is decided first, not by a merge.</summary>
    private async Task MustNotClashAsync(Guid winnerId, Hanging hanging, CancellationToken cancel)
    {
        var fields = hanging.Talks.Where(t => t.IsLiving).Select(t => t.Field).ToList();
        if (fields.Count > 0 && await db.FirstTalks.AnyAsync(t => t.EnterpriseId == winnerId && t.Status != FirstTalkStatus.Ended && fields.Contains(t.Field), cancel))
            throw new Refusal(RefusalCode.MergeRightsClash);
    }

    /// <summary>Nobody moves what one may not see.</summary>
    private async Task MustSeeAllAsync(Guid[] ids, CancellationToken cancel)
    {
        var all = await db.Leads.CountAsync(l => ids.Contains(l.EnterpriseId), cancel) + await db.Projects.CountAsync(p => ids.Contains(p.EnterpriseId), cancel);
        var seen = await db.Leads.VisibleTo(actor).CountAsync(l => ids.Contains(l.EnterpriseId), cancel) + await db.Projects.VisibleTo(actor).CountAsync(p => ids.Contains(p.EnterpriseId), cancel);
        if (seen < all) throw new Refusal(RefusalCode.MergeBeyondSight, all - seen);
    }
}

internal static class Merging
{
    /// <summary>
    /// A lead that was captured on an enterprise in the moment in which that was merged away goes after it. Both ask once they have saved, and
    /// whoever comes second finds what the first has done.
    /// </summary>
    public static async Task FollowAsync(CrmDb db, Guid enterpriseId, CancellationToken cancel)
    {
        if (await db.Enterprises.AsNoTracking().Where(e => e.Id == enterpriseId).Select(e => e.MergedIntoId).FirstOrDefaultAsync(cancel) is not { } into) return;
        db.ChangeTracker.Clear();
        var late = await db.Leads.Where(l => l.EnterpriseId == enterpriseId).ToListAsync(cancel);
        if (late.Count == 0) return;
        var winner = await db.Enterprises.OneAsync(into, cancel);
        foreach (var lead in late) lead.BelongTo(winner);
        try { await db.SaveChangesAsync(cancel); }
        catch (DbUpdateConcurrencyException) { /* The other one has moved it already. */ }
    }

    /// <summary>Nobody noted anything on them, added a contact, named them as partners or put another below them, none of which shows in the version.</summary>
    public static IQueryable<Enterprise> WithNothingOnThem(this IQueryable<Enterprise> enterprises, CrmDb db)
        => enterprises.Where(e => !db.Contacts.Any(c => c.EnterpriseId == e.Id) && !db.EnterpriseNotes.Any(n => n.EnterpriseId == e.Id) && !db.Enterprises.Any(c => c.ParentId == e.Id)
            && !db.ChainTargets.Any(t => t.EnterpriseId == e.Id) && !db.Partners.Any(p => p.LeaderId == e.Id || p.PartnerId == e.Id)
            && !db.Presences.Any(p => p.EnterpriseId == e.Id) && !db.Offers.Any(o => o.EnterpriseId == e.Id) && !db.Introductions.Any(i => i.EnterpriseId == e.Id));

    public static IQueryable<Enterprise> Whole(this IQueryable<Enterprise> enterprises)
        => enterprises.Include(e => e.Keys).Include(e => e.Aliases).Include(e => e.Links).AsSplitQuery();
}
