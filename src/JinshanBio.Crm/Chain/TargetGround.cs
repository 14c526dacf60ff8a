using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Enterprises;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Projects;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Chain;

/// <summary>What targets are ranked from: the coverage of now and the enterprises that are not here, with their links.</summary>
internal sealed record TargetGround(ChainGround Chain, Coverage Coverage, IReadOnlyList<TargetCandidate> Candidates)
{
    /// <summary>Of the one enterprise asked about: whether it is here, or a project of it is.</summary>
    public bool IsHere { get; private init; }

    /// <summary>So many are put in order; those behind them close next to nothing that these leave.</summary>
    public const int Most = 300;

    public static async Task<TargetGround> LoadAsync(CrmDb db, Catalogue catalogue, Actor actor, DateTime now, Guid? only, CancellationToken cancel)
    {
        var chain = await ChainGround.LoadAsync(db, catalogue, now, cancel);
        var coverage = chain.Coverage();
        // Nobody can close what no gap is.
        var gaps = coverage.Gaps.Select(g => g.Link).ToHashSet(StringComparer.Ordinal);
        var free = Free(db, actor, ShanghaiTime.Day(now), dismissedToo: only is not null);
        if (only is { } id) free = free.Where(e => e.Id == id);
        // Two statements, whatever the number of enterprises: confirmed links, and where there are none what the matching proposes.
        var confirmed = await db.Set<EnterpriseLink>().AsNoTracking().Join(free, l => l.EnterpriseId, e => e.Id, (l, e) => new { e.Id, e.Size, l.Code }).ToListAsync(cancel);
        var proposed = await db.LinkProposals.AsNoTracking().Where(p => p.Status == ProposalStatus.Proposed)
            .Join(free.Where(e => e.Links.Count == 0), p => p.EnterpriseId, e => e.Id, (p, e) => new { e.Id, e.Size, Code = p.Link, p.Confidence }).ToListAsync(cancel);
        var candidates = confirmed.Select(c => (c.Id, c.Size, Link: new CandidateLink(c.Code, 1))).Concat(proposed.Select(p => (p.Id, p.Size, Link: new CandidateLink(p.Code, p.Confidence))))
            .GroupBy(c => (c.Id, c.Size)).Select(g => new TargetCandidate(g.Key.Id, catalogue.Coverage.OutputOf(null, g.Key.Size), [.. g.Select(c => c.Link).OrderBy(l => l.Link, StringComparer.Ordinal)]));
        return new TargetGround(chain, coverage, [.. candidates.Where(c => c.Links.Any(l => gaps.Contains(l.Link)))])
        {
            IsHere = only is not null && !await free.AnyAsync(cancel),
        };
    }

    /// <summary>不在区内: neither operating here nor with a live project that the person may know of, not merged away, and not found unsuitable.</summary>
    private static IQueryable<Enterprise> Free(CrmDb db, Actor actor, DateOnly today, bool dismissedToo)
    {
        var away = db.ChainTargets.Where(t => t.DismissedAt != null && t.ReturnedAt == null && (t.Until == null || t.Until > today)).Select(t => t.EnterpriseId);
        var free = db.Enterprises.AsNoTracking().Away(db, actor);
        return dismissedToo ? free : free.Where(e => !away.Contains(e.Id));
    }
}
