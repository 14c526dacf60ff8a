using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Commitments;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Commitments;

/// <summary>What the steps on a promise share.</summary>
internal static class CommitmentSteps
{
    /// <summary>The promise with its ledger, at the version that the person saw.</summary>
    /// <exception cref="Refusal">NotFound, StaleVersion.</exception>
    public static async Task<Commitment> CommitmentAsync(this CrmDb db, Actor actor, Guid id, int? version, CancellationToken cancel)
    {
        var commitment = await db.Commitments.VisibleTo(actor).Include(c => c.Ledger).Include(c => c.Postponements).AsSplitQuery().OneAsync(id, cancel);
        await db.ExpectAsync(commitment, version, cancel);
        return commitment;
    }

    /// <summary>到位资金 and 年产值 of the project are what the latest verified report of any such promise says. In the save of the verification.</summary>
    public static async Task ProveAsync(this CrmDb db, Commitment verified, CancellationToken cancel)
    {
        if (verified.Kind is not (CommitmentKind.InvestmentInPlace or CommitmentKind.AnnualOutput)) return;
        var project = await db.Projects.SingleAsync(p => p.Id == verified.ProjectId, cancel);
        var others = await db.Commitments.AsNoTracking().Where(c => c.ProjectId == verified.ProjectId && c.Id != verified.Id && c.Kind == verified.Kind && c.ReachedOn != null)
            .Select(c => new { c.Reached, c.ReachedOn }).ToListAsync(cancel);
        if (verified.ReachedOn is not null) others.Add(new { verified.Reached, verified.ReachedOn });
        var value = others.OrderBy(c => c.ReachedOn).LastOrDefault()?.Reached ?? 0;
        if (verified.Kind == CommitmentKind.InvestmentInPlace) project.Prove(value, project.AnnualOutput);
        else project.Prove(project.FundsInPlace, value);
        // Also where the value stays: of two verifications at once each must know of the other.
        db.Entry(project).Property(p => p.Version).IsModified = true;
    }
}
