using JinshanBio.Crm.Agreements;
using JinshanBio.Crm.Web.Door;
using MediatR;

namespace JinshanBio.Crm.Web.Api;

/// <summary>/api/v1/agreements and /api/v1/projects/{id}/agreement, with the fair-competition review and the measures promised.</summary>
internal static class AgreementsApi
{
    public static void MapAgreements(this IEndpointRouteBuilder api)
    {
        api.MapGet("/projects/{id:guid}/agreement", (Guid id, IMediator mediator, CancellationToken cancel) => mediator.Send(new GetProjectAgreement(id), cancel));
        api.MapPost("/projects/{id:guid}/agreement", async (Guid id, RecordAgreement request, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            var agreement = await AnswerAsync(await mediator.Send(request with { Id = id }, cancel), http, mediator, cancel);
            return TypedResults.Created($"/api/v1/agreements/{agreement.Id}", agreement);
        });
        api.MapPut("/projects/{id:guid}/fair-competition", async (Guid id, RecordFairCompetition request, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(request with { Id = id, Version = Etag.Read(http) }, cancel);
            return (await mediator.Send(new GetProjectAgreement(id), cancel)).FairCompetition;
        });

        var agreement = api.MapGroup("/agreements/{id:guid}");
        agreement.MapGet("", AnswerAsync);
        agreement.MapPut("", (Guid id, EditAgreement request, HttpContext http, IMediator mediator, CancellationToken cancel)
            => StepAsync(request with { Id = id, Version = Etag.Require(http) }, id, http, mediator, cancel));
        agreement.MapPost("/measures", async (Guid id, PromiseMeasure request, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(request with { Id = id, MeasureId = null, Version = Etag.Read(http) }, cancel);
            return TypedResults.Created($"/api/v1/agreements/{id}", await AnswerAsync(id, http, mediator, cancel));
        });
        agreement.MapPut("/measures/{measureId:guid}", async (Guid id, Guid measureId, PromiseMeasure request, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(request with { Id = id, MeasureId = measureId, Version = Etag.Read(http) }, cancel);
            return await AnswerAsync(id, http, mediator, cancel);
        });
        agreement.MapDelete("/measures/{measureId:guid}", (Guid id, Guid measureId, HttpContext http, IMediator mediator, CancellationToken cancel)
            => StepAsync(new TakeBackMeasure(id, measureId), id, http, mediator, cancel));
        agreement.MapPost("/signature", (Guid id, SignAgreement request, HttpContext http, IMediator mediator, CancellationToken cancel)
            => StepAsync(request with { Id = id, Version = Etag.Read(http) }, id, http, mediator, cancel));
        agreement.MapPost("/voiding", (Guid id, VoidAgreement request, HttpContext http, IMediator mediator, CancellationToken cancel)
            => StepAsync(request with { Id = id, Version = Etag.Read(http) }, id, http, mediator, cancel));
    }

    private static async Task<AgreementRecord> StepAsync(IRequest<Unit> step, Guid id, HttpContext http, IMediator mediator, CancellationToken cancel)
    {
        await mediator.Send(step, cancel);
        return await AnswerAsync(id, http, mediator, cancel);
    }

    private static async Task<AgreementRecord> AnswerAsync(Guid id, HttpContext http, IMediator mediator, CancellationToken cancel)
    {
        var agreement = await mediator.Send(new GetAgreement(id), cancel);
        Etag.Write(http, agreement.Version);
        return agreement;
    }
}
