using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Projects;

namespace JinshanBio.Crm.Parks;

/// <summary>The needs of a project as people read them.</summary>
internal static class NeedRows
{
    /// <summary>Every need that can be stated on the project's track, stated or not. Numbers and choices only: nothing in which a name may stand.</summary>
    public static IReadOnlyList<NeedRow> Rows(this SpaceNeed need, Project project, Catalogue catalogue)
    {
        var form = catalogue.Stages.Form;
        var rows = new List<NeedRow>
        {
            new(FitLimits.Area, FitWords.LimitName(FitLimits.Area), FitWords.Value(FitLimits.Area, need.AreaM2), need.Plot is true ? "land_area" : null),
        };
        foreach (var (limit, key) in ProjectNeeds.Questions)
        {
            if (form.Find(key) is not { } question || !question.Tracks.Contains(project.Track)) continue;
            var value = limit switch
            {
                FitLimits.From => FitWords.Value(limit, need.From),
                FitLimits.Until => need.Until is { } until ? FitWords.Value(limit, until) : null,
                FitLimits.Hazard when need.Hazard is { } hazard => FitWords.Value(limit, hazard),
                _ => project.Fact(key) is { } fact ? question.Show(fact) : null,
            };
            rows.Add(new NeedRow(limit, question.Name(), value, key));
        }
        return rows;
    }
}
