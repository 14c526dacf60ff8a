using JinshanBio.Crm.Notices;
using JinshanBio.Crm.Web.Api;
using JinshanBio.Crm.Web.Pages.Enterprises;
using JinshanBio.Crm.Web.Pages.Imports;
using JinshanBio.Crm.Web.Pages.Projects;
using JinshanBio.Crm.Web.Pages.Search;
using MediatR;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Localization;

namespace JinshanBio.Crm.Web.Pages;

/// <summary>The few addresses beside the pages that answer without a page of their own.</summary>
internal static class PageEndpoints
{
    public static void MapPageEndpoints(this IEndpointRouteBuilder app)
    {
        app.MapImportPages();
        app.MapExportPages();
        app.MapPost("/sign-out", async (HttpContext http, IAntiforgery antiforgery) =>
        {
            await antiforgery.ValidateRequestAsync(http);
            await http.SignOutAsync();
            return Results.LocalRedirect("/sign-in");
        }).ExcludeFromDescription();

        app.MapGet("/language", (string to, string? back, HttpContext http) =>
        {
            var culture = to == "en" ? "en" : "zh-CN";
            http.Response.Cookies.Append(CookieRequestCultureProvider.DefaultCookieName, CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(culture)),
                new CookieOptions { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, HttpOnly = true });
            return Results.LocalRedirect(IsLocal(back) ? back! : "/");
        }).ExcludeFromDescription();

        // Opening a notice marks it as read on the way.
        app.MapGet(NoticePath, async (Guid id, string? to, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(new MarkNoticesRead { Ids = [id] }, cancel);
            return Results.LocalRedirect(IsLocal(to) ? to! : "/notices");
        }).ExcludeFromDescription();

        app.MapGet("/enterprises/duplicates", (string? name, string? creditCode, string? use)
            => new RazorComponentResult<DuplicateHints>(new { Name = name, CreditCode = creditCode, Use = use == "use" })).ExcludeFromDescription();
        app.MapGet("/enterprises/{id:guid}/contacts/{contactId:guid}/export", EnterprisesApi.ExportAsync).ExcludeFromDescription();

        app.MapGet("/projects/board/cards", () => new RazorComponentResult<BoardCards>()).ExcludeFromDescription();

        app.MapGet("/palette", (string? q) => new RazorComponentResult<PaletteAnswer>(new { Q = q })).ExcludeFromDescription();
    }

    private const string NoticePath = "/notices/open";

    /// <summary>The address that opens what a notice is about.</summary>
    internal static string Open(NoticeRow notice) => $"{NoticePath}?id={notice.Id}&to={Uri.EscapeDataString(notice.Path)}";

    internal static bool IsLocal(string? path)
        => path is { Length: > 0 } && path[0] == '/' && (path.Length == 1 || path[1] is not ('/' or '\\')) && !path.Any(char.IsControl);
}
