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

    public static IQueryable<Commitment> Open(this IQueryable<Commitment> commitments, CrmDb db)
        // Asked promise by promise: a join would begin with the projects and read all that each of them has promised.
        => commitments.Where(c => c.Status == CommitmentStatus.Open && !db.Projects.Any(p => p.Id == c.ProjectId && p.IsClosed));

    public static IQueryable<Commitment> Lit(this IQueryable<Commitment> commitments, CrmDb db, LightColour colour, DateOnly today, int soonDays)
    {
        var soon = today.AddDays(soonDays);
        var open = commitments.Open(db);
        var quiet = open.Where(c => !c.IsExceeded && c.DueDay > soon && (c.BehindOn == null || c.BehindOn > today));
        // Compared with a parameter: a bare column would not use its index on SQLite.
        var exceeded = true;
        // Two ranges of an index one after the other, where "or" would read every open promise.
        return colour switch
        {
            LightColour.Red => open.Where(c => c.DueDay < today && !c.IsExceeded).Concat(open.Where(c => c.IsExceeded == exceeded)),
            LightColour.Amber => open.Where(c => c.DueDay >= today && c.DueDay <= soon && !c.IsExceeded).Concat(open.Where(c => c.BehindOn <= today && c.DueDay > soon && !c.IsExceeded)),
            LightColour.Green => commitments.Where(c => c.Status == CommitmentStatus.Kept).Concat(quiet.Where(c => c.ReachedOn != null)),
            _ => commitments.Where(c => c.Status == CommitmentStatus.Released || (c.Status == CommitmentStatus.Open && db.Projects.Any(p => p.Id == c.ProjectId && p.IsClosed))).Concat(quiet.Where(c => c.ReachedOn == null)),
        };
    }
}
