using JinshanBio.Crm.Chain;
using JinshanBio.Crm.Domain.Chain;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Data;

/// <summary>The part of the story that tells whom to attract: the register has been matched to the chain, and the surest link of each of the first few is confirmed.</summary>
internal static class DemoTargets
{
    private const decimal SureFrom = 0.9m;

    public static async Task MatchAsync(CrmDb db, Catalogue catalogue, TimeProvider clock, CancellationToken cancel)
    {
        await new MatchLinksHandler(db, Identity.Actor.System, catalogue, clock).Handle(new MatchLinks(), cancel);
        var sure = (await db.LinkProposals.Where(p => p.Status == ProposalStatus.Proposed).ToListAsync(cancel)).Where(p => p.Confidence >= SureFrom).Select(p => p.Id).ToList();
        if (sure.Count > 0) await new DecideLinksHandler(db, Identity.Actor.System, clock).Handle(new ConfirmLinks { Ids = sure }, cancel);
        db.ChangeTracker.Clear();
    }
}
