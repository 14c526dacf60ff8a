using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.Domain.Parks;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Data;

/// <summary>Tables of supply and demand within the district.</summary>
internal static partial class Tables
{
    private static void ChainOffers(ModelBuilder model)
    {
        model.Entity<Offer>(offer =>
        {
            offer.Property(o => o.Number).HasMaxLength(Code);
            offer.Property(o => o.Link).HasMaxLength(Code);
            offer.Property(o => o.Field).HasMaxLength(8);
            offer.Property(o => o.Note).HasMaxLength(Text);
            offer.Property(o => o.CloseNote).HasMaxLength(500);
            offer.HasOne(o => o.Enterprise).WithMany().HasForeignKey(o => o.EnterpriseId).OnDelete(DeleteBehavior.Restrict);
            offer.HasOne<Park>().WithMany().HasForeignKey(o => o.ParkId).OnDelete(DeleteBehavior.Restrict);
            offer.HasMany(o => o.Introductions).WithOne(i => i.Offer).HasForeignKey(i => i.OfferId).OnDelete(DeleteBehavior.Restrict);
            offer.HasIndex(o => o.Number).IsUnique();
            offer.HasIndex(o => new { o.Status, o.Link, o.Kind });
            offer.HasIndex(o => new { o.Status, o.ValidUntil });
            offer.HasIndex(o => new { o.EnterpriseId, o.Status });
            offer.HasIndex(o => new { o.PostedAt, o.Field });
        });
        model.Entity<Introduction>(introduction =>
        {
            introduction.Property(i => i.Note).HasMaxLength(Text);
            introduction.HasOne(i => i.Enterprise).WithMany().HasForeignKey(i => i.EnterpriseId).OnDelete(DeleteBehavior.Restrict);
            introduction.HasOne<Offer>().WithMany().HasForeignKey(i => i.CounterOfferId).OnDelete(DeleteBehavior.Restrict);
            introduction.HasOne<FollowUp>().WithMany().HasForeignKey(i => i.FollowUpId).OnDelete(DeleteBehavior.Restrict);
            introduction.HasOne<Park>().WithMany().HasForeignKey(i => i.ParkId).OnDelete(DeleteBehavior.Restrict);
            introduction.HasMany(i => i.History).WithOne().HasForeignKey(s => s.IntroductionId);
            introduction.HasIndex(i => new { i.State, i.At });
            introduction.HasIndex(i => new { i.State, i.ContractOn });
            introduction.HasIndex(i => i.NextOn);
            introduction.HasIndex(i => i.At);
        });
        model.Entity<IntroductionStep>(step =>
        {
            step.Property(s => s.Id).ValueGeneratedNever();
            step.Property(s => s.Note).HasMaxLength(Text);
        });
    }
}
