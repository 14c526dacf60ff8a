using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Reviews;
using JinshanBio.Crm.Domain.Stages;
using JinshanBio.Crm.Texts;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Reviews;

/// <summary>What the last review of a project says to the gates of S50 and S60. Without one, what was reviewed on paper is still typed.</summary>
internal static class ReviewGate
{
    public static async Task<GateRecords> ReviewGateAsync(this CrmDb db, Guid projectId, string to, CancellationToken cancel)
    {
        var review = await db.Reviews.AsNoTracking().Include(r => r.Opinions).Include(r => r.Marks).AsSplitQuery().LastOf(projectId).FirstOrDefaultAsync(cancel);
        if (review is null) return GateRecords.None;
        return new GateRecords(to == Stage.Review && review.IsPassed ? Evidence(review) : GateRecords.None.Evidence, Obstacle(review));
    }

    public static Refusal? Obstacle(Review review) => review.Status switch
    {
        ReviewStatus.Open => new Refusal(RefusalCode.ReviewOpen, review.Number),
        ReviewStatus.Rejected => new Refusal(RefusalCode.ReviewRejected, review.Number),
        ReviewStatus.Deferred => new Refusal(RefusalCode.ReviewDeferred, review.Number),
        _ => null,
    };

    private static Dictionary<string, string> Evidence(Review review)
    {
        var comma = Text.Of("list.comma");
        var vetoes = review.Marks.Where(m => m.IsVeto).ToList();
        var evidence = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["reviewForm"] = review.Most > 0 ? Text.Of("reviews.evidence.scored", review.Number, Text.Of(review.Status), review.Score, review.Most) : Text.Of("reviews.evidence.form", review.Number, Text.Of(review.Status)),
            ["vetoCheck"] = vetoes.Count == 0 ? Text.Of("reviews.evidence.noVeto", review.Number) : Text.Of("reviews.evidence.veto", review.Number, vetoes.Count, vetoes.Count(v => v.IsHit == true)),
        };
        if (review.Opinions.Count > 0)
            evidence["departmentOpinions"] = Text.Of("reviews.evidence.opinions", review.Number, string.Join(comma, review.Opinions
                .GroupBy(o => o.Verdict is { } verdict ? Text.Of(verdict) : Text.Of(o.Status)).Select(g => Text.Of("reviews.evidence.count", g.Key, g.Count()))));
        if (!string.IsNullOrWhiteSpace(review.CommittedOutput)) evidence["committedOutput"] = review.CommittedOutput;
        return evidence;
    }
}
