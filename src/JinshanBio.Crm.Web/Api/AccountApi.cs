using System.Globalization;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.People;
using JinshanBio.Crm.Web.Door;
using MediatR;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace JinshanBio.Crm.Web.Api;

/// <summary>/api/v1/me: the signed-in person.</summary>
internal static class AccountApi
{
    public static void MapAccount(this IEndpointRouteBuilder api)
    {
        api.MapGet("/me", async (IMediator mediator, CancellationToken cancel) => await mediator.Send(new Me(), cancel));
        // The token that asked ends with the old password, so the answer is a new one.
        api.MapPost("/me/password", async (ChangePassword request, IMediator mediator, UserManager<Person> people, Actor actor,
            IOptionsMonitor<BearerTokenOptions> options, TimeProvider clock, CancellationToken cancel) =>
        {
            await mediator.Send(request, cancel);
            var person = await people.FindByIdAsync(actor.Id.ToString("D", CultureInfo.InvariantCulture));
            var (token, expiresAt) = SignIns.Issue(SignIns.Principal(person!, BearerTokenDefaults.AuthenticationScheme), options, clock);
            return new SignInAnswer(token, expiresAt);
        });
    }
}
