using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Identity;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Data;

/// <summary>Tables of people and their parks.</summary>
internal static partial class Tables
{
    private static void People(ModelBuilder model)
    {
        model.Entity<Person>(person =>
        {
            person.ToTable("People");
            person.Property(p => p.DisplayName).HasMaxLength(50);
            person.HasMany(p => p.Parks).WithOne().HasForeignKey(p => p.PersonId);
        });
        model.Entity<PersonPark>(park =>
        {
            park.HasKey(p => new { p.PersonId, p.ParkId });
            park.HasOne<Park>().WithMany().HasForeignKey(p => p.ParkId);
        });
    }
}
