using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Commitments;
using JinshanBio.Crm.Domain.Projects;

namespace JinshanBio.Crm.Commitments;

/// <summary>用地: the one place that knows where the land under a project's per-mu figures comes from.</summary>
internal static class LandFigure
{
    public static Task<LandArea> LandAsync(this CrmDb db, Project project, CancellationToken cancel)
    {
        _ = (db, cancel);
        return Task.FromResult(LandArea.Of(project.Track, landMu: null, plotRatio: null, project.AreaM2));
    }
}
