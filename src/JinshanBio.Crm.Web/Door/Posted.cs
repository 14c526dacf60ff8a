using JinshanBio.Crm.Audit;
using JinshanBio.Crm.Domain;
using MediatR;
using Microsoft.Extensions.Primitives;

namespace JinshanBio.Crm.Web.Door;

/// <summary>
/// What a person posted and what was wrong with it. The pages show both again beside the inputs, so nothing typed is lost.
/// </summary>
public sealed class Posted(IHttpContextAccessor accessor, IMediator mediator)
{
    /// <summary>Name of the choice between the two values of a field, before the field's own name.</summary>
    public const string Choice = "_choose.";
    public const string Mine = "mine", Theirs = "theirs";

    private HttpContext Http => accessor.HttpContext!;
    private IFormCollection? Values => HttpMethods.IsPost(Http.Request.Method) && Http.Request.HasFormContentType ? Http.Request.Form : null;

    /// <summary>Name of the posted form, or null on a GET.</summary>
    public string? Form => Values?["_handler"].ToString() is { Length: > 0 } name ? name : null;
    public string? this[string name] => Values?.TryGetValue(name, out var texts) == true ? texts.ToString() : null;
    public StringValues All(string name) => Taken.Contains(name) ? default : Values?[name] ?? default;
    public IFormFile? File(string name) => Values?.Files[name];

    /// <summary>Why it was refused, when that concerns no single input.</summary>
    public string? General { get; private set; }
    public Refusal? Refusal { get; private set; }
    public IReadOnlyDictionary<string, string> Errors { get; private set; } = new Dictionary<string, string>();

    /// <summary>What others changed since the person opened the page.</summary>
    public IReadOnlyList<ChangesSince> Conflict => Refusal?.Details as IReadOnlyList<ChangesSince> ?? [];

    /// <summary>The values in conflict, one line a field, in the order in which they were first changed.</summary>
    public IReadOnlyList<FieldConflict> Conflicts { get; private set; } = [];

    /// <summary>Names of inputs whose new value is taken over from the other person, because this one left the old value standing.</summary>
    public IReadOnlySet<string> Taken { get; private set; } = new HashSet<string>();

    /// <summary>Something was refused: what shows it must be drawn again.</summary>
    public Action? Refused { get; set; }

    public string? ErrorOf(string name) => Errors.GetValueOrDefault(name);

    /// <summary>What was typed, as the request that was sent.</summary>
    public object? Request { get; private set; }

    /// <summary>The record as it stands now, for a form that changes one.</summary>
    public object? Present { get; private set; }

    /// <summary>Fills the request from the form and sends it. Null when it was refused; the reasons stand here then.</summary>
    /// <param name="present">
    /// The record as it stands now, with properties named as those of the request. For each field of a conflict the person
    /// may choose its present value ("theirs") instead of the one typed.
    /// </param>
    /// <param name="without">Inputs whose names begin so are left out: the person chose another way than they describe.</param>
    public async Task<Sent<T>?> SendAsync<T>(IRequest<T> request, object? present = null, string without = "_")
    {
        (Request, Present) = (request, present);
        try
        {
            var unreadable = InputBinder.Fill(request, Values!.Where(v => !v.Key.StartsWith('_') && !v.Key.StartsWith(without, StringComparison.Ordinal)), asTyped: true);
            if (present is not null)
                foreach (var name in Values!.Where(v => v.Key.StartsWith(Choice, StringComparison.Ordinal) && v.Value == Theirs).Select(v => v.Key[Choice.Length..]))
                {
                    InputBinder.Copy(present, request, name);
                    unreadable.Remove(name);
                }
            if (unreadable.Count > 0)
            {
                Refuse(new Refusal(RefusalCode.Invalid) { Details = unreadable });
                return null;
            }
            return new Sent<T>(await mediator.Send(request, Http.RequestAborted));
        }
        catch (Exception exception) when (exception is Refusal { Code: not (RefusalCode.NotFound or RefusalCode.NotPermitted or RefusalCode.SignInRequired) } or FluentValidation.ValidationException)
        {
            Refuse(Problems.ToRefusal(exception, Http.TraceIdentifier));
            return null;
        }
    }

    /// <summary>Names each thing that is lacking beside its own input.</summary>
    /// <param name="prefix">What stands before the key in the names of the inputs: "evidence".</param>
    public void NameMissing(string prefix, params object[] args)
    {
        if (Refusal is { Missing.Count: > 0 } refusal)
            Refuse(new Refusal(refusal.Code, args) { Missing = refusal.Missing, Details = refusal.Missing.ToDictionary(key => $"{prefix}.{key}", _ => Texts.Text.Of("projects.fillIn"), StringComparer.Ordinal) });
    }

    public void Refuse(Refusal refusal)
    {
        Refusal = refusal;
        Errors = Problems.FieldsOf(refusal);
        General = Errors.Count == 0 || refusal.Code is RefusalCode.EvidenceMissing or RefusalCode.StatusDetailsMissing ? Texts.Text.Of(refusal) : Errors.Keys.All(k => Values?.ContainsKey(k) == true || File(k) is not null) ? null : string.Join(" ", Errors.Values);
        Conflicts = FieldConflict.Of(Conflict, Present, Request);
        Taken = Conflicts.Where(c => c.IsTaken).Select(c => c.Field).ToHashSet(StringComparer.Ordinal);
        Http.Response.StatusCode = Problems.StatusOf(refusal.Code);
        Refused?.Invoke();
    }
}

/// <summary>The answer to a request that went through.</summary>
public sealed record Sent<T>(T Value);

/// <summary>A sentence shown once on the next page: "saved".</summary>
public static class Flash
{
    private const string Cookie = "said";

    public static void Say(HttpContext http, string textKey) => http.Response.Cookies.Append(Cookie, textKey, new CookieOptions { HttpOnly = true, MaxAge = TimeSpan.FromMinutes(1), SameSite = SameSiteMode.Lax });

    public static string? Read(HttpContext http)
    {
        if (!HttpMethods.IsGet(http.Request.Method) || http.Request.Cookies[Cookie] is not { } key) return null;
        http.Response.Cookies.Delete(Cookie);
        return key.StartsWith("said.", StringComparison.Ordinal) && Texts.Text.Has(key) ? Texts.Text.Of(key) : null;
    }
}
