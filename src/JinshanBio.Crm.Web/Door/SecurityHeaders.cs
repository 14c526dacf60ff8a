namespace JinshanBio.Crm.Web.Door;

/// <summary>Nothing from elsewhere runs or frames these pages; only own scripts and styles, none inline.</summary>
internal static class SecurityHeaders
{
    private const string Policy = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; "
        + "base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        var isForeign = IsForeignScreen(http.Request.Path);
        // Only now, because an error clears all headers that were set before it.
        http.Response.OnStarting(() =>
        {
            Write(http.Response.Headers, isForeign);
            return Task.CompletedTask;
        });
        return next(http);
    });

    private static void Write(IHeaderDictionary headers, bool isForeign)
    {
        headers.ContentSecurityPolicy = isForeign ? Policy.Replace("-src 'self'", "-src 'self' 'unsafe-inline'", StringComparison.Ordinal) : Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
    }

    /// <summary>The API explorer of Development and the dashboard of Hangfire come with inline styles and scripts of their own.</summary>
    private static bool IsForeignScreen(PathString path) => path.StartsWithSegments("/swagger") || path.StartsWithSegments("/hangfire");
}
