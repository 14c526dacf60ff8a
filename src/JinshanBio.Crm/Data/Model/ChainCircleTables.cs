using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Domain.Enterprises;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Data;

/// <summary>Tables of the circles of the chain leaders.</summary>
internal static partial class Tables
{
    private static void ChainCircle(ModelBuilder model, string provider)
    {
        model.Entity<Partner>(partner =>
        {
            partner.Property(p => p.Link).HasMaxLength(Code);
            partner.Property(p => p.KnownFrom).HasMaxLength(500);
            partner.HasIndex(p => new { p.LeaderId, p.PartnerId, p.Relation }).IsUnique();
            partner.HasIndex(p => p.PartnerId);
            partner.HasOne<Enterprise>().WithMany().HasForeignKey(p => p.LeaderId).OnDelete(DeleteBehavior.Restrict);
            partner.HasOne<Enterprise>().WithMany().HasForeignKey(p => p.PartnerId).OnDelete(DeleteBehavior.Restrict);
        });
        // A few dozen among a hundred thousand.
        model.Entity<Enterprise>().HasIndex(e => e.IsChainLeader).HasFilter(IsSqlite(provider) ? "IsChainLeader"
            : provider.StartsWith("Npgsql", StringComparison.Ordinal) ? "\"IsChainLeader\"" : "[IsChainLeader] = 1");
    }
}
