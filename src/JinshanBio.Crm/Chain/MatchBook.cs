using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Domain.Enterprises;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Chain;

/// <summary>
/// Matches enterprises batch by batch, each in a save of its own, and keeps which version was matched with which map: a run that breaks off goes on where it stopped,
/// and the same run twice does nothing the second time. The proposals themselves are not audited: who decided when stands in them.
/// </summary>
internal sealed class MatchBook
{
    private const int Batch = 500;
    private readonly CrmDb _db;
    private readonly LinkMatcher _matcher;
    private readonly TimeProvider _clock;

    private MatchBook(CrmDb db, LinkMatcher matcher, TimeProvider clock) => (_db, _matcher, _clock) = (db, matcher, clock);

    public static async Task<MatchBook> OpenAsync(CrmDb db, Catalogue catalogue, TimeProvider clock, CancellationToken cancel)
    {
        var links = await db.LinkEditions.AsNoTracking().Where(l => l.To == ChainMap.Open).OrderBy(l => l.Code).ToListAsync(cancel);
        return new MatchBook(db, new LinkMatcher(links, catalogue.Industries.Select(i => (i.Code, i.Links))), clock);
    }

    /// <param name="again">Also those that have not changed since.</param>
    public async Task<MatchedLinks> MatchAsync(IQueryable<Enterprise> chosen, bool again, int most, CancellationToken cancel)
    {
        var dictionary = _matcher.Dictionary;
        var due = again ? chosen : chosen.Where(e => !_db.LinkMatchings.Any(m => m.EnterpriseId == e.Id && m.Version == e.Version && m.Dictionary == dictionary));
        var (enterprises, proposals, without, after) = (0, 0, 0, Guid.Empty);
        while (enterprises < most)
        {
            _db.ChangeTracker.Clear();
            var batch = await due.AsNoTracking().Where(e => e.Id > after).OrderBy(e => e.Id).Take(Math.Min(Batch, most - enterprises))
                .Select(e => new Said(e.Id, e.Name, e.Kind, e.Scope, e.IndustryCode, e.Version)).ToListAsync(cancel);
            if (batch.Count == 0) break;
            after = batch[^1].Id;
            var found = await MatchAsync(batch, cancel);
            (enterprises, proposals, without) = (enterprises + batch.Count, proposals + found.Sum(), without + found.Count(f => f == 0));
        }
        _db.ChangeTracker.Clear();
        return new MatchedLinks(enterprises, proposals, without, enterprises < most ? 0 : await due.CountAsync(e => e.Id > after, cancel));
    }

    /// <returns>For each how many links are proposed.</returns>
    private async Task<List<int>> MatchAsync(List<Said> batch, CancellationToken cancel)
    {
        var ids = batch.ConvertAll(e => e.Id);
        var links = (await _db.Set<EnterpriseLink>().AsNoTracking().Where(l => ids.Contains(l.EnterpriseId)).ToListAsync(cancel)).ToLookup(l => l.EnterpriseId, l => l.Code);
        var known = (await _db.LinkProposals.Where(p => ids.Contains(p.EnterpriseId)).ToListAsync(cancel)).ToLookup(p => p.EnterpriseId);
        var matched = await _db.LinkMatchings.Where(m => ids.Contains(m.EnterpriseId)).ToDictionaryAsync(m => m.EnterpriseId, cancel);
        var now = _clock.GetUtcNow().UtcDateTime;
        var counts = new List<int>(batch.Count);
        foreach (var e in batch)
        {
            var guesses = _matcher.Match(e.Name, e.Kind, e.Scope, e.IndustryCode).Where(g => !links[e.Id].Contains(g.Link)).ToDictionary(g => g.Link, StringComparer.Ordinal);
            foreach (var proposal in known[e.Id])
            {
                if (guesses.Remove(proposal.Link, out var guess)) proposal.Say(guess, now);
                // What nobody has decided on and nothing speaks for any more is gone; decisions stand.
                else if (proposal.Status == ProposalStatus.Proposed) _db.LinkProposals.Remove(proposal);
            }
            _db.LinkProposals.AddRange(guesses.Values.Select(g => new LinkProposal(e.Id, g.Link, g, now)));
            counts.Add(guesses.Count + known[e.Id].Count(p => p.Status == ProposalStatus.Proposed && _db.Entry(p).State != EntityState.Deleted));
            if (matched.TryGetValue(e.Id, out var before)) before.Done(e.Version, _matcher.Dictionary);
            else _db.LinkMatchings.Add(new LinkMatching(e.Id, e.Version, _matcher.Dictionary));
        }
        await _db.SaveChangesAsync(cancel);
        return counts;
    }

    private sealed record Said(Guid Id, string Name, string? Kind, string? Scope, string? IndustryCode, int Version);
}
