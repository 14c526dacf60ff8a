using JinshanBio.Crm.Commitments;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.Domain.Reviews;
using JinshanBio.Crm.Projects;
using JinshanBio.Crm.Reviews;
using JinshanBio.Crm.Services;
using JinshanBio.Crm.Texts;
using JinshanBio.Crm.Web.Ui;

namespace JinshanBio.Crm.Web.Pages.Projects;

internal enum RiskLevel { Info, Warn, Bad }

/// <summary>Something that needs attention, in words, and where it is dealt with.</summary>
public sealed record ProjectRisk
{
    // A held place is worth a word in its last month.
    private const int HoldSoon = 30;

    internal RiskLevel Level { get; private init; }
    public string Words { get; private init; } = "";
    public string Path { get; private init; } = "";

    internal static ProjectRisk Bad(string text, string path) => new() { Level = RiskLevel.Bad, Words = text, Path = path };
    internal static ProjectRisk Warn(string text, string path) => new() { Level = RiskLevel.Warn, Words = text, Path = path };
    internal static ProjectRisk Info(string text, string path) => new() { Level = RiskLevel.Info, Words = text, Path = path };

    /// <summary>What the project's own record tells; a project that has ended has none.</summary>
    internal static IEnumerable<ProjectRisk> Of(ProjectRecord project, DateTime now)
    {
        var page = $"/projects/{project.Id}";
        if (!project.Head.IsLive) yield break;
        if (project.ResumeOn is { } resume) yield return Warn(Text.Of("risk.onHold", Show.Day(resume)), page);
        if (project.Turn is { DaysLeft: < 0 }) yield return Bad(Text.Of("risk.stalled", project.DaysInStage, project.StallDays!), page + "#next");
        foreach (var late in project.FollowUps.Where(f => f.Status == FollowUpStatus.Open && f.DueAt < now))
            yield return Bad(Text.Of("risk.overdueFollowUp", Show.Due(late.DueAt, now)), $"/follow-ups/{late.Id}");
        if (project.NextFollowUp is null) yield return Warn(Text.Of("risk.noNext"), page + "#follow-ups");
        foreach (var place in project.Assignments)
        {
            var today = ShanghaiTime.Day(now);
            if (place.Status == AssignmentStatus.Proposed)
                yield return place.RespondBy < today ? Bad(Text.Of("risk.answerLate", place.ParkName, today.DayNumber - place.RespondBy.Value.DayNumber), page + "#places") : Info(Text.Of("risk.waitsForPark", place.ParkName), page + "#places");
            if (place is { Status: AssignmentStatus.Waiting, Position: { } position }) yield return Info(Text.Of("risk.onWaitingList", place.ParkName, position), page + "#places");
            if (place.Until < today && place.Status is AssignmentStatus.Agreed or AssignmentStatus.MovedIn) yield return Warn(Text.Of("risk.leaseOver", Show.Day(place.Until!.Value), place.ParkName), page + "#places");
            if (place.Status == AssignmentStatus.Accepted && place.HoldUntil is { } until && until <= ShanghaiTime.Day(now).AddDays(HoldSoon)) yield return Warn(Text.Of("risk.holdEnds", Show.Day(until), place.ParkName), page + "#places");
        }
        if (project.NextStage is { Missing.Count: > 0 } next) yield return Info(Text.Of("risk.missing", next.Name, next.Missing.Count), page + "#next");
    }

    /// <summary>What the records that hang on the project tell.</summary>
    internal static IEnumerable<ProjectRisk> Of(ProjectHead project, ReviewSummaryRow? review, PromisesOverview promises, ServiceFigures? service)
    {
        var page = $"/projects/{project.Id}";
        if (!project.IsLive) yield break;
        if (service?.Signs is { Count: > 0 } signs) yield return Bad(Text.Of("risk.leaving", string.Join(Text.Of("list.comma"), signs.Select(s => Text.Of(s)))), page + "/service");
        if (promises.Investor.Red + promises.District.Red is > 0 and var red && promises.Worst is { } worst) yield return Bad(Text.Of("risk.promiseRed", red, Text.Of(worst.Kind)), page + "/promises");
        if (promises.Investor.Amber + promises.District.Amber is > 0 and var amber) yield return Warn(Text.Of("risk.promiseAmber", amber), page + "/promises");
        if (review is { Status: ReviewStatus.Rejected or ReviewStatus.Deferred }) yield return Bad(Text.Of("risk.reviewStops", Text.Of(review.Status)), page + "/review");
        if (review is { Status: ReviewStatus.Open, Late: > 0 }) yield return Bad(Text.Of("risk.reviewLate", review.Late), page + "/review");
        if (service is { Late: > 0 }) yield return Bad(Text.Of("risk.requestsLate", service.Late), page + "/service");
        if (service is { Due: > 0 }) yield return Warn(Text.Of("risk.tasksDue", service.Due), page + "/service");
    }
}
