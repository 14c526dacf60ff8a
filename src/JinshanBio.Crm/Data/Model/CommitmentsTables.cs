using JinshanBio.Crm.Domain.Commitments;
using JinshanBio.Crm.Domain.Reports;
using JinshanBio.Crm.Identity;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Data;

/// <summary>Tables of promises and of the probabilities of the stages.</summary>
internal static partial class Tables
{
    private static void Commitments(ModelBuilder model)
    {
        model.Entity<Commitment>(commitment =>
        {
            // A view of the ledger, not a second one.
            commitment.Ignore(c => c.Reports);
            commitment.Property(c => c.Unit).HasMaxLength(Code);
            commitment.Property(c => c.Conditions).HasMaxLength(1000);
            commitment.Property(c => c.ReleaseReason).HasMaxLength(500);
            commitment.HasOne(c => c.Project).WithMany().HasForeignKey(c => c.ProjectId).OnDelete(DeleteBehavior.Restrict);
            commitment.HasOne<Person>().WithMany().HasForeignKey(c => c.ResponsibleId).OnDelete(DeleteBehavior.Restrict);
            commitment.HasMany(c => c.Ledger).WithOne().HasForeignKey(l => l.CommitmentId);
            commitment.HasMany(c => c.Postponements).WithOne().HasForeignKey(p => p.CommitmentId);
            commitment.HasIndex(c => new { c.ProjectId, c.Status, c.DueDay });
            // Overdue is "open and due before today": a range of this one. What the light depends on stands in it too.
            commitment.HasIndex(c => new { c.Status, c.DueDay, c.Id });
            commitment.HasIndex(c => new { c.Status, c.Told, c.DueDay, c.Id });
            commitment.HasIndex(c => new { c.Status, c.BehindOn });
            commitment.HasIndex(c => new { c.Unit, c.Status, c.DueDay, c.Id });
            commitment.HasIndex(c => new { c.ResponsibleId, c.Status, c.DueDay, c.Id });
            commitment.HasIndex(c => c.IsWaiting);
        });
        model.Entity<Fulfilment>(line =>
        {
            line.Property(l => l.Id).ValueGeneratedNever();
            line.Property(l => l.Text).HasMaxLength(2000);
            line.HasIndex(l => new { l.CommitmentId, l.Number }).IsUnique();
        });
        model.Entity<Postponement>(postponement =>
        {
            postponement.Property(p => p.Id).ValueGeneratedNever();
            postponement.Property(p => p.Reason).HasMaxLength(500);
        });
        model.Entity<StageProbability>(line =>
        {
            line.Property(p => p.Id).ValueGeneratedNever();
            line.Property(p => p.Stage).HasMaxLength(8);
            line.Property(p => p.Reason).HasMaxLength(500);
            // Four decimals, where money has two.
            line.Property(p => p.Value).HasConversion(v => (int)decimal.Round(v * 10_000m), v => v / 10_000m);
            foreach (var share in (string[])[nameof(StageProbability.Forward), nameof(StageProbability.ToSigning), nameof(StageProbability.ToSigningLow), nameof(StageProbability.ToSigningHigh),
                nameof(StageProbability.ToProduction), nameof(StageProbability.Low), nameof(StageProbability.High)])
                line.Property<decimal?>(share).HasConversion(v => v == null ? (int?)null : (int)decimal.Round(v.Value * 10_000m), v => v == null ? null : v.Value / 10_000m);
            line.HasIndex(p => new { p.Stage, p.Track, p.At });
        });
    }
}
