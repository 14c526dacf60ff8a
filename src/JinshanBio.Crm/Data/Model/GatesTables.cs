using JinshanBio.Crm.Domain.Projects;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Data;

/// <summary>Tables of what stands at the gates of the stages: answers of the project form, older evidence, the status.</summary>
internal static partial class Tables
{
    private static void Gates(ModelBuilder model)
    {
        model.Entity<Project>(project =>
        {
            project.Property(p => p.StatusDetails).HasConversion(Json<IReadOnlyDictionary<string, string>>(), JsonComparer<IReadOnlyDictionary<string, string>>()).HasMaxLength(Text);
            project.HasMany(p => p.Facts).WithOne().HasForeignKey(f => f.ProjectId);
            project.HasMany(p => p.Superseded).WithOne().HasForeignKey(e => e.ProjectId);
            project.HasMany(p => p.StatusHistory).WithOne().HasForeignKey(c => c.ProjectId);
        });
        model.Entity<ProjectFact>(fact =>
        {
            fact.HasKey(f => new { f.ProjectId, f.Key });
            fact.Property(f => f.Key).HasMaxLength(Code);
            fact.Property(f => f.Value).HasMaxLength(FormField.TextLength);
        });
        model.Entity<SupersededEvidence>(evidence =>
        {
            evidence.Property(e => e.Id).ValueGeneratedNever();
            evidence.Property(e => e.Stage).HasMaxLength(8);
            evidence.Property(e => e.Key).HasMaxLength(Code);
            evidence.Property(e => e.Value).HasMaxLength(1000);
            evidence.HasIndex(e => e.ProjectId);
        });
        model.Entity<StatusChange>(change =>
        {
            change.Property(c => c.Id).ValueGeneratedNever();
            change.Property(c => c.Reason).HasMaxLength(500);
            change.Property(c => c.Details).HasConversion(Json<IReadOnlyDictionary<string, string>>(), JsonComparer<IReadOnlyDictionary<string, string>>()).HasMaxLength(Text);
            change.HasIndex(c => c.ProjectId);
        });
    }
}
