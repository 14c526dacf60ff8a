using JinshanBio.Crm.Domain.Campaigns;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Identity;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Data;

/// <summary>Tables of the campaigns.</summary>
internal static partial class Tables
{
    private static void Campaigns(ModelBuilder model)
    {
        model.Entity<Campaign>(campaign =>
        {
            campaign.Property(c => c.Note).HasMaxLength(Text);
            campaign.Property(c => c.CancelReason).HasMaxLength(500);
            campaign.HasOne<Person>().WithMany().HasForeignKey(c => c.OwnerId).OnDelete(DeleteBehavior.Restrict);
            campaign.HasMany(c => c.Aims).WithOne().HasForeignKey(a => a.CampaignId);
            campaign.HasMany(c => c.Costs).WithOne().HasForeignKey(c => c.CampaignId);
            campaign.HasIndex(c => new { c.From, c.Id });
        });
        model.Entity<CampaignAim>(aim =>
        {
            aim.HasKey(a => new { a.CampaignId, a.Link });
            aim.Property(a => a.Link).HasMaxLength(Code);
        });
        model.Entity<CampaignCost>().Property(c => c.Id).ValueGeneratedNever();
        model.Entity<Lead>(lead =>
        {
            lead.HasOne<Campaign>().WithMany().HasForeignKey(l => l.CampaignId).OnDelete(DeleteBehavior.Restrict);
            lead.HasIndex(l => l.CampaignId);
        });
    }
}
