using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Spreadsheets;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace JinshanBio.Crm.Web.Door;

/// <summary>
/// A file beyond the limit is refused with 413 and a clear sentence. The body is read to its end and thrown away, up to a bound:
/// a browser that is cut off in the middle of sending shows a broken connection instead of the answer.
/// </summary>
internal static class Uploads
{
    /// <summary>The largest file and what a form adds around it.</summary>
    public const long MaxBody = Sheet.MaxBytes + 1024 * 1024;
    private const long MaxDrained = 1024L * 1024 * 1024;

    public static void UseUploadLimit(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        // The error page runs through here again, for the same request.
        if (http.Request.ContentLength is not { } length || length <= MaxBody || http.Features.Get<IExceptionHandlerFeature>() is not null)
        {
            await next(http);
            return;
        }
        // Only for somebody who is signed in: nobody else is waited for.
        if (!http.RequestServices.GetRequiredService<Actor>().IsNobody && length <= MaxDrained && http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MaxDrained;
            await http.Request.Body.CopyToAsync(Stream.Null, http.RequestAborted);
        }
        throw new Refusal(RefusalCode.TooLarge, Sheet.MaxBytes / (1024 * 1024));
    });
}
