using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Commitments;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Commitments;

/// <summary>承诺清单: the promises of both sides that a person may see; what is overdue the longest first.</summary>
[Needs(Permission.ProjectsRead)]
public sealed record ListCommitments : CommitmentFilter, IRequest<Page<CommitmentRow>>, IPaged
{
    public string? Sort { get; set; }
    public int Page { get; set; } = 1;
    public int Size { get; set; } = Paging.DefaultSize;

    internal const string UsualSort = "dueDay";

    internal static readonly Sorting<Commitment> Sortable = new(c => c.Id)
    {
        ["dueDay"] = c => c.DueDay,
        ["target"] = c => c.Target,
        ["createdAt"] = c => c.Id,
    };
}

/// <summary>One promise in a list. Amounts in yuan, people or tons of standard coal, as its measure says.</summary>
/// <param name="ProjectTitle">The code name until signing, then the name.</param>
/// <param name="Reached">Verified; what is only reported does not count.</param>
/// <param name="IsProjectMine">The person may open the project.</param>
public sealed record CommitmentRow(
    Guid Id, Guid ProjectId, string ProjectNumber, string ProjectTitle, bool IsProjectMine, string Field, CommitmentSide Side, CommitmentKind Kind, CommitmentMeasure Measure, string? What,
    decimal? Target, decimal? Reached, DateOnly? ReachedOn, DateOnly DueDay, bool IsPostponed, CommitmentStatus Status, bool IsWaiting, LightRow Light,
    string OwnerName, string? ResponsibleName, string? Unit, int Version);

internal sealed class ListCommitmentsValidator : AbstractValidator<ListCommitments>
{
    public ListCommitmentsValidator()
    {
        this.MustBePaged(ListCommitments.Sortable.Names);
        Include(new CommitmentFilterValidator());
    }
}

internal sealed class ListCommitmentsHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<ListCommitments, Page<CommitmentRow>>
{
    public async Task<Page<CommitmentRow>> Handle(ListCommitments request, CancellationToken cancellationToken)
    {
        var today = clock.Today();
        var rows = request.Rows(db, actor, today, catalogue.Commitments.SoonDays);
        var page = await rows.PageAsync(ListCommitments.Sortable, request.Sort is { Length: > 0 } sort ? sort : ListCommitments.UsualSort, request, r => r.ToDrafts(db, actor), cancellationToken);
        return new Page<CommitmentRow>([.. page.Items.Select(r => r.ToRow(today, catalogue))], page.Total, page.Number, page.Size) { TotalIsCapped = page.TotalIsCapped };
    }
}

/// <summary>How a row comes out of the database, before its light is lit.</summary>
internal sealed record CommitmentDraft(CommitmentRow Row, DateOnly? KeptOn, bool IsExceeded, DateOnly? BehindOn, bool HasEnded)
{
    public CommitmentRow ToRow(DateOnly today, Catalogue catalogue)
    {
        var rule = CommitmentRule.Of(Row.Kind);
        return Row with { Measure = rule.Measure, Light = LightRow.Of(new(Row.Status, Row.DueDay, KeptOn, Row.ReachedOn, IsExceeded, BehindOn, rule.IsCeiling), today, catalogue, HasEnded) };
    }
}

internal static class CommitmentRows
{
    public static IQueryable<CommitmentDraft> ToDrafts(this IQueryable<Commitment> commitments, CrmDb db, Actor actor)
    {
        var (names, all, me) = (actor.May(Permission.RealNames), actor.May(Permission.EverybodysRows), actor.Id);
        var parks = actor.Parks;
        // Joins, not subselects: they make the page first and the rows from it.
        return commitments.Join(db.Projects, c => c.ProjectId, p => p.Id, (c, p) => new { c, p }).Join(db.Users, x => x.p.OwnerId, u => u.Id, (x, u) => new CommitmentDraft(
            new CommitmentRow(x.c.Id, x.c.ProjectId, x.p.Number, x.p.Title, all || x.p.OwnerId == me || x.p.Assignments.Any(a => parks.Contains(a.ParkId)), x.p.Field, x.c.Side, x.c.Kind, CommitmentMeasure.Done,
                names || x.p.Title == x.p.Name ? x.c.What : null, x.c.Target, x.c.Reached, x.c.ReachedOn, x.c.DueDay, x.c.DueDay != x.c.FirstDueDay, x.c.Status, x.c.IsWaiting, null!,
                u.DisplayName, db.Users.Where(r => r.Id == x.c.ResponsibleId).Select(r => r.DisplayName).FirstOrDefault(), x.c.Unit, x.c.Version),
            x.c.KeptOn, x.c.IsExceeded, x.c.BehindOn, x.p.IsClosed));
    }
}
