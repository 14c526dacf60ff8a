using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Identity;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Data;

/// <summary>Tables of leads.</summary>
internal static partial class Tables
{
    private static void Leads(ModelBuilder model, string provider)
    {
        model.Entity<Lead>(lead =>
        {
            lead.Property(l => l.Number).HasMaxLength(Code);
            lead.Property(l => l.CodeName).HasMaxLength(50).UseCollation(Binary(provider));
            lead.Property(l => l.Field).HasMaxLength(8);
            lead.Property(l => l.Stage).HasMaxLength(8);
            lead.Property(l => l.Note).HasMaxLength(Text);
            lead.Property(l => l.DropReason).HasMaxLength(500);
            lead.Property(l => l.ReserveReason).HasMaxLength(500);
            lead.HasOne(l => l.Enterprise).WithMany().HasForeignKey(l => l.EnterpriseId).OnDelete(DeleteBehavior.Restrict);
            lead.HasOne<Person>().WithMany().HasForeignKey(l => l.OwnerId).OnDelete(DeleteBehavior.Restrict);
            lead.HasMany(l => l.Links).WithOne().HasForeignKey(l => l.LeadId);
            lead.HasMany(l => l.Tags).WithOne().HasForeignKey(t => t.LeadId);
            lead.HasMany(l => l.History).WithOne().HasForeignKey(h => h.LeadId);
            lead.HasIndex(l => l.Number).IsUnique();
            // All that is asked of an enterprise's leads: without it SQLite prefers the index of a status and reads half the table.
            lead.HasIndex(l => new { l.EnterpriseId, l.Status, l.OwnerId });
            lead.HasIndex(l => l.CodeName);
            // What lists filter, then what they sort by, then the tie-breaker: a page is read off the index without sorting.
            lead.HasIndex(l => new { l.Status, l.Id });
            lead.HasIndex(l => new { l.Status, l.Score, l.Id });
            lead.HasIndex(l => new { l.Status, l.WakeOn });
            lead.HasIndex(l => new { l.OwnerId, l.Status, l.Score, l.Id });
            lead.HasIndex(l => new { l.Status, l.NextFollowUpAt, l.Id });
            lead.HasIndex(l => new { l.Status, l.ExpectedInvestment, l.Id });
            lead.HasIndex(l => new { l.Status, l.Field, l.ExpectedInvestment, l.Id });
            lead.HasIndex(l => new { l.OwnerId, l.Status, l.Id });
            lead.HasIndex(l => new { l.OwnerId, l.Status, l.NextFollowUpAt, l.Id });
            lead.HasIndex(l => new { l.OwnerId, l.Status, l.ExpectedInvestment, l.Id });
            lead.HasIndex(l => new { l.OwnerId, l.Status, l.Field, l.ExpectedInvestment, l.Id });
        });
        model.Entity<LeadLink>(link =>
        {
            link.HasKey(l => new { l.LeadId, l.Code });
            link.Property(l => l.Code).HasMaxLength(8);
            link.HasIndex(l => l.Code);
        });
        model.Entity<LeadTag>(tag =>
        {
            tag.HasKey(t => new { t.LeadId, t.Name });
            tag.Property(t => t.Name).HasMaxLength(Tag.Length);
            tag.HasIndex(t => t.Name);
        });
    }
}
