using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Projects;
using JinshanBio.Crm.Web.Ui;

namespace JinshanBio.Crm.Web.Pages.Projects;

internal enum RiskLevel { Info, Warn, Bad }

/// <summary>Something that needs attention, in words, and where it is dealt with.</summary>
public sealed record ProjectRisk
{
    internal RiskLevel Level { get; private init; }
    public string Text { get; private init; } = "";
    public string Path { get; private init; } = "";

    internal static ProjectRisk Bad(string text, string path) => new() { Level = RiskLevel.Bad, Text = text, Path = path };
    internal static ProjectRisk Warn(string text, string path) => new() { Level = RiskLevel.Warn, Text = text, Path = path };
    internal static ProjectRisk Info(string text, string path) => new() { Level = RiskLevel.Info, Text = text, Path = path };

    /// <summary>What the project's own record tells; a project that has ended has none.</summary>
    internal static IEnumerable<ProjectRisk> Of(ProjectRecord project, Catalogue catalogue, DateTime now)
    {
        var (page, stage) = ($"/projects/{project.Id}", catalogue.Stages.Find(project.Stage));
        if (!project.Head.IsLive) yield break;
        if (project.Status == ProjectStatus.Active && StageClock.IsStalled(stage, project.StageSince, now))
            yield return Bad(Texts.Text.Of("risk.stalled", StageClock.Days(project.StageSince, now), stage!.StallDays!), page + "#next");
        foreach (var late in project.FollowUps.Where(f => f.Status == FollowUpStatus.Open && f.DueAt < now))
            yield return Bad(Texts.Text.Of("risk.overdueFollowUp", Show.Due(late.DueAt, now)), $"/follow-ups/{late.Id}");
        if (project.NextFollowUp is null) yield return Warn(Texts.Text.Of("risk.noNext"), page + "#follow-ups");
        foreach (var place in project.Assignments)
        {
            if (place.Status == AssignmentStatus.Proposed) yield return Info(Texts.Text.Of("risk.waitsForPark", place.ParkName), page + "#places");
            if (place.Status == AssignmentStatus.Accepted && place.HoldUntil is { } until) yield return Warn(Texts.Text.Of("risk.holdEnds", Show.Day(until), place.ParkName), page + "#places");
        }
        if (project.NextStage is { Missing.Count: > 0 } next) yield return Info(Texts.Text.Of("risk.missing", next.Name, next.Missing.Count), page + "#next");
    }
}
