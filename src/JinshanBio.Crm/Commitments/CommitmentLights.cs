using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Commitments;
using JinshanBio.Crm.Texts;

namespace JinshanBio.Crm.Commitments;

/// <summary>红黄绿灯 as a person reads it.</summary>
/// <param name="Words">The reason in the reader's language.</param>
public sealed record LightRow(LightColour Colour, LightReason Reason, int Days, string Words)
{
    internal static LightRow Of(LightFacts facts, DateOnly today, Catalogue catalogue, bool hasEnded)
    {
        var light = Light.Of(facts, today, catalogue.Commitments.SoonDays, hasEnded);
        return new(light.Colour, light.Reason, light.Days, Text.Of($"light.{light.Reason}", light.Days));
    }
}

/// <summary>The light of a promise as a query: the same rule as <see cref="Light.Of"/>, which a test compares row by row.</summary>
internal static class CommitmentLights
{
    public static DateOnly Today(this TimeProvider clock) => ShanghaiTime.Day(clock.GetUtcNow().UtcDateTime);

    public static IQueryable<Commitment> Open(this IQueryable<Commitment> commitments)
    {
        // Compared with a parameter: "not closed" would not use an index on SQLite.
        var closed = false;
        return commitments.Where(c => c.Status == CommitmentStatus.Open && c.Project!.IsClosed == closed);
    }

    public static IQueryable<Commitment> Overdue(this IQueryable<Commitment> commitments, DateOnly today) => commitments.Open().Where(c => c.DueDay < today);

    public static IQueryable<Commitment> Lit(this IQueryable<Commitment> commitments, LightColour colour, DateOnly today, int soonDays)
    {
        var soon = today.AddDays(soonDays);
        return colour switch
        {
            LightColour.Red => commitments.Open().Where(c => c.IsExceeded || c.DueDay < today),
            LightColour.Amber => commitments.Open().Where(c => !c.IsExceeded && c.DueDay >= today && (c.DueDay <= soon || c.BehindOn <= today)),
            LightColour.Green => commitments.Where(c => c.Status == CommitmentStatus.Kept || (c.Status == CommitmentStatus.Open && !c.Project!.IsClosed
                && !c.IsExceeded && c.DueDay > soon && (c.BehindOn == null || c.BehindOn > today) && c.ReachedOn != null)),
            _ => commitments.Where(c => c.Status == CommitmentStatus.Released || (c.Status == CommitmentStatus.Open && (c.Project!.IsClosed
                || (!c.IsExceeded && c.DueDay > soon && (c.BehindOn == null || c.BehindOn > today) && c.ReachedOn == null)))),
        };
    }
}
