using System.Security.Claims;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Texts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace JinshanBio.Crm.Web.Door;

/// <summary>Signing in, by cookie for pages and by bearer token for the API, and finding out who is asking.</summary>
public static class SignIns
{
    public const string Stamp = "stamp";
    private static readonly TimeSpan TokenLife = TimeSpan.FromHours(8);

    public static IServiceCollection AddSignIns(this IServiceCollection services)
    {
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme)
            .AddCookie(options =>
            {
                options.Cookie.Name = "crm";
                options.Cookie.HttpOnly = true;
                options.Cookie.SameSite = SameSiteMode.Lax;
                options.ExpireTimeSpan = TimeSpan.FromHours(12);
                options.SlidingExpiration = true;
                options.LoginPath = "/sign-in";
            })
            .AddBearerToken(BearerTokenDefaults.AuthenticationScheme, options => options.BearerTokenExpiration = TokenLife);
        services.AddAuthorization();
        return services;
    }

    /// <summary>The API listens to tokens only, so that a foreign page cannot use a browser's cookie; pages listen to cookies only.</summary>
    public static void UseActor(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        var scheme = http.Request.Path.StartsWithSegments("/api") ? BearerTokenDefaults.AuthenticationScheme : CookieAuthenticationDefaults.AuthenticationScheme;
        var result = await http.AuthenticateAsync(scheme);
        if (result.Principal is { } principal && Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var id))
        {
            var actor = await http.RequestServices.GetRequiredService<ActorDirectory>().FindAsync(id, principal.FindFirstValue(Stamp), http.RequestAborted);
            http.RequestServices.GetRequiredService<ActorSlot>().Actor = actor;
            if (!actor.IsNobody) http.User = principal;
        }
        await next(http);
    });

    /// <summary>Checks name and password; wrong passwords lock the account for a while.</summary>
    /// <exception cref="Refusal">Invalid when either is missing; SignInFailed, LockedOut.</exception>
    public static async Task<ClaimsPrincipal> CheckAsync(UserManager<Person> people, string? userName, string? password, string scheme)
    {
        if (string.IsNullOrWhiteSpace(userName) || string.IsNullOrEmpty(password))
        {
            var field = string.IsNullOrWhiteSpace(userName) ? "userName" : "password";
            throw new Refusal(RefusalCode.Invalid) { Details = new Dictionary<string, string>(StringComparer.Ordinal) { [field] = Text.Of("validation.required") } };
        }
        var person = await people.FindByNameAsync(userName.Trim());
        if (person is null || person.Disabled)
        {
            // As long as a real check takes, so that names cannot be told apart by time.
            new PasswordHasher<Person>().VerifyHashedPassword(new Person(), DummyHash, password);
            throw new Refusal(RefusalCode.SignInFailed);
        }
        if (await people.IsLockedOutAsync(person)) throw new Refusal(RefusalCode.LockedOut);
        if (!await people.CheckPasswordAsync(person, password))
        {
            await people.AccessFailedAsync(person);
            throw new Refusal(await people.IsLockedOutAsync(person) ? RefusalCode.LockedOut : RefusalCode.SignInFailed);
        }
        await people.ResetAccessFailedCountAsync(person);
        return Principal(person, scheme);
    }

    public static ClaimsPrincipal Principal(Person person, string scheme) => new(new ClaimsIdentity(
        [new Claim(ClaimTypes.NameIdentifier, person.Id.ToString()), new Claim(ClaimTypes.Name, person.UserName!), new Claim(Stamp, person.SecurityStamp!)], scheme));

    /// <summary>A token for the API and when it runs out (UTC).</summary>
    public static (string Token, DateTime ExpiresAt) Issue(ClaimsPrincipal principal, IOptionsMonitor<BearerTokenOptions> options, TimeProvider clock)
    {
        var expires = clock.GetUtcNow() + TokenLife;
        var ticket = new AuthenticationTicket(principal, new AuthenticationProperties { ExpiresUtc = expires }, BearerTokenDefaults.AuthenticationScheme + ":AccessToken");
        return (options.Get(BearerTokenDefaults.AuthenticationScheme).BearerTokenProtector.Protect(ticket), expires.UtcDateTime);
    }

    private static readonly string DummyHash = new PasswordHasher<Person>().HashPassword(new Person(), Guid.NewGuid().ToString());
}
