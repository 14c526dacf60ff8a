using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.Domain.HandOvers;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Identity;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Data;

/// <summary>Tables of follow-ups and hand-overs.</summary>
internal static partial class Tables
{
    private static void FollowUps(ModelBuilder model)
    {
        model.Entity<FollowUp>(followUp =>
        {
            followUp.Property(f => f.Note).HasMaxLength(Text);
            followUp.Property(f => f.Outcome).HasMaxLength(Text);
            followUp.HasOne(f => f.Lead).WithMany().HasForeignKey(f => f.LeadId);
            followUp.HasOne(f => f.Project).WithMany().HasForeignKey(f => f.ProjectId).OnDelete(DeleteBehavior.Restrict);
            followUp.HasOne<Person>().WithMany().HasForeignKey(f => f.OwnerId).OnDelete(DeleteBehavior.Restrict);
            followUp.Property(f => f.CancelReason).HasMaxLength(500);
            followUp.Property(f => f.SupervisionNote).HasMaxLength(500);
            followUp.Property(f => f.Participants).HasConversion(Json<IList<Participant>>(), JsonComparer<IList<Participant>>()).HasMaxLength(Text);
            followUp.OwnsOne(f => f.Recurrence);
            followUp.HasMany(f => f.Snoozes).WithOne().HasForeignKey(s => s.FollowUpId);
            followUp.HasIndex(f => new { f.OwnerId, f.Status, f.DueAt, f.Id });
            followUp.HasIndex(f => new { f.Status, f.DueAt, f.Id });
            followUp.HasIndex(f => new { f.IsSupervised, f.Status, f.DueAt, f.Id });
            followUp.HasIndex(f => new { f.Status, f.Told, f.DueAt, f.Id });
        });
        model.Entity<Snooze>(snooze => snooze.Property(s => s.Reason).HasMaxLength(500));
        model.Entity<OwnerChange>(change =>
        {
            change.Property(c => c.Reason).HasMaxLength(500);
            change.HasOne<Lead>().WithMany().HasForeignKey(c => c.LeadId).OnDelete(DeleteBehavior.Restrict);
            change.HasOne<Project>().WithMany().HasForeignKey(c => c.ProjectId).OnDelete(DeleteBehavior.Restrict);
            change.HasIndex(c => c.LeadId);
            change.HasIndex(c => c.ProjectId);
        });
    }
}
