using JinshanBio.Crm.Domain.Chain;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Data;

/// <summary>Tables of the chain.</summary>
internal static partial class Tables
{
    private static void Chain(ModelBuilder model)
    {
        model.Entity<LinkEdition>(link =>
        {
            link.Property(l => l.Id).ValueGeneratedNever();
            link.Property(l => l.Code).HasMaxLength(Code);
            link.Property(l => l.Field).HasMaxLength(8);
            link.Property(l => l.Slot).HasMaxLength(Code);
            link.Property(l => l.Source).HasMaxLength(Text);
            link.Property(l => l.Reason).HasMaxLength(Text);
            link.Property(l => l.EndSource).HasMaxLength(Text);
            link.Property(l => l.EndReason).HasMaxLength(Text);
            link.Ignore(l => l.IsTakenOff);
            link.Property(l => l.AlsoFields).HasConversion(Json<IReadOnlyList<string>>(), JsonComparer<IReadOnlyList<string>>());
            link.Property(l => l.Products).HasConversion(Json<IReadOnlyList<string>>(), JsonComparer<IReadOnlyList<string>>()).HasMaxLength(Text);
            link.Property(l => l.IndustryCodes).HasConversion(Json<IReadOnlyList<string>>(), JsonComparer<IReadOnlyList<string>>());
            link.Property(l => l.Constraints).HasConversion(Json<IReadOnlyList<string>>(), JsonComparer<IReadOnlyList<string>>()).HasMaxLength(Text);
            link.Property(l => l.Evidence).HasConversion(Json<IReadOnlyList<LinkEvidence>>(), JsonComparer<IReadOnlyList<LinkEvidence>>()).HasMaxLength(Text);
            link.Ignore(l => l.Terms);
            // One edition of a link holds at a time, and it is ended once: of two who change it at once, the second is told.
            link.Property(l => l.To).IsConcurrencyToken();
            link.HasIndex(l => new { l.Code, l.To }).IsUnique();
        });
        model.Entity<EdgeEdition>(edge =>
        {
            edge.Property(e => e.Id).ValueGeneratedNever();
            edge.Property(e => e.Supplier).HasMaxLength(Code);
            edge.Property(e => e.Buyer).HasMaxLength(Code);
            edge.Property(e => e.Phrase).HasMaxLength(Text);
            edge.Property(e => e.Source).HasMaxLength(Text);
            edge.Property(e => e.Reason).HasMaxLength(Text);
            edge.Property(e => e.EndSource).HasMaxLength(Text);
            edge.Property(e => e.EndReason).HasMaxLength(Text);
            edge.Ignore(e => e.IsTakenOff);
            edge.Ignore(e => e.Terms);
            edge.Ignore(e => e.Key);
            edge.Property(e => e.To).IsConcurrencyToken();
            edge.HasIndex(e => new { e.Supplier, e.Buyer, e.Kind, e.To }).IsUnique();
        });
        model.Entity<LinkPeriod>(period =>
        {
            period.Property(p => p.Id).ValueGeneratedNever();
            period.Property(p => p.Link).HasMaxLength(Code);
            period.HasIndex(p => new { p.SubjectId, p.Link, p.To }).IsUnique();
            period.HasIndex(p => new { p.To, p.IsProject, p.From });
        });
        model.Entity<Presence>(presence =>
        {
            presence.Property(p => p.Id).ValueGeneratedNever();
            presence.Property(p => p.Source).HasMaxLength(Text);
            presence.Property(p => p.WhyLeft).HasMaxLength(Text);
            presence.Ignore(p => p.Terms);
            // One line of an enterprise holds at a time.
            presence.HasIndex(p => new { p.EnterpriseId, p.To }).IsUnique();
            presence.HasIndex(p => new { p.To, p.From });
            presence.HasOne<Domain.Enterprises.Enterprise>().WithMany().HasForeignKey(p => p.EnterpriseId).OnDelete(DeleteBehavior.Restrict);
            presence.HasOne<Domain.Parks.Park>().WithMany().HasForeignKey(p => p.ParkId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}
