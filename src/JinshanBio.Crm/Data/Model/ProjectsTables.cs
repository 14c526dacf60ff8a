using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Stages;
using JinshanBio.Crm.Identity;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Data;

/// <summary>Tables of projects and their stages.</summary>
internal static partial class Tables
{
    private static void Projects(ModelBuilder model)
    {
        model.Entity<Project>(project =>
        {
            project.Property(p => p.Number).HasMaxLength(Code);
            project.Property(p => p.CodeName).HasMaxLength(50);
            project.Property(p => p.Field).HasMaxLength(8);
            project.Property(p => p.Stage).HasMaxLength(8);
            project.Property(p => p.StatusReason).HasMaxLength(500);
            project.HasOne(p => p.Enterprise).WithMany().HasForeignKey(p => p.EnterpriseId).OnDelete(DeleteBehavior.Restrict);
            project.HasOne<Lead>().WithMany().HasForeignKey(p => p.LeadId).OnDelete(DeleteBehavior.Restrict);
            project.HasOne<Person>().WithMany().HasForeignKey(p => p.OwnerId).OnDelete(DeleteBehavior.Restrict);
            project.HasMany(p => p.Links).WithOne().HasForeignKey(l => l.ProjectId);
            project.HasMany(p => p.Tags).WithOne().HasForeignKey(t => t.ProjectId);
            project.HasMany(p => p.History).WithOne().HasForeignKey(h => h.ProjectId);
            project.HasMany(p => p.Evidence).WithOne().HasForeignKey(e => e.ProjectId);
            project.HasMany(p => p.Assignments).WithOne(a => a.Project).HasForeignKey(a => a.ProjectId).OnDelete(DeleteBehavior.Restrict);
            project.HasIndex(p => p.Number).IsUnique();
            project.HasIndex(p => p.LeadId).IsUnique();
            project.HasIndex(p => new { p.EnterpriseId, p.OwnerId });
            project.HasIndex(p => new { p.IsClosed, p.Id });
            project.HasIndex(p => new { p.IsClosed, p.Investment, p.Id });
            project.HasIndex(p => new { p.IsClosed, p.Stage, p.Investment, p.Id });
            project.HasIndex(p => new { p.IsClosed, p.Field, p.Investment, p.Id });
            project.HasIndex(p => new { p.OwnerId, p.IsClosed, p.Id });
            project.HasIndex(p => new { p.OwnerId, p.IsClosed, p.Investment, p.Id });
            // The board: the sum of a lane is read off the index, its largest projects from the end of it.
            project.HasIndex(p => new { p.IsClosed, p.Field, p.Stage, p.Investment, p.Id });
            project.HasIndex(p => new { p.IsClosed, p.OwnerId, p.Stage, p.Investment, p.Id });
            project.HasIndex(p => new { p.IsClosed, p.OwnerId, p.Field, p.Stage, p.Investment, p.Id });
        });
        model.Entity<ProjectLink>(link =>
        {
            link.HasKey(l => new { l.ProjectId, l.Code });
            link.Property(l => l.Code).HasMaxLength(8);
            link.HasIndex(l => l.Code);
        });
        model.Entity<ProjectTag>(tag =>
        {
            tag.HasKey(t => new { t.ProjectId, t.Name });
            tag.Property(t => t.Name).HasMaxLength(Tag.Length);
            tag.HasIndex(t => t.Name);
        });
        model.Entity<ProjectEvidence>(evidence =>
        {
            evidence.HasKey(e => new { e.ProjectId, e.Key });
            evidence.Property(e => e.Stage).HasMaxLength(8);
            evidence.Property(e => e.Key).HasMaxLength(Code);
            evidence.Property(e => e.Value).HasMaxLength(1000);
        });
        model.Entity<StageChange>(change =>
        {
            change.Property(c => c.From).HasMaxLength(8);
            change.Property(c => c.To).HasMaxLength(8);
            change.Property(c => c.Reason).HasMaxLength(500);
            change.HasIndex(c => c.LeadId);
            change.HasIndex(c => c.ProjectId);
        });
    }
}
