using JinshanBio.Crm.Domain.Chain;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Data;

/// <summary>Tables of proposed changes of the map.</summary>
internal static partial class Tables
{
    private static void ChainKeep(ModelBuilder model)
    {
        model.Entity<MapProposal>(proposal =>
        {
            proposal.Property(p => p.IgnoredColumns).HasConversion(Json<IReadOnlyList<string>>(), JsonComparer<IReadOnlyList<string>>()).HasMaxLength(-1);
            proposal.HasMany(p => p.Rows).WithOne().HasForeignKey(r => r.ProposalId);
            proposal.Navigation(p => p.Rows).UsePropertyAccessMode(PropertyAccessMode.Field);
            proposal.HasIndex(p => new { p.CreatedAt, p.Id });
        });
        model.Entity<MapProposalRow>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            row.Property(r => r.Cells).HasConversion(Json<IReadOnlyDictionary<string, string>>(), JsonComparer<IReadOnlyDictionary<string, string>>()).HasMaxLength(-1);
            row.Property(r => r.Changes).HasConversion(Json<IReadOnlyList<TermChange>>(), JsonComparer<IReadOnlyList<TermChange>>()).HasMaxLength(-1);
            row.Property(r => r.Source).HasMaxLength(Text);
            row.Property(r => r.Reason).HasMaxLength(Text);
            row.Property(r => r.FaultValue).HasMaxLength(Text);
            row.Property(r => r.Why).HasMaxLength(Text);
            // Of two who judge a row at once, the second is told.
            row.Property(r => r.Verdict).IsConcurrencyToken();
            row.HasIndex(r => new { r.ProposalId, r.Verdict, r.IsEdge, r.Number });
        });
    }
}
