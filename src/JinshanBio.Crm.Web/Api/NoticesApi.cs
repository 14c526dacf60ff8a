using JinshanBio.Crm.Calendars;
using JinshanBio.Crm.Channels;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Channels;
using JinshanBio.Crm.Notices;
using JinshanBio.Crm.Pipeline;
using MediatR;

namespace JinshanBio.Crm.Web.Api;

/// <summary>/api/v1/notices, the person's own, where else they go, and /api/v1/deliveries.</summary>
internal static class NoticesApi
{
    public static void MapNotices(this IEndpointRouteBuilder api)
    {
        api.MapList<ListNotices, Page<NoticeRow>>("/notices");
        // Without a body, or without ids: all of them.
        api.MapPost("/notices/read", async (ReadInput? input, IMediator mediator, CancellationToken cancel)
            => new ReadAnswer(await mediator.Send(new MarkNoticesRead { Ids = input?.Ids ?? [], All = input?.Ids is null }, cancel)));

        api.MapGet("/me/notice-settings", (IMediator mediator, CancellationToken cancel) => mediator.Send(new MyChannels(), cancel));
        api.MapPut("/me/notice-settings", async (SaveNoticeSettings request, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(request, cancel);
            return await mediator.Send(new MyChannels(), cancel);
        });
        api.MapPut("/me/channels/{kind}", async (string kind, SaveChannel request, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(request with { Kind = Kind(kind) }, cancel);
            return await mediator.Send(new MyChannels(), cancel);
        });
        api.MapDelete("/me/channels/{kind}", async (string kind, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(new RemoveChannel { Kind = Kind(kind) }, cancel);
            return TypedResults.NoContent();
        });
        api.MapPost("/me/channels/test", async (IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(new TryChannels(), cancel);
            return TypedResults.NoContent();
        });
        // The secret is answered once and not kept.
        api.MapPost("/me/calendar-link", async (IMediator mediator, CancellationToken cancel)
            => new CalendarAddress($"/calendar/{await mediator.Send(new RenewCalendarLink(), cancel)}.ics"));
        api.MapDelete("/me/calendar-link", async (IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(new RevokeCalendarLink(), cancel);
            return TypedResults.NoContent();
        });

        api.MapList<ListDeliveries, Page<DeliveryRow>>("/deliveries");
        api.MapPost("/deliveries/{id:guid}/again", async (Guid id, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(new SendAgain { Id = id }, cancel);
            return TypedResults.NoContent();
        });
    }

    private static ChannelKind Kind(string text)
        => !char.IsAsciiDigit(text[0]) && Enum.TryParse<ChannelKind>(text, ignoreCase: true, out var kind) ? kind : throw new Refusal(RefusalCode.NotFound);
}

/// <param name="Path">To be put behind the address of the installation.</param>
internal sealed record CalendarAddress(string Path);

internal sealed record ReadInput(List<Guid>? Ids);

/// <param name="Read">How many were unread until now.</param>
internal sealed record ReadAnswer(int Read);
