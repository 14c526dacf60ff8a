using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Reports;
using JinshanBio.Crm.Domain.Stages;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Reports;

/// <summary>重估阶段概率: from how far all projects got, over all tracks and for each; a line is written where something has changed. A second run changes nothing.</summary>
[Needs(Permission.JobsManage)]
public sealed record EstimateProbabilities : IRequest<string>;

internal sealed class EstimateProbabilitiesHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<EstimateProbabilities, string>
{
    public async Task<string> Handle(EstimateProbabilities request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var courses = await CoursesAsync(cancellationToken);
        var last = await db.StageProbabilities.AsNoTracking().LastAt(PipelinePeriod.Open).ToListAsync(cancellationToken);
        int written = 0, own = 0;
        foreach (var track in (Track?[])[null, .. Enum.GetValues<Track>().Cast<Track?>()])
        {
            var stages = track is { } one ? catalogue.Stages.Of(one) : catalogue.Stages.All.Where(s => s.Order >= Stage.OrderOf(Stage.InTalks));
            var estimates = StageLikelihood.Estimate([.. courses.Where(c => track is null || c.Track == track)], stages);
            var values = StageLikelihood.InForce(estimates, catalogue.Stages, catalogue.Commitments.EnoughDecided);
            foreach (var estimate in estimates)
            {
                var before = last.Find(l => l.Stage == estimate.Stage && l.Track == track);
                // What an administrator has pinned stays pinned; the estimate beside it goes on.
                var value = before?.Source == ProbabilitySource.Pinned ? new StageValue(before.Value, ProbabilitySource.Pinned) : values[estimate.Stage];
                if (track is null && value.Source is ProbabilitySource.History or ProbabilitySource.Mixed) own++;
                if (before?.Estimate == estimate && before.Value == value.Value && before.Source == value.Source) continue;
                db.StageProbabilities.Add(new StageProbability(estimate, track, value, before?.At >= now ? before.At.AddMilliseconds(1) : now, actor.Id));
                written++;
            }
        }
        await db.SaveChangesAsync(cancellationToken);
        return Sentence.Of("job.said.probabilities", courses.Sum(c => c.Count), written, own);
    }

    /// <summary>Counted by the database: a few hundred kinds of course, however many projects.</summary>
    private async Task<List<ProjectCourse>> CoursesAsync(CancellationToken cancel)
    {
        var courses = await db.Projects.AsNoTracking()
            // "S100" comes after "S90".
            .Select(p => new { p.Track, p.IsClosed, Farthest = p.History.Max(h => h.To.Length == 4 ? h.To : "S0" + h.To.Substring(1)) })
            .GroupBy(p => new { p.Track, p.IsClosed, p.Farthest }).Select(g => new { g.Key.Track, g.Key.IsClosed, g.Key.Farthest, Count = g.Count() }).ToListAsync(cancel);
        return [.. courses.Where(c => c.Farthest is not null).Select(c => new ProjectCourse(c.Track, Stage.OrderOf(c.Farthest!), c.IsClosed, c.Count))];
    }
}
