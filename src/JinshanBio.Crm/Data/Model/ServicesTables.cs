using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Services;
using JinshanBio.Crm.Identity;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Data;

/// <summary>Tables of the service after signing.</summary>
internal static partial class Tables
{
    private static void Services(ModelBuilder model)
    {
        model.Entity<ServiceTask>(task =>
        {
            task.Property(t => t.StepCode).HasMaxLength(Code);
            task.Property(t => t.Unit).HasMaxLength(Code);
            task.Property(t => t.Note).HasMaxLength(1000);
            task.HasOne(t => t.Project).WithMany().HasForeignKey(t => t.ProjectId).OnDelete(DeleteBehavior.Restrict);
            task.HasOne<Person>().WithMany().HasForeignKey(t => t.OwnerId).OnDelete(DeleteBehavior.Restrict);
            // A step of the checklist is there once, also when the move and the job make it at once; those that people add have no code.
            task.HasIndex(t => new { t.ProjectId, t.StepCode }).IsUnique();
            task.HasIndex(t => new { t.State, t.DueOn, t.Id });
            task.HasIndex(t => new { t.OwnerId, t.State, t.DueOn, t.Id });
        });
        model.Entity<CompanyRequest>(request =>
        {
            request.Property(r => r.Number).HasMaxLength(Code);
            request.Property(r => r.Text).HasMaxLength(Text);
            request.HasOne(r => r.Project).WithMany().HasForeignKey(r => r.ProjectId).OnDelete(DeleteBehavior.Restrict);
            request.HasOne<Person>().WithMany().HasForeignKey(r => r.OwnerId).OnDelete(DeleteBehavior.Restrict);
            request.HasMany(r => r.Answers).WithOne().HasForeignKey(a => a.CompanyRequestId);
            request.HasIndex(r => r.Number).IsUnique();
            request.HasIndex(r => new { r.ProjectId, r.State, r.DueOn });
            request.HasIndex(r => new { r.State, r.DueOn, r.Id });
            request.HasIndex(r => new { r.OwnerId, r.State, r.DueOn, r.Id });
        });
        model.Entity<RequestAnswer>(answer =>
        {
            answer.Property(a => a.Id).ValueGeneratedNever();
            answer.Property(a => a.Text).HasMaxLength(Text);
        });
        model.Entity<LeavingSignal>(signal =>
        {
            signal.Property(s => s.Note).HasMaxLength(1000);
            signal.Property(s => s.CloseReason).HasMaxLength(500);
            signal.HasOne(s => s.Project).WithMany().HasForeignKey(s => s.ProjectId).OnDelete(DeleteBehavior.Restrict);
            signal.HasIndex(s => new { s.ProjectId, s.IsStanding });
            signal.HasIndex(s => new { s.IsStanding, s.Id });
        });
    }
}
