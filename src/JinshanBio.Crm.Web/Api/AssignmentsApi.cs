using JinshanBio.Crm.Assignments;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Web.Door;
using MediatR;

namespace JinshanBio.Crm.Web.Api;

/// <summary>/api/v1/assignments. A place is proposed at projects/{id}/assignments.</summary>
internal static class AssignmentsApi
{
    public static void MapAssignments(this IEndpointRouteBuilder api)
    {
        api.MapList<ListAssignments, Page<AssignmentRow>>("/assignments");
        api.MapGet("/assignments/{id:guid}", AnswerAsync);
        api.MapGet("/assignments/{id:guid}/fit", async (Guid id, IMediator mediator, CancellationToken cancel)
            => await mediator.Send(new ListPlaceFits { Ids = [id] }, cancel) is [var fit, ..] ? fit : throw new Domain.Refusal(Domain.RefusalCode.NotFound));

        // A step that needs nothing said has no body, and acceptance may have none.
        api.MapPost("/assignments/{id:guid}/acceptance", (Guid id, AcceptAssignment? request, HttpContext http, IMediator mediator, CancellationToken cancel)
            => StepAsync((request ?? new()) with { Id = id, Version = Etag.Read(http) }, id, http, mediator, cancel));
        api.MapPost("/assignments/{id:guid}/refusal", (Guid id, RefuseAssignment request, HttpContext http, IMediator mediator, CancellationToken cancel)
            => StepAsync(request with { Id = id, Version = Etag.Read(http) }, id, http, mediator, cancel));
        api.MapPost("/assignments/{id:guid}/withdrawal", (Guid id, HttpContext http, IMediator mediator, CancellationToken cancel)
            => StepAsync(new WithdrawAssignment { Id = id, Version = Etag.Read(http) }, id, http, mediator, cancel));
        api.MapPost("/assignments/{id:guid}/move-in", (Guid id, HttpContext http, IMediator mediator, CancellationToken cancel)
            => StepAsync(new MoveInAssignment { Id = id, Version = Etag.Read(http) }, id, http, mediator, cancel));
        api.MapPost("/assignments/{id:guid}/graduation", (Guid id, HttpContext http, IMediator mediator, CancellationToken cancel)
            => StepAsync(new GraduateAssignment { Id = id, Version = Etag.Read(http) }, id, http, mediator, cancel));
        api.MapPost("/assignments/{id:guid}/exit", (Guid id, ExitAssignment request, HttpContext http, IMediator mediator, CancellationToken cancel)
            => StepAsync(request with { Id = id, Version = Etag.Read(http) }, id, http, mediator, cancel));
        api.MapPost("/assignments/{id:guid}/waiting", (Guid id, WaitAssignment? request, HttpContext http, IMediator mediator, CancellationToken cancel)
            => StepAsync((request ?? new()) with { Id = id, Version = Etag.Read(http) }, id, http, mediator, cancel));
        api.MapPost("/assignments/{id:guid}/position", (Guid id, MoveInLine request, HttpContext http, IMediator mediator, CancellationToken cancel)
            => StepAsync(request with { Id = id, Version = Etag.Read(http) }, id, http, mediator, cancel));
        api.MapPost("/assignments/{id:guid}/hold", (Guid id, HoldAssignment request, HttpContext http, IMediator mediator, CancellationToken cancel)
            => StepAsync(request with { Id = id, Version = Etag.Read(http) }, id, http, mediator, cancel));
        api.MapPost("/assignments/{id:guid}/release", (Guid id, ReleaseAssignment request, HttpContext http, IMediator mediator, CancellationToken cancel)
            => StepAsync(request with { Id = id, Version = Etag.Read(http) }, id, http, mediator, cancel));
        api.MapPost("/assignments/{id:guid}/agreement", (Guid id, AgreeAssignment request, HttpContext http, IMediator mediator, CancellationToken cancel)
            => StepAsync(request with { Id = id, Version = Etag.Read(http) }, id, http, mediator, cancel));
        api.MapPost("/assignments/{id:guid}/extension", (Guid id, ExtendAssignment request, HttpContext http, IMediator mediator, CancellationToken cancel)
            => StepAsync(request with { Id = id, Version = Etag.Read(http) }, id, http, mediator, cancel));
        api.MapPost("/assignments/{id:guid}/options", async (Guid id, GrantOption request, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(request with { Id = id, Version = Etag.Read(http) }, cancel);
            return await AnswerAsync(id, http, mediator, cancel);
        });
        api.MapPost("/assignments/{id:guid}/options/{option:guid}/exercise", (Guid id, Guid option, HttpContext http, IMediator mediator, CancellationToken cancel)
            => StepAsync(new ExerciseOption { Id = id, OptionId = option, Version = Etag.Read(http) }, id, http, mediator, cancel));
        api.MapPost("/assignments/{id:guid}/options/{option:guid}/surrender", (Guid id, Guid option, HttpContext http, IMediator mediator, CancellationToken cancel)
            => StepAsync(new GiveUpOption { Id = id, OptionId = option, Version = Etag.Read(http) }, id, http, mediator, cancel));

        api.MapList<GetPlaceInbox, PlaceInbox>("/assignments/inbox");
        api.MapGet("/parameters/place-terms", (IMediator mediator, CancellationToken cancel) => mediator.Send(new GetPlaceParameters(), cancel));
        api.MapPut("/parameters/place-terms", async (SetPlaceParameters request, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(request, cancel);
            return await mediator.Send(new GetPlaceParameters(), cancel);
        });
    }

    private static async Task<AssignmentRow> StepAsync(IRequest<Unit> step, Guid id, HttpContext http, IMediator mediator, CancellationToken cancel)
    {
        await mediator.Send(step, cancel);
        return await AnswerAsync(id, http, mediator, cancel);
    }

    private static async Task<AssignmentRow> AnswerAsync(Guid id, HttpContext http, IMediator mediator, CancellationToken cancel)
    {
        var assignment = await mediator.Send(new GetAssignment(id), cancel);
        Etag.Write(http, assignment.Version);
        return assignment;
    }
}
