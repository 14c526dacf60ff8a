using JinshanBio.Crm.Notices;
using JinshanBio.Crm.Pipeline;
using MediatR;

namespace JinshanBio.Crm.Web.Api;

/// <summary>/api/v1/notices: the signed-in person's own.</summary>
internal static class NoticesApi
{
    public static void MapNotices(this IEndpointRouteBuilder api)
    {
        api.MapList<ListNotices, Page<NoticeRow>>("/notices");
        // Without a body, or without ids: all of them.
        api.MapPost("/notices/read", async (ReadInput? input, IMediator mediator, CancellationToken cancel)
            => new ReadAnswer(await mediator.Send(new MarkNoticesRead { Ids = input?.Ids ?? [], All = input?.Ids is null }, cancel)));
    }
}

internal sealed record ReadInput(List<Guid>? Ids);

/// <param name="Read">How many were unread until now.</param>
internal sealed record ReadAnswer(int Read);
