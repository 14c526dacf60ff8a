using JinshanBio.Crm.Jobs;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Data;

/// <summary>Tables of what the program itself keeps.</summary>
internal static partial class Tables
{
    private static void Upkeep(ModelBuilder model)
    {
        model.Entity<JobRun>(run =>
        {
            run.Property(r => r.Name).HasMaxLength(Code);
            run.Property(r => r.Summary).HasMaxLength(500);
            run.HasIndex(r => new { r.Name, r.ScheduledAt }).IsUnique();
        });
        model.Entity<ReferenceRecord>(record =>
        {
            record.HasKey(r => new { r.Set, r.Code });
            record.Property(r => r.Set).HasMaxLength(Code);
            record.Property(r => r.Code).HasMaxLength(64);
            record.Property(r => r.Data).HasMaxLength(-1);
            record.Property(r => r.SeedHash).HasMaxLength(64);
        });
        model.Entity<NumberSeries>(series =>
        {
            series.HasKey(s => s.Key);
            series.Property(s => s.Key).HasMaxLength(Code);
            series.Property(s => s.Last).IsConcurrencyToken();
        });
        model.Entity<AuditRecord>(record =>
        {
            record.Property(r => r.Subject).HasMaxLength(64);
            record.Property(r => r.Changes).HasMaxLength(-1);
            record.HasIndex(r => new { r.SubjectId, r.At });
            record.HasIndex(r => r.At);
        });
        model.Entity<IdempotentAnswer>(answer =>
        {
            answer.HasKey(a => new { a.PersonId, a.Key });
            answer.Property(a => a.Key).HasMaxLength(100);
            answer.Property(a => a.RequestHash).HasMaxLength(64);
            answer.Property(a => a.Body).HasMaxLength(-1);
        });
    }
}
