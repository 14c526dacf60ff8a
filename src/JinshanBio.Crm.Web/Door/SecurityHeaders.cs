namespace JinshanBio.Crm.Web.Door;

/// <summary>Nothing from elsewhere runs or frames these pages; only own scripts and styles, none inline.</summary>
internal static class SecurityHeaders
{
    private const string Policy = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; "
        + "base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = IsForeignScreen(http.Request.Path) ? Policy.Replace("-src 'self'", "-src 'self' 'unsafe-inline'", StringComparison.Ordinal) : Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        await next(http);
    });

    /// <summary>The API explorer of Development and the dashboard of Hangfire come with inline styles and scripts of their own.</summary>
    private static bool IsForeignScreen(PathString path) => path.StartsWithSegments("/swagger") || path.StartsWithSegments("/hangfire");
}
