using JinshanBio.Crm.Data;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Reviews;
using JinshanBio.Crm.Web.Door;
using MediatR;

namespace JinshanBio.Crm.Web.Api;

/// <summary>/api/v1/reviews and /api/v1/projects/{id}/review; and the scoring sheets under /parameters/reviews.</summary>
internal static class ReviewsApi
{
    public static void MapReviews(this IEndpointRouteBuilder api)
    {
        api.MapGet("/projects/{id:guid}/review", async (Guid id, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            var reviews = await mediator.Send(new GetProjectReview(id), cancel);
            if (reviews.Last is { } last) Etag.Write(http, last.Version);
            return reviews;
        });
        api.MapPost("/projects/{id:guid}/review", async (Guid id, OpenReview request, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            var review = await AnswerAsync(await mediator.Send(request with { Id = id }, cancel), http, mediator, cancel);
            return TypedResults.Created($"/api/v1/reviews/{review.Id}", review);
        });

        api.MapList<ListReviews, Page<ReviewRow>>("/reviews");
        api.MapList<ListOpinions, Page<OpinionRow>>("/reviews/opinions");
        var review = api.MapGroup("/reviews/{id:guid}");
        review.MapGet("", AnswerAsync);
        review.MapPost("/opinions", (Guid id, AskOpinions request, HttpContext http, IMediator mediator, CancellationToken cancel)
            => StepAsync(request with { Id = id, Version = Etag.Read(http) }, id, http, mediator, cancel));
        review.MapPost("/opinions/own", async (Guid id, AnswerOpinion request, IMediator mediator, CancellationToken cancel) =>
        {
            // Who answers sees what was asked and not the review.
            await mediator.Send(request with { Id = id }, cancel);
            return TypedResults.NoContent();
        });
        review.MapPost("/opinions/{unit}", (Guid id, string unit, RecordOpinion request, HttpContext http, IMediator mediator, CancellationToken cancel)
            => StepAsync(request with { Id = id, Unit = unit }, id, http, mediator, cancel));
        review.MapPost("/opinions/{unit}/waiver", (Guid id, string unit, WaiveOpinion request, HttpContext http, IMediator mediator, CancellationToken cancel)
            => StepAsync(request with { Id = id, Unit = unit }, id, http, mediator, cancel));
        review.MapPost("/preparation", (Guid id, PrepareReview request, HttpContext http, IMediator mediator, CancellationToken cancel)
            => StepAsync(request with { Id = id, Version = Etag.Read(http) }, id, http, mediator, cancel));
        review.MapPost("/conclusion", (Guid id, ConcludeReview request, HttpContext http, IMediator mediator, CancellationToken cancel)
            => StepAsync(request with { Id = id, Version = Etag.Read(http) }, id, http, mediator, cancel));

        var sheets = api.MapGroup("/parameters/reviews");
        sheets.MapGet("", (IMediator mediator, CancellationToken cancel) => mediator.Send(new ListReviewSheets(), cancel));
        sheets.MapPost("", async (SaveReviewSheet request, IMediator mediator, CancellationToken cancel) =>
        {
            var id = await mediator.Send(request with { Id = null }, cancel);
            return TypedResults.Created($"/api/v1/parameters/reviews/{id}", await SheetAsync(id, mediator, cancel));
        });
        sheets.MapPut("/{id:guid}", async (Guid id, SaveReviewSheet request, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(request with { Id = id, Version = Etag.Require(http) }, cancel);
            return await SheetAsync(id, mediator, cancel);
        });
        sheets.MapDelete("/{id:guid}", async (Guid id, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(new DeleteReviewSheet(id), cancel);
            return TypedResults.NoContent();
        });
        api.MapGet("/parameters/review-terms", (IMediator mediator, CancellationToken cancel) => mediator.Send(new GetReviewParameters(), cancel));
        api.MapPut("/parameters/review-terms", async (SetReviewParameters request, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(request, cancel);
            return await mediator.Send(new GetReviewParameters(), cancel);
        });
    }

    private static async Task<SheetRecord> SheetAsync(Guid id, IMediator mediator, CancellationToken cancel)
        => (await mediator.Send(new ListReviewSheets(), cancel)).Single(s => s.Id == id);

    private static async Task<ReviewRecord> StepAsync(IRequest<Unit> step, Guid id, HttpContext http, IMediator mediator, CancellationToken cancel)
    {
        await mediator.Send(step, cancel);
        return await AnswerAsync(id, http, mediator, cancel);
    }

    private static async Task<ReviewRecord> AnswerAsync(Guid id, HttpContext http, IMediator mediator, CancellationToken cancel)
    {
        var review = await mediator.Send(new GetReview(id), cancel);
        Etag.Write(http, review.Version);
        return review;
    }
}
