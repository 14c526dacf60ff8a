using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Services;
using JinshanBio.Crm.Texts;

namespace JinshanBio.Crm.Services;

/// <param name="StepCode">Of the checklist; null for a step that somebody added.</param>
/// <param name="Name">In the reader's language where the checklist knows it.</param>
/// <param name="Unit">Code of the department responsible for the matter.</param>
public sealed record ServiceTaskRow(
    Guid Id, Guid ProjectId, string ProjectTitle, string? StepCode, string Name, ServicePhase Phase, string? Unit, Guid OwnerId, string Owner, DateOnly DueOn, ServiceTaskState State,
    string? Note, DateTime? ClosedAt, string? ClosedBy, int Version);

/// <param name="DueOn">Day of the first answer until there is one, then of the settlement.</param>
public sealed record CompanyRequestRow(
    Guid Id, Guid ProjectId, string ProjectTitle, string Number, string Text, RequestCategory Category, RequestChannel Channel, DateOnly ReceivedOn, Guid OwnerId, string Owner,
    DateOnly AnswerBy, DateOnly SettleBy, DateOnly DueOn, RequestState State, DateTime? AnsweredAt, DateTime? SettledAt, RequestResult? Result, Satisfaction? Satisfaction, int Version)
{
    public IReadOnlyList<AnswerLine> Answers { get; init; } = [];
}

public sealed record AnswerLine(string Text, DateTime At, string By);

public sealed record LeavingSignalRow(
    Guid Id, Guid ProjectId, string ProjectTitle, LeavingSign Sign, string Note, DateOnly Since, string By, DateTime At, bool IsStanding, DateTime? ClosedAt, string? ClosedBy, string? CloseReason, int Version);

internal static class ServiceQueries
{
    public static IQueryable<ServiceTaskRow> ToRows(this IQueryable<ServiceTask> tasks, CrmDb db) => tasks.Select(t => new ServiceTaskRow(
        t.Id, t.ProjectId, t.Project!.Title, t.StepCode, t.Title, t.Phase, t.Unit, t.OwnerId, db.Users.Where(p => p.Id == t.OwnerId).Select(p => p.DisplayName).First(), t.DueOn, t.State,
        t.Note, t.ClosedAt, db.Users.Where(p => p.Id == t.ClosedById).Select(p => p.DisplayName).FirstOrDefault(), t.Version));

    public static IQueryable<CompanyRequestRow> ToRows(this IQueryable<CompanyRequest> requests, CrmDb db) => requests.Select(r => new CompanyRequestRow(
        r.Id, r.ProjectId, r.Project!.Title, r.Number, r.Text, r.Category, r.Channel, r.ReceivedOn, r.OwnerId, db.Users.Where(p => p.Id == r.OwnerId).Select(p => p.DisplayName).First(),
        r.AnswerBy, r.SettleBy, r.DueOn, r.State, r.AnsweredAt, r.SettledAt, r.Result, r.Satisfaction, r.Version)
    {
        Answers = r.Answers.OrderBy(a => a.At).ThenBy(a => a.Id).Select(a => new AnswerLine(a.Text, a.At, db.Users.Where(p => p.Id == a.ById).Select(p => p.DisplayName).FirstOrDefault() ?? "")).ToList(),
    });

    public static IQueryable<LeavingSignalRow> ToRows(this IQueryable<LeavingSignal> signals, CrmDb db) => signals.Select(s => new LeavingSignalRow(
        s.Id, s.ProjectId, s.Project!.Title, s.Sign, s.Note, s.Since, db.Users.Where(p => p.Id == s.ById).Select(p => p.DisplayName).FirstOrDefault() ?? "", s.At, s.IsStanding,
        s.ClosedAt, db.Users.Where(p => p.Id == s.ClosedById).Select(p => p.DisplayName).FirstOrDefault(), s.CloseReason, s.Version));

    /// <summary>Steps of the checklist in the reader's language.</summary>
    public static ServiceTaskRow Named(this ServiceTaskRow row, Catalogue catalogue)
        => catalogue.ServiceSteps.FirstOrDefault(s => s.Code == row.StepCode) is { } step ? row with { Name = Text.Pick(step.NameZh, step.NameEn) } : row;
}
