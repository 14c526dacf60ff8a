using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Domain.Reviews;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Data;

/// <summary>Tables of admission reviews and their scoring sheets.</summary>
internal static partial class Tables
{
    private static void Reviews(ModelBuilder model, string provider)
    {
        model.Entity<Review>(review =>
        {
            review.Property(r => r.Number).HasMaxLength(Code);
            review.Property(r => r.CommittedOutput).HasMaxLength(1000);
            review.Property(r => r.Note).HasMaxLength(2000);
            review.Property(r => r.Reason).HasMaxLength(500);
            review.Property(r => r.Minutes).HasMaxLength(Text);
            review.Property(r => r.Conditions).HasMaxLength(2000);
            review.Property(r => r.OverruleReason).HasMaxLength(500);
            review.HasOne(r => r.Project).WithMany().HasForeignKey(r => r.ProjectId).OnDelete(DeleteBehavior.Restrict);
            review.HasMany(r => r.Opinions).WithOne(o => o.Review).HasForeignKey(o => o.ReviewId);
            review.HasMany(r => r.Marks).WithOne().HasForeignKey(m => m.ReviewId);
            review.HasIndex(r => r.Number).IsUnique();
            review.HasIndex(r => new { r.Status, r.OpenedAt, r.Id });
            review.HasIndex(r => new { r.ProjectId, r.OpenedAt });
            // One open review of a project, also when two open one at once.
            review.HasIndex(r => r.ProjectId).IsUnique().HasDatabaseName("IX_Reviews_OneOpen").HasFilter(Quote(provider, "Status = 'Open'"));
        });
        model.Entity<ReviewOpinion>(opinion =>
        {
            opinion.Property(o => o.Id).ValueGeneratedNever();
            opinion.Property(o => o.Unit).HasMaxLength(Code);
            opinion.Property(o => o.WaiverReason).HasMaxLength(500);
            opinion.HasMany(o => o.Answers).WithOne().HasForeignKey(a => a.OpinionId);
            opinion.HasIndex(o => new { o.ReviewId, o.Unit }).IsUnique();
            opinion.HasIndex(o => new { o.Unit, o.Status, o.DueOn, o.Id });
            opinion.HasIndex(o => new { o.Status, o.DueOn, o.Id });
        });
        model.Entity<OpinionAnswer>(answer =>
        {
            answer.Property(a => a.Id).ValueGeneratedNever();
            answer.Property(a => a.Conditions).HasMaxLength(2000);
            answer.Property(a => a.Reason).HasMaxLength(500);
            answer.HasIndex(a => new { a.OpinionId, a.Number }).IsUnique();
        });
        model.Entity<ReviewMark>().HasKey(m => new { m.ReviewId, m.Order });
        model.Entity<ReviewSheet>(sheet =>
        {
            sheet.Property(s => s.Field).HasMaxLength(8);
            sheet.HasOne<Park>().WithMany().HasForeignKey(s => s.ParkId).OnDelete(DeleteBehavior.Restrict);
            sheet.HasMany(s => s.Items).WithOne().HasForeignKey(i => i.SheetId);
        });
        model.Entity<ReviewSheetItem>().HasKey(i => new { i.SheetId, i.Order });
    }
}
