using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Reviews;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.People;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Reviews;

/// <summary>项目的准入评审: the review that speaks for a project, those before it, and with what the next one would begin.</summary>
[Needs(Permission.ProjectsRead)]
public sealed record GetProjectReview(Guid ProjectId) : IRequest<ProjectReviews>;

/// <summary>One review.</summary>
[Needs(Permission.ProjectsRead)]
public sealed record GetReview(Guid Id) : IRequest<ReviewRecord>;

internal sealed class GetProjectReviewHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<GetProjectReview, ProjectReviews>, IRequestHandler<GetReview, ReviewRecord>
{
    private DateOnly Today => ShanghaiTime.Day(clock.GetUtcNow().UtcDateTime);

    public async Task<ProjectReviews> Handle(GetProjectReview request, CancellationToken cancellationToken)
    {
        var project = await db.Projects.AsNoTracking().VisibleTo(actor).OneAsync(request.ProjectId, cancellationToken);
        var reviews = await Whole(db.Reviews.AsNoTracking().Where(r => r.ProjectId == project.Id)).ToListAsync(cancellationToken);
        var records = await DescribeAsync([.. reviews.OrderByDescending(r => r.OpenedAt).ThenByDescending(r => r.Id)], project, cancellationToken);
        var sheets = await db.SheetsForAsync(project, cancellationToken);
        var inForce = sheets.Where(s => s.HoldsOn(Today)).OrderByDescending(s => s.Closeness).ThenByDescending(s => s.ValidFrom).FirstOrDefault();
        var expired = sheets.Where(s => s.ValidUntil < Today && !sheets.Any(o => o.ParkId == s.ParkId && o.Field == s.Field && o.HoldsOn(Today)));
        return new ProjectReviews
        {
            ProjectId = project.Id, Last = records.FirstOrDefault(), Earlier = [.. records.Skip(1)], Sheet = inForce is null ? null : Line(inForce),
            Expired = [.. expired.OrderByDescending(s => s.ValidUntil).Select(Line)],
            DueOn = catalogue.Workdays.Add(Today, catalogue.Review.OpinionWorkdays), Departments = catalogue.Review.Departments,
        };
    }

    public async Task<ReviewRecord> Handle(GetReview request, CancellationToken cancellationToken)
    {
        var review = await Whole(db.Reviews.AsNoTracking().VisibleTo(actor)).Include(r => r.Project).OneAsync(request.Id, cancellationToken);
        return (await DescribeAsync([review], review.Project!, cancellationToken))[0];
    }

    private static IQueryable<Review> Whole(IQueryable<Review> reviews)
        => reviews.Include(r => r.Opinions).ThenInclude(o => o.Answers).Include(r => r.Marks).AsSplitQuery();

    private static SheetLine Line(ReviewSheet s) => new(s.Id, s.Title, s.Document, s.ValidFrom, s.ValidUntil);

    private async Task<List<ReviewRecord>> DescribeAsync(List<Review> reviews, Project project, CancellationToken cancel)
    {
        var people = reviews.SelectMany(r => r.Opinions).SelectMany(o => o.Answers.Select(a => a.ById).Append(o.WaivedById ?? Guid.Empty))
            .Concat(reviews.SelectMany(r => (Guid[])[r.OpenedById, r.ConcludedById ?? Guid.Empty]));
        var names = reviews.Count == 0 ? [] : await db.NamesAsync(people, cancel);
        var open = actor.May(Permission.RealNames) || project.Title == project.Name;
        return reviews.ConvertAll(r => Describe(r, project, names, open));
    }

    private ReviewRecord Describe(Review r, Project project, Dictionary<Guid, string> names, bool open) => new()
    {
        Id = r.Id, Number = r.Number, Version = r.Version, ProjectId = r.ProjectId, Title = project.Title, Status = r.Status, OpenedAt = r.OpenedAt, OpenedBy = names.Of(r.OpenedById),
        SheetTitle = r.SheetTitle, SheetDocument = r.SheetDocument, SheetUntil = r.SheetUntil, Score = r.Score, Most = r.Most,
        CommittedOutput = open ? r.CommittedOutput : null, Note = open ? r.Note : null, Reason = open ? r.Reason : null,
        Opinions = [.. r.Opinions.OrderBy(o => o.AskedAt).ThenBy(o => o.Unit, StringComparer.Ordinal).Select(o => new OpinionLine(o.Unit, catalogue.UnitName(o.Unit), o.Status, o.DueOn, o.Status == OpinionStatus.Waiting && o.DueOn < Today,
            o.AskedAt, o.Verdict, o.AnsweredAt, open ? o.WaiverReason : null, o.WaivedById is { } by ? names.Of(by) : null, Answers(o, names, open)))],
        Marks = [.. r.Marks.OrderBy(m => m.Order).Select(m => new MarkLine(m.Order, m.IsVeto, m.NameZh, m.NameEn, m.Most, m.Least, m.Points, m.IsHit))],
        Against = r.Against(),
        Minutes = open ? r.Minutes : null, MinutesNumber = open ? r.MinutesNumber : null, MinutesDay = r.MinutesDay, Conditions = open ? r.Conditions : null, OverruleReason = open ? r.OverruleReason : null,
        ConcludedAt = r.ConcludedAt, ConcludedBy = r.ConcludedById is { } concluder ? names.Of(concluder) : null,
    };

    private static List<AnswerLine> Answers(ReviewOpinion opinion, Dictionary<Guid, string> names, bool open) => !open ? []
        : [.. opinion.Answers.OrderByDescending(a => a.Number).Select(a => new AnswerLine(a.Number, a.Verdict, a.Conditions, a.DocumentNumber, a.Reason, a.OnBehalf, a.At, names.Of(a.ById)))];
}
