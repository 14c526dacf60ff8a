using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.FollowUps;

/// <summary>跟进列表: the person's own follow-ups.</summary>
[Needs(Permission.LeadsRead)]
public sealed record ListFollowUps : IRequest<Page<FollowUpItem>>, IPaged
{
    /// <summary>Open when left out.</summary>
    public FollowUpStatus? Status { get; set; }
    public Guid? Lead { get; set; }
    public Guid? Project { get; set; }
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
}

internal sealed class ListFollowUpsValidator : AbstractValidator<ListFollowUps>
{
    public ListFollowUpsValidator()
    {
        this.MustBePaged(ListFollowUps.Sortable.Names);
        RuleFor(r => r.Status).IsInEnum();
    }
}

internal sealed class ListFollowUpsHandler(CrmDb db, Actor actor) : IRequestHandler<ListFollowUps, Page<FollowUpItem>>
{
    public async Task<Page<FollowUpItem>> Handle(ListFollowUps request, CancellationToken cancellationToken)
    {
        var status = request.Status ?? FollowUpStatus.Open;
        var followUps = db.FollowUps.AsNoTracking().Where(f => f.OwnerId == actor.Id && f.Status == status);
        if (request.Lead is { } lead) followUps = followUps.Where(f => f.LeadId == lead);
        if (request.Project is { } project) followUps = followUps.Where(f => f.ProjectId == project);

        var total = await followUps.Take(Paging.CountCap).CountAsync(cancellationToken);
        return await ListFollowUps.Sortable.Apply(followUps, request.Sort ?? "dueAt").ToItems().PageAsync(total, request, cancellationToken);
    }
}

internal static class FollowUpQueries
{
    public static IQueryable<FollowUpItem> ToItems(this IQueryable<FollowUp> followUps)
        => followUps.Select(f => new FollowUpItem(f.Id, f.Kind, f.DueAt, f.Note, f.Status, f.Outcome, f.DoneAt, f.LeadId, f.ProjectId,
            f.Project != null ? f.Project.Title : f.Lead!.CodeName ?? f.Lead.Enterprise!.Name));
}
