using System.Reflection;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Reports;
using JinshanBio.Crm.Web.Door;
using MediatR;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace JinshanBio.Crm.Web.Api;

/// <summary>The table of contents of the API. Each area has its own table.</summary>
internal static class ApiRoutes
{
    public const string SignInPolicy = "sign-in";

    public static void MapApi(this WebApplication app)
    {
        var api = app.MapGroup("/api/v1").DisableAntiforgery();
        api.MapSignIn();
        api.MapAccount();
        api.MapEnterprises();
        api.MapLeads();
        api.MapFollowUps();
        api.MapLists();
        api.MapFirstTalks();
        api.MapNotices();
        api.MapProjects();
        api.MapReviews();
        api.MapAgreements();
        api.MapDocuments();
        api.MapServices();
        api.MapAssignments();
        api.MapParks();
        api.MapAllocations();
        api.MapTenants();
        api.MapChain();
        api.MapChainKeep();
        api.MapChainCircle();
        api.MapCampaigns();
        api.MapChainTargets();
        api.MapChainOffers();
        api.MapChainMap();
        api.MapReports();
        api.MapCommitments();
        api.MapImports();
        api.MapExports();
        api.MapPeople();
        api.MapJobs();
        api.MapAudit();
    }

    private static void MapSignIn(this IEndpointRouteBuilder api) => api.MapPost("/sign-in",
        async (SignInInput input, UserManager<Identity.Person> people, IOptionsMonitor<BearerTokenOptions> options, TimeProvider clock) =>
        {
            var principal = await SignIns.CheckAsync(people, input.UserName, input.Password, BearerTokenDefaults.AuthenticationScheme);
            var (token, expiresAt) = SignIns.Issue(principal, options, clock);
            return new SignInAnswer(token, expiresAt);
        }).RequireRateLimiting(SignInPolicy);

    private static void MapReports(this IEndpointRouteBuilder api)
    {
        api.MapList<GetPipeline, PipelineReport>("/reports/pipeline");
        api.MapList<ListPipelineItems, Page<PipelineItem>>("/reports/pipeline/items");
        api.MapList<ListTargets, IReadOnlyList<Target>>("/reports/targets");
    }

    /// <summary>A GET whose query string is the request: an unknown name is a 400, never ignored.</summary>
    public static void MapList<TRequest, TResponse>(this IEndpointRouteBuilder api, string pattern) where TRequest : IRequest<TResponse>, new()
        => api.MapGet(pattern, async (HttpContext http, IMediator mediator, CancellationToken cancel)
            => await mediator.Send(InputBinder.Query<TRequest>(http), cancel)).WithMetadata(new QueryOf(typeof(TRequest)));
}

/// <summary>Tells the description of the API which parameters a query string has.</summary>
internal sealed record QueryOf(Type Request)
{
    public IEnumerable<PropertyInfo> Parameters => Request.GetProperties().Where(p => p.SetMethod is { IsPublic: true });
}

internal sealed record SignInInput(string? UserName, string? Password);

internal sealed record SignInAnswer(string AccessToken, DateTime ExpiresAt);
