using JinshanBio.Crm.Domain.Reports;
using JinshanBio.Crm.Reports;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Data;

/// <summary>Tables of the pipeline.</summary>
internal static partial class Tables
{
    private static void Reports(ModelBuilder model)
    {
        model.Entity<PipelinePeriod>(period =>
        {
            period.Property(p => p.Field).HasMaxLength(8);
            period.Property(p => p.Stage).HasMaxLength(8);
            period.HasIndex(p => new { p.SubjectId, p.To }).IsUnique();
            period.HasIndex(p => new { p.To, p.From, p.IsProject, p.Field, p.Stage, p.IsLive });
            period.HasIndex(p => new { p.OwnerId, p.To });
        });
        model.Entity<PipelinePosting>(posting =>
        {
            posting.Property(p => p.Field).HasMaxLength(8);
            posting.Property(p => p.Stage).HasMaxLength(8);
            posting.HasIndex(p => p.OwnerId);
        });
        model.Entity<PipelineSnapshot>().HasKey(s => new { s.AsOf, s.Key });
    }
}
