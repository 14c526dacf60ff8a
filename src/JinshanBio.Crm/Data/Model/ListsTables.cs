using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Lists;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Data;

/// <summary>Tables of saved views and columns.</summary>
internal static partial class Tables
{
    private static void Lists(ModelBuilder model)
    {
        model.Entity<SavedView>(view =>
        {
            view.Property(v => v.Name).HasMaxLength(SavedView.NameLength);
            view.Property(v => v.Query).HasMaxLength(SavedView.QueryLength);
            view.HasOne<Person>().WithMany().HasForeignKey(v => v.OwnerId);
            view.HasIndex(v => new { v.OwnerId, v.List, v.Name }).IsUnique();
            view.HasIndex(v => new { v.List, v.IsShared });
        });
        model.Entity<ChosenColumns>(chosen =>
        {
            chosen.HasKey(c => new { c.PersonId, c.List });
            chosen.Property(c => c.Columns).HasMaxLength(500);
            chosen.HasOne<Person>().WithMany().HasForeignKey(c => c.PersonId);
        });
    }
}
