using JinshanBio.Crm.Domain.Assignments;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Data;

/// <summary>What is kept of a fit: the limits that somebody set aside.</summary>
internal static partial class Tables
{
    private static void Fit(ModelBuilder model) => model.Entity<Assignment>(assignment =>
    {
        assignment.Property(a => a.OverrideReason).HasMaxLength(500);
        assignment.Property(a => a.OverriddenLimits).HasMaxLength(400).HasConversion(new ListConverter<string>(l => l, l => l), new ListComparer<string>());
    });
}
