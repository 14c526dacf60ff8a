using JinshanBio.Crm.Domain.Agreements;
using JinshanBio.Crm.Domain.Projects;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace JinshanBio.Crm.Data;

/// <summary>Tables of agreements, what they promise, and the fair-competition reviews before them.</summary>
internal static partial class Tables
{
    private static void Agreements(ModelBuilder model, string provider)
    {
        model.Entity<Agreement>(agreement =>
        {
            agreement.Property(a => a.Number).HasMaxLength(100);
            agreement.Property(a => a.NumberKey).HasMaxLength(100).UseCollation(Binary(provider));
            agreement.Property(a => a.InvestorCode).HasMaxLength(18);
            agreement.Property(a => a.Currency).HasMaxLength(3);
            // A rate has more than two decimals.
            if (IsSqlite(provider)) agreement.Property(a => a.Rate).HasConversion(new ValueConverter<decimal, long>(v => (long)decimal.Round(v * 1_000_000m), v => v / 1_000_000m));
            else agreement.Property(a => a.Rate).HasPrecision(18, 6);
            agreement.Property(a => a.Performance).HasMaxLength(Text);
            agreement.Property(a => a.OverrideReason).HasMaxLength(500);
            agreement.Property(a => a.VoidReason).HasMaxLength(500);
            agreement.HasOne(a => a.Project).WithMany().HasForeignKey(a => a.ProjectId).OnDelete(DeleteBehavior.Restrict);
            agreement.HasMany(a => a.Measures).WithOne().HasForeignKey(m => m.AgreementId);
            agreement.HasIndex(a => new { a.ProjectId, a.RecordedAt });
            agreement.HasIndex(a => a.InvestorCode);
            // The same project is not signed twice, and no number stands on two living agreements, also when two people are at it at once.
            agreement.HasIndex(a => a.ProjectId).IsUnique().HasDatabaseName("IX_Agreements_OneFormal").HasFilter(Quote(provider, "Kind = 'Formal' AND Status IN ('Draft', 'Signed')"));
            agreement.HasIndex(a => a.NumberKey).IsUnique().HasFilter(Quote(provider, "NumberKey IS NOT NULL AND Status IN ('Draft', 'Signed')"));
        });
        model.Entity<PromisedMeasure>(measure =>
        {
            measure.ToTable("PromisedMeasures");
            measure.Property(m => m.Id).ValueGeneratedNever();
            measure.Property(m => m.Kind).HasMaxLength(Code);
            measure.Property(m => m.Unit).HasMaxLength(Code);
            measure.Property(m => m.DocumentNumber).HasMaxLength(100);
            measure.Property(m => m.Conditions).HasMaxLength(2000);
            measure.Property(m => m.StatutoryBasis).HasMaxLength(500);
        });
        model.Entity<FairCompetition>(review =>
        {
            review.ToTable("FairCompetitionReviews");
            review.Property(f => f.DocumentNumber).HasMaxLength(100);
            review.Property(f => f.Basis).HasMaxLength(1000);
            review.HasOne<Project>().WithOne().HasForeignKey<FairCompetition>(f => f.ProjectId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}
