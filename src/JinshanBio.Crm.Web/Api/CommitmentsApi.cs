using JinshanBio.Crm.Commitments;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Reports;
using JinshanBio.Crm.Web.Door;
using MediatR;

namespace JinshanBio.Crm.Web.Api;

/// <summary>/api/v1/commitments and /api/v1/projects/{id}/commitments; also the probabilities that the pipeline reckons with.</summary>
internal static class CommitmentsApi
{
    public static void MapCommitments(this IEndpointRouteBuilder api)
    {
        api.MapList<ListCommitments, Page<CommitmentRow>>("/commitments");
        api.MapList<CountCommitments, LightCounts>("/commitments/lights");
        api.MapGet("/projects/{id:guid}/commitments", (Guid id, IMediator mediator, CancellationToken cancel) => mediator.Send(new GetPromises(id), cancel));
        api.MapPost("/projects/{id:guid}/commitments", async (Guid id, AddCommitment request, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            var added = await AnswerAsync(await mediator.Send(request with { ProjectId = id }, cancel), http, mediator, cancel);
            return TypedResults.Created($"/api/v1/commitments/{added.Id}", added);
        });

        var one = api.MapGroup("/commitments/{id:guid}");
        one.MapGet("", AnswerAsync);
        one.MapPut("", (Guid id, EditCommitment request, HttpContext http, IMediator mediator, CancellationToken cancel)
            => StepAsync(request with { Id = id, Version = Etag.Require(http) }, id, http, mediator, cancel));
        one.MapPost("/fulfilments", async (Guid id, RecordFulfilment request, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(request with { Id = id, Version = Etag.Read(http) }, cancel);
            return TypedResults.Created($"/api/v1/commitments/{id}", await AnswerAsync(id, http, mediator, cancel));
        });
        one.MapPost("/withdrawal", (Guid id, WithdrawFulfilment request, HttpContext http, IMediator mediator, CancellationToken cancel)
            => StepAsync(request with { Id = id, Version = Etag.Read(http) }, id, http, mediator, cancel));
        one.MapPost("/verification", (Guid id, VerifyFulfilment request, HttpContext http, IMediator mediator, CancellationToken cancel)
            => StepAsync(request with { Id = id, Version = Etag.Read(http) }, id, http, mediator, cancel));
        one.MapPost("/postponement", (Guid id, PostponeCommitment request, HttpContext http, IMediator mediator, CancellationToken cancel)
            => StepAsync(request with { Id = id, Version = Etag.Read(http) }, id, http, mediator, cancel));
        one.MapPost("/release", (Guid id, ReleaseCommitment request, HttpContext http, IMediator mediator, CancellationToken cancel)
            => StepAsync(request with { Id = id, Version = Etag.Read(http) }, id, http, mediator, cancel));

        api.MapGet("/parameters/commitments", (IMediator mediator, CancellationToken cancel) => mediator.Send(new GetCommitmentParameters(), cancel));
        api.MapPut("/parameters/commitments", async (SetCommitmentParameters request, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(request, cancel);
            return await mediator.Send(new GetCommitmentParameters(), cancel);
        });
        api.MapList<ListProbabilities, ProbabilityReport>("/reports/probabilities");
        api.MapPost("/reports/probabilities/{stage}/pin", async (string stage, PinProbability request, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(request with { Stage = stage }, cancel);
            return await mediator.Send(new ListProbabilities(), cancel);
        });
    }

    private static async Task<CommitmentRecord> StepAsync(IRequest<Unit> step, Guid id, HttpContext http, IMediator mediator, CancellationToken cancel)
    {
        await mediator.Send(step, cancel);
        return await AnswerAsync(id, http, mediator, cancel);
    }

    private static async Task<CommitmentRecord> AnswerAsync(Guid id, HttpContext http, IMediator mediator, CancellationToken cancel)
    {
        var commitment = await mediator.Send(new GetCommitment(id), cancel);
        Etag.Write(http, commitment.Version);
        return commitment;
    }
}
