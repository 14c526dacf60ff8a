using JinshanBio.Crm.FirstTalks;
using JinshanBio.Crm.Leads;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Web.Door;
using MediatR;

namespace JinshanBio.Crm.Web.Api;

/// <summary>/api/v1/first-talks and /api/v1/leads/{id}/first-talk; also what else a lead can be asked or told: its score, its reserve.</summary>
internal static class FirstTalksApi
{
    public static void MapFirstTalks(this IEndpointRouteBuilder api)
    {
        api.MapList<ListFirstTalks, Page<FirstTalkRow>>("/first-talks");
        api.MapList<ListLapsingRights, IReadOnlyList<LapsingRight>>("/first-talks/lapsing");
        var talk = api.MapGroup("/leads/{id:guid}/first-talk");
        talk.MapGet("", async (Guid id, DateTime? asOf, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            var right = await mediator.Send(new GetFirstTalk { LeadId = id, AsOf = asOf }, cancel);
            if (right.Version > 0) Etag.Write(http, right.Version);
            return right;
        });
        talk.MapPost("", async (Guid id, RegisterFirstTalk request, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(request with { Id = id }, cancel);
            return TypedResults.Created($"/api/v1/leads/{id}/first-talk", await AnswerAsync(id, http, mediator, cancel));
        });
        talk.MapPost("/heartbeats", (Guid id, RecordHeartbeat request, HttpContext http, IMediator mediator, CancellationToken cancel)
            => StepAsync(request with { Id = id, Version = Etag.Read(http) }, id, http, mediator, cancel));
        talk.MapPost("/extension", (Guid id, ExtendFirstTalk request, HttpContext http, IMediator mediator, CancellationToken cancel)
            => StepAsync(request with { Id = id, Version = Etag.Read(http) }, id, http, mediator, cancel));
        talk.MapPost("/release", (Guid id, ReleaseFirstTalk request, HttpContext http, IMediator mediator, CancellationToken cancel)
            => StepAsync(request with { Id = id, Version = Etag.Read(http) }, id, http, mediator, cancel));
        talk.MapPost("/transfer", (Guid id, OfferFirstTalk request, HttpContext http, IMediator mediator, CancellationToken cancel)
            => StepAsync(request with { Id = id, Version = Etag.Read(http) }, id, http, mediator, cancel));
        talk.MapPost("/transfer/acceptance", (Guid id, HttpContext http, IMediator mediator, CancellationToken cancel)
            => StepAsync(new AcceptFirstTalk { Id = id, Version = Etag.Read(http) }, id, http, mediator, cancel));
        talk.MapPost("/transfer/end", async (Guid id, EndFirstTalkOffer request, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            // Who declines need not see the right any more.
            await mediator.Send(request with { Id = id, Version = Etag.Read(http) }, cancel);
            return TypedResults.NoContent();
        });
        talk.MapPost("/dispute", (Guid id, DisputeFirstTalk request, HttpContext http, IMediator mediator, CancellationToken cancel)
            => StepAsync(request with { Id = id }, id, http, mediator, cancel));
        talk.MapPost("/dispute/withdrawal", (Guid id, WithdrawDispute request, HttpContext http, IMediator mediator, CancellationToken cancel)
            => StepAsync(request with { Id = id }, id, http, mediator, cancel));
        talk.MapPost("/ruling", (Guid id, RuleOnFirstTalk request, HttpContext http, IMediator mediator, CancellationToken cancel)
            => StepAsync(request with { Id = id, Version = Etag.Read(http) }, id, http, mediator, cancel));

        api.MapGet("/leads/{id:guid}/score", (Guid id, IMediator mediator, CancellationToken cancel) => mediator.Send(new ExplainLeadScore(id), cancel));
        api.MapPost("/leads/{id:guid}/reserve", (Guid id, ReserveLead request, HttpContext http, IMediator mediator, CancellationToken cancel)
            => LeadAsync(request with { Id = id, Version = Etag.Read(http) }, id, http, mediator, cancel));
        api.MapDelete("/leads/{id:guid}/reserve", (Guid id, HttpContext http, IMediator mediator, CancellationToken cancel)
            => LeadAsync(new WakeLead { Id = id, Version = Etag.Read(http) }, id, http, mediator, cancel));
        api.MapGet("/parameters/lead-score", (IMediator mediator, CancellationToken cancel) => mediator.Send(new GetLeadScoreWeights(), cancel));
        api.MapPut("/parameters/lead-score", async (SetLeadScoreWeights request, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(request, cancel);
            return await mediator.Send(new GetLeadScoreWeights(), cancel);
        });
    }

    private static async Task<FirstTalkRecord> StepAsync(IRequest<Unit> step, Guid id, HttpContext http, IMediator mediator, CancellationToken cancel)
    {
        await mediator.Send(step, cancel);
        return await AnswerAsync(id, http, mediator, cancel);
    }

    private static async Task<FirstTalkRecord> AnswerAsync(Guid id, HttpContext http, IMediator mediator, CancellationToken cancel)
    {
        var right = await mediator.Send(new GetFirstTalk { LeadId = id }, cancel);
        Etag.Write(http, right.Version);
        return right;
    }

    private static async Task<LeadRecord> LeadAsync(IRequest<Unit> step, Guid id, HttpContext http, IMediator mediator, CancellationToken cancel)
    {
        await mediator.Send(step, cancel);
        var lead = await mediator.Send(new GetLead(id), cancel);
        Etag.Write(http, lead.Version);
        return lead;
    }
}
