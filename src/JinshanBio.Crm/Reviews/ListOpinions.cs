using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Reviews;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.People;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Reviews;

/// <summary>征求本单位的意见: what the person's department was asked, the most overdue first; and nothing else of these projects.</summary>
[Needs(Permission.ReviewsAnswer)]
public sealed record ListOpinions : IRequest<Page<OpinionRow>>, IPaged
{
    /// <summary>True for what still waits for an answer.</summary>
    public bool? Waiting { get; set; }
    public string? Sort { get; set; }
    public int Page { get; set; } = 1;
    public int Size { get; set; } = Paging.DefaultSize;

    internal static readonly Sorting<ReviewOpinion> Sortable = new(o => o.Id)
    {
        ["dueOn"] = o => o.DueOn,
        ["answeredAt"] = o => o.AnsweredAt,
    };
}

internal sealed class ListOpinionsValidator : AbstractValidator<ListOpinions>
{
    public ListOpinionsValidator() => this.MustBePaged(ListOpinions.Sortable.Names);
}

internal sealed class ListOpinionsHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<ListOpinions, Page<OpinionRow>>
{
    public async Task<Page<OpinionRow>> Handle(ListOpinions request, CancellationToken cancellationToken)
    {
        var today = ShanghaiTime.Day(clock.GetUtcNow().UtcDateTime);
        var opinions = db.ReviewOpinions.AsNoTracking().VisibleTo(actor);
        if (request.Waiting is { } waiting)
            opinions = waiting ? opinions.Where(o => o.Status == OpinionStatus.Waiting && o.Review!.Status == ReviewStatus.Open) : opinions.Where(o => o.Status == OpinionStatus.Given);
        var page = await opinions.PageAsync(ListOpinions.Sortable, request.Sort ?? (request.Waiting == false ? "-answeredAt" : "dueOn"), request, rows => rows.Select(o => new
        {
            o.ReviewId, o.Review!.Number, o.Review.Project!.Title, o.Review.Project.Field, Links = o.Review.Project.Links.Select(l => l.Code).ToList(), o.Review.Project.Track,
            o.Review.Project.Investment, o.Review.Project.OutputAtCapacity, o.Review.Project.AreaM2, o.Review.CommittedOutput, o.Review.Note, o.Unit, o.Status, o.AskedAt, o.DueOn,
            IsOpen = o.Review.Status == ReviewStatus.Open, Answers = o.Answers.ToList(),
        }).AsSplitQuery(), cancellationToken);
        var names = await db.NamesAsync(page.Items.SelectMany(o => o.Answers).Select(a => a.ById), cancellationToken);
        return new Page<OpinionRow>([.. page.Items.Select(o => new OpinionRow(o.ReviewId, o.Number, o.Title, o.Field, [.. o.Links.Order(StringComparer.Ordinal)], o.Track, o.Investment, o.OutputAtCapacity, o.AreaM2,
            o.CommittedOutput, o.Note, o.Unit, o.Status, o.AskedAt, o.DueOn, o.Status == OpinionStatus.Waiting && o.IsOpen && o.DueOn < today, o.IsOpen,
            [.. o.Answers.OrderByDescending(a => a.Number).Select(a => new AnswerLine(a.Number, a.Verdict, a.Conditions, a.DocumentNumber, a.Reason, a.OnBehalf, a.At, names.Of(a.ById)))]))],
            page.Total, page.Number, page.Size);
    }
}
