using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.FollowUps;

/// <summary>跟进列表: the person's own follow-ups, or all that the person may see.</summary>
[Needs(Permission.LeadsRead)]
public sealed record ListFollowUps : FollowUpFilter, IRequest<Page<FollowUpItem>>, IPaged
{
    public string? Sort { get; set; }
    public int Page { get; set; } = 1;
    public int Size { get; set; } = Paging.DefaultSize;

    internal static readonly Sorting<FollowUp> Sortable = new(f => f.Id) { ["dueAt"] = f => f.DueAt, ["createdAt"] = f => f.Id };
}

/// <param name="Title">Of the project, or else of the lead; never the name behind a code name.</param>
/// <param name="Path">Page of the lead or project.</param>
public sealed record FollowUpItem(
    Guid Id, FollowUpKind Kind, DateTime DueAt, string? Note, FollowUpStatus Status, string? Outcome, DateTime? DoneAt, Guid? LeadId, Guid? ProjectId, string Title)
{
    public string Path => ProjectId is { } project ? $"/projects/{project}" : $"/leads/{LeadId}";
    public int Version { get; init; }
    public Guid OwnerId { get; init; }
    public string Owner { get; init; } = "";
    public FollowUpResult? Result { get; init; }
    public string Stage { get; init; } = "";
    public bool IsSupervised { get; init; }
    public string? SupervisionNote { get; init; }
    public int SnoozeCount { get; init; }
    public bool Repeats { get; init; }

    /// <summary>What is usual next at the stage; only of an open one.</summary>
    public NextStep? Suggested { get; init; }
}

internal sealed class ListFollowUpsValidator : AbstractValidator<ListFollowUps>
{
    public ListFollowUpsValidator()
    {
        this.MustBePaged(ListFollowUps.Sortable.Names);
        Include(new FollowUpFilterValidator());
    }
}

internal sealed class ListFollowUpsHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<ListFollowUps, Page<FollowUpItem>>
{
    public async Task<Page<FollowUpItem>> Handle(ListFollowUps request, CancellationToken cancellationToken)
    {
        var page = await request.Rows(db, actor).PageAsync(ListFollowUps.Sortable, request.Sort ?? "dueAt", request, rows => rows.ToItems(db), cancellationToken);
        return page with { Items = page.Items.Suggesting(catalogue.Workdays, clock.GetUtcNow().UtcDateTime) };
    }
}

internal static class FollowUpQueries
{
    public static IQueryable<FollowUpItem> ToItems(this IQueryable<FollowUp> followUps, CrmDb db)
        => followUps.Select(f => new FollowUpItem(f.Id, f.Kind, f.DueAt, f.Note, f.Status, f.Outcome, f.DoneAt, f.LeadId, f.ProjectId,
            f.Project != null ? f.Project.Title : f.Lead!.CodeName ?? f.Lead.Enterprise!.Name)
        {
            Version = f.Version, OwnerId = f.OwnerId, Owner = db.Users.Where(p => p.Id == f.OwnerId).Select(p => p.DisplayName).First(), Result = f.Result,
            Stage = f.Project != null ? f.Project.Stage : f.Lead!.Stage, IsSupervised = f.IsSupervised, SupervisionNote = f.SupervisionNote,
            SnoozeCount = f.SnoozeCount, Repeats = f.Recurrence != null,
        });

    public static IReadOnlyList<FollowUpItem> Suggesting(this IEnumerable<FollowUpItem> items, Workdays workdays, DateTime now)
        => [.. items.Select(i => i.Status == FollowUpStatus.Open ? i with { Suggested = NextStep.After(i.Stage, null, ShanghaiTime.Day(now), workdays) } : i)];
}
