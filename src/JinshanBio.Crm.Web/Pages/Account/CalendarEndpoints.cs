using System.Security.Cryptography;
using System.Text;
using JinshanBio.Crm.Calendars;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Identity;
using MediatR;

namespace JinshanBio.Crm.Web.Pages.Account;

/// <summary>/calendar/{secret}.ics: read by calendar programs, which cannot sign in. Whatever is wrong with a link, it is not there (404).</summary>
internal static class CalendarEndpoints
{
    public const string Policy = "calendar";

    /// <summary>Per address; an office behind one address refreshes some dozens of calendars an hour.</summary>
    public const int PerMinute = 120;

    public static void MapCalendar(this IEndpointRouteBuilder app) => app.MapGet("/calendar/{secret}.ics", async (string secret, HttpContext http, IServiceScopeFactory scopes, CancellationToken cancel) =>
    {
        await using var scope = scopes.CreateAsyncScope();
        if (await ReadAsync(scope.ServiceProvider, secret, cancel) is not { } text) return Results.NotFound();
        var bytes = Encoding.UTF8.GetBytes(text);
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..32]}\"";
        http.Response.Headers.ETag = tag;
        http.Response.Headers.CacheControl = "private, no-cache";
        return http.Request.Headers.IfNoneMatch.ToString().Split(',', StringSplitOptions.TrimEntries).Any(t => t == tag || t == "W/" + tag)
            ? Results.StatusCode(StatusCodes.Status304NotModified) : Results.Bytes(bytes, "text/calendar; charset=utf-8");
    }).RequireRateLimiting(Policy).ExcludeFromDescription();

    private static async Task<string?> ReadAsync(IServiceProvider services, string secret, CancellationToken cancel)
    {
        var (slot, mediator) = (services.GetRequiredService<ActorSlot>(), services.GetRequiredService<IMediator>());
        slot.Actor = Actor.System;
        if (await mediator.Send(new FindCalendarOwner(secret), cancel) is not { } owner) return null;
        slot.Actor = await services.GetRequiredService<ActorDirectory>().FindAsync(owner.PersonId, owner.SecurityStamp, cancel);
        // Actor is a value of the scope once it has been asked for: the calendar is read in a scope of its own.
        await using var own = services.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
        own.ServiceProvider.GetRequiredService<ActorSlot>().Actor = slot.Actor;
        try { return await own.ServiceProvider.GetRequiredService<IMediator>().Send(new GetCalendar(), cancel); }
        catch (Refusal) { return null; }
    }
}
