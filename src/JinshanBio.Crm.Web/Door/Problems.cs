using System.Globalization;
using System.Text.Json;
using FluentValidation;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Texts;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Web.Door;

/// <summary>What a refusal looks like outside: an RFC 9457 problem for the API, a page with the same words for people.</summary>
public static class Problems
{
    public static int StatusOf(RefusalCode code) => code switch
    {
        RefusalCode.Invalid or RefusalCode.UnknownField or RefusalCode.CreditCodeWrong or RefusalCode.UnknownLink or RefusalCode.UnknownFieldCode or RefusalCode.UnknownIndustryClass or RefusalCode.AssumptionUnknown
            or RefusalCode.FileUnreadable or RefusalCode.ColumnMissing or RefusalCode.PasswordTooWeak or RefusalCode.ChannelAddress
            or RefusalCode.FormNumber or RefusalCode.FormWholeNumber or RefusalCode.FormRange or RefusalCode.FormYesOrNo or RefusalCode.FormOption or RefusalCode.FormDay or RefusalCode.FormTooLong => StatusCodes.Status400BadRequest,
        RefusalCode.SignInRequired or RefusalCode.SignInFailed or RefusalCode.LockedOut => StatusCodes.Status401Unauthorized,
        RefusalCode.NotPermitted or RefusalCode.PasswordChangeRequired => StatusCodes.Status403Forbidden,
        RefusalCode.NotFound or RefusalCode.UnknownJob => StatusCodes.Status404NotFound,
        RefusalCode.MethodNotAllowed => StatusCodes.Status405MethodNotAllowed,
        RefusalCode.StaleVersion => StatusCodes.Status412PreconditionFailed,
        RefusalCode.VersionRequired => StatusCodes.Status428PreconditionRequired,
        RefusalCode.TooLarge => StatusCodes.Status413PayloadTooLarge,
        RefusalCode.FileEmpty => StatusCodes.Status400BadRequest,
        RefusalCode.DocumentGone => StatusCodes.Status410Gone,
        RefusalCode.UnsupportedMedia or RefusalCode.FileTypeNotAllowed or RefusalCode.FileTypeMismatch or RefusalCode.FileExecutable or RefusalCode.FileHasMacros => StatusCodes.Status415UnsupportedMediaType,
        RefusalCode.TooManyAttempts => StatusCodes.Status429TooManyRequests,
        RefusalCode.Unexpected => StatusCodes.Status500InternalServerError,
        _ => StatusCodes.Status409Conflict,
    };

    public static string Kebab(RefusalCode code) => JsonNamingPolicy.KebabCaseLower.ConvertName(code.ToString());

    /// <summary>What went wrong, seen as a refusal; anything unforeseen becomes <see cref="RefusalCode.Unexpected"/>.</summary>
    public static Refusal ToRefusal(Exception exception, string reference) => exception switch
    {
        Refusal refusal => refusal,
        ValidationException invalid => new Refusal(RefusalCode.Invalid) { Details = invalid.Errors.GroupBy(e => e.PropertyName, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.First().ErrorMessage, StringComparer.Ordinal) },
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => new Refusal(RefusalCode.TooLarge, 100),
        BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType } => new Refusal(RefusalCode.UnsupportedMedia),
        BadHttpRequestException { InnerException: JsonException json } => new Refusal(RefusalCode.Invalid)
            { Details = new Dictionary<string, string>(StringComparer.Ordinal) { [FieldOf(json)] = Text.Of("binding.json") } },
        BadHttpRequestException or AntiforgeryValidationException => new Refusal(RefusalCode.Invalid),
        _ when Data.CrmDatabase.IsConflict(exception) => new Refusal(RefusalCode.StaleVersion),
        _ => new Refusal(RefusalCode.Unexpected, reference),
    };

    /// <summary>Messages by field, for a 400 and for a refusal that belongs beside one input.</summary>
    public static IReadOnlyDictionary<string, string> FieldsOf(Refusal refusal)
        => refusal.Details as IReadOnlyDictionary<string, string> ?? (refusal.Field is null
            ? new Dictionary<string, string>() : new Dictionary<string, string>(StringComparer.Ordinal) { [refusal.Field] = Text.Of(refusal) });

    public static ProblemDetails ToProblem(Refusal refusal)
    {
        var status = StatusOf(refusal.Code);
        var code = Kebab(refusal.Code);
        var problem = new ProblemDetails { Type = "/problems/" + code, Title = Text.Of($"status.{status}"), Status = status, Detail = Text.Of(refusal) };
        problem.Extensions["code"] = code;
        var fields = FieldsOf(refusal);
        if (fields.Count > 0) problem.Extensions["errors"] = fields.ToDictionary(f => f.Key, f => new[] { f.Value }, StringComparer.Ordinal);
        if (refusal.Missing.Count > 0) problem.Extensions["missing"] = refusal.Missing;
        if (refusal.Details is not null and not IReadOnlyDictionary<string, string>)
            problem.Extensions[refusal.Code == RefusalCode.StaleVersion ? "changes" : "details"] = refusal.Details;
        return problem;
    }

    private static string FieldOf(JsonException exception) => exception.Path?.TrimStart('$', '.') is { Length: > 0 } path ? path : "body";
}

/// <summary>Answers API calls that were refused or failed; pages are shown by the error page.</summary>
internal sealed class ProblemAnswer : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var refusal = Problems.ToRefusal(exception, httpContext.TraceIdentifier);
        // The request's own path is that of the error page by now.
        var asked = new PathString(httpContext.Features.Get<IExceptionHandlerPathFeature>()!.Path);
        if (!asked.StartsWithSegments("/api")) return Redirect(httpContext, asked, refusal.Code);
        await WriteAsync(httpContext, refusal);
        return true;
    }

    /// <summary>Routing turns some calls away by their status alone: a method that the address does not have.</summary>
    public static Task CompleteAsync(StatusCodeContext context) => context.HttpContext.Response.StatusCode switch
    {
        StatusCodes.Status405MethodNotAllowed => WriteAsync(context.HttpContext, new Refusal(RefusalCode.MethodNotAllowed)),
        StatusCodes.Status415UnsupportedMediaType => WriteAsync(context.HttpContext, new Refusal(RefusalCode.UnsupportedMedia)),
        StatusCodes.Status404NotFound => WriteAsync(context.HttpContext, new Refusal(RefusalCode.NotFound)),
        _ => Task.CompletedTask,
    };

    private static Task WriteAsync(HttpContext http, Refusal refusal)
    {
        var problem = Problems.ToProblem(refusal);
        http.Response.StatusCode = problem.Status!.Value;
        http.Response.Headers.ContentLanguage = CultureInfo.CurrentUICulture.Name;
        return http.Response.WriteAsJsonAsync(problem, options: null, "application/problem+json", http.RequestAborted);
    }

    /// <summary>A page that needs a sign-in or a new password leads there and back again.</summary>
    private static bool Redirect(HttpContext http, PathString asked, RefusalCode code)
    {
        var back = HttpMethods.IsGet(http.Request.Method) ? "?back=" + Uri.EscapeDataString(asked + http.Request.QueryString) : "";
        if (code == RefusalCode.SignInRequired) http.Response.Redirect("/sign-in" + back);
        else if (code == RefusalCode.PasswordChangeRequired) http.Response.Redirect("/password");
        else return false;
        return true;
    }
}
