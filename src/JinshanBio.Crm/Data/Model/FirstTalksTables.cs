using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Domain.FirstTalks;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Data;

/// <summary>Tables of rights of first talk and their ledger.</summary>
internal static partial class Tables
{
    private static void FirstTalks(ModelBuilder model, string provider)
    {
        model.Entity<FirstTalk>(talk =>
        {
            talk.Property(t => t.Field).HasMaxLength(8);
            talk.Property(t => t.Unit).HasMaxLength(Code);
            talk.Property(t => t.OfferedTo).HasMaxLength(Code);
            talk.Property(t => t.Challenger).HasMaxLength(Code);
            talk.Property(t => t.LastHash).HasMaxLength(64);
            talk.HasOne(t => t.Lead).WithMany().HasForeignKey(t => t.LeadId).OnDelete(DeleteBehavior.Restrict);
            talk.HasOne<Enterprise>().WithMany().HasForeignKey(t => t.EnterpriseId).OnDelete(DeleteBehavior.Restrict);
            talk.HasMany(t => t.Ledger).WithOne().HasForeignKey(e => e.FirstTalkId).OnDelete(DeleteBehavior.Restrict);
            // One living right for each intent, also when two units register in the same second.
            talk.HasIndex(t => new { t.EnterpriseId, t.Field }).IsUnique().HasFilter(Quote(provider, "Status IN ('Held', 'Disputed')"));
            talk.HasIndex(t => new { t.Unit, t.Status, t.LastDay, t.Id });
            talk.HasIndex(t => new { t.Status, t.LastDay, t.Id });
            talk.HasIndex(t => new { t.Status, t.AnnounceOn });
            talk.HasIndex(t => t.LeadId);
            talk.HasIndex(t => t.OfferedTo);
            talk.HasIndex(t => t.Challenger);
        });
        model.Entity<FirstTalkEntry>(entry =>
        {
            entry.Property(e => e.Id).ValueGeneratedNever();
            entry.Property(e => e.Unit).HasMaxLength(Code);
            entry.Property(e => e.OtherUnit).HasMaxLength(Code);
            entry.Property(e => e.Text).HasMaxLength(2000);
            entry.Property(e => e.Terms).HasMaxLength(Code);
            entry.Property(e => e.PreviousHash).HasMaxLength(64);
            entry.Property(e => e.Hash).HasMaxLength(64);
            entry.HasIndex(e => new { e.FirstTalkId, e.Number }).IsUnique();
        });
    }
}
