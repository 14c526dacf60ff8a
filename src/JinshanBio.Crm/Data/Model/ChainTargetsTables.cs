using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Domain.Leads;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Data;

/// <summary>Tables of whom to attract: proposed links of enterprises, and targets.</summary>
internal static partial class Tables
{
    private static void ChainTargets(ModelBuilder model)
    {
        model.Entity<LinkProposal>(proposal =>
        {
            proposal.Property(p => p.Link).HasMaxLength(Code);
            proposal.Property(p => p.Clues).HasConversion(Json<IReadOnlyList<LinkClue>>(), JsonComparer<IReadOnlyList<LinkClue>>()).HasMaxLength(Text);
            proposal.HasIndex(p => new { p.EnterpriseId, p.Link }).IsUnique();
            // The queue is read off these: the surest first.
            proposal.HasIndex(p => new { p.Status, p.Confidence, p.Id });
            proposal.HasIndex(p => new { p.Status, p.Link, p.Confidence, p.Id });
            // What was only guessed goes with the enterprise that an import takes back.
            proposal.HasOne<Enterprise>().WithMany().HasForeignKey(p => p.EnterpriseId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<LinkMatching>(matching =>
        {
            matching.HasKey(m => m.EnterpriseId);
            matching.Property(m => m.EnterpriseId).ValueGeneratedNever();
            matching.Property(m => m.Dictionary).HasMaxLength(64);
            matching.HasOne<Enterprise>().WithMany().HasForeignKey(m => m.EnterpriseId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<ChainTarget>(target =>
        {
            target.Property(t => t.Reason).HasMaxLength(500);
            target.HasMany(t => t.Links).WithOne().HasForeignKey(l => l.TargetId);
            target.HasOne<Enterprise>().WithMany().HasForeignKey(t => t.EnterpriseId).OnDelete(DeleteBehavior.Restrict);
            target.HasOne<Lead>().WithMany().HasForeignKey(t => t.LeadId).OnDelete(DeleteBehavior.Restrict);
            target.HasIndex(t => t.LeadId).IsUnique();
            target.HasIndex(t => new { t.EnterpriseId, t.ChosenAt });
            target.HasIndex(t => t.ChosenAt);
            target.HasIndex(t => t.DismissedAt);
        });
        model.Entity<ChainTargetLink>(link =>
        {
            link.HasKey(l => new { l.TargetId, l.Link });
            link.Property(l => l.Link).HasMaxLength(Code);
            link.HasIndex(l => l.Link);
        });
    }
}
