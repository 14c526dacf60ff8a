using System.Net.Http.Json;
using JinshanBio.Crm.Tests;
using JinshanBio.Crm.Web.Tests.Pages;
using Xunit;

namespace JinshanBio.Crm.Web.Tests.Api;

public sealed class SignInTests(Hosts hosts)
{
    [OnEveryDatabase]
    public async Task The_right_password_gives_a_token_that_opens_the_api_and_when_it_runs_out(string provider)
    {
        var world = await hosts.On(provider);
        var answer = await SignIn(world, "officer", WebWorld.Password).Answers(200);

        var expires = answer.GetProperty("expiresAt").GetDateTime();
        Assert.Equal(DateTimeKind.Utc, expires.Kind);
        Assert.InRange(expires, DateTime.UtcNow.AddHours(1), DateTime.UtcNow.AddHours(24));
        using var client = world.Anonymous();
        client.DefaultRequestHeaders.Authorization = new("Bearer", answer.Text("accessToken"));
        await client.GetAsync("/api/v1/leads").Answers(200);
    }

    [OnEveryDatabase]
    public async Task A_wrong_password_and_an_unknown_name_get_the_same_answer(string provider)
    {
        var world = await hosts.On(provider);
        var wrong = await SignIn(world, "leader", "not-the-password-1").IsRefused(401, "sign-in-failed");
        var unknown = await SignIn(world, "nobody.here", "not-the-password-1").IsRefused(401, "sign-in-failed");
        Assert.Equal(wrong.ToString(), unknown.ToString());
    }

    [Fact]
    public async Task A_sign_in_without_name_or_password_is_malformed()
    {
        var world = await hosts.Any();
        using var client = world.Anonymous();
        await client.Post("/api/v1/sign-in", new { userName = "officer" }).IsRefused(400, "invalid");
        await client.Post("/api/v1/sign-in", new { userName = (string?)null, password = "x" }).IsRefused(400, "invalid");
        await client.Post("/api/v1/sign-in").IsRefused(400, "invalid");
    }

    [Fact]
    public async Task A_token_that_is_not_ours_is_nobody()
    {
        var world = await hosts.Any();
        using var client = world.Anonymous();
        await client.GetAsync("/api/v1/leads").IsRefused(401, "sign-in-required");
        client.DefaultRequestHeaders.Authorization = new("Bearer", "CfDJ8made-up");
        await client.GetAsync("/api/v1/leads").IsRefused(401, "sign-in-required");
    }

    private static Task<HttpResponseMessage> SignIn(WebWorld world, string userName, string password)
        => world.Anonymous().PostAsJsonAsync("/api/v1/sign-in", new { userName, password });
}

/// <summary>These lock accounts and use up attempts, so they have a program of their own.</summary>
public sealed class SignInLimitTests
{
    [Fact]
    public async Task Five_wrong_passwords_lock_the_account_also_for_the_right_one()
    {
        await using var world = await WebWorld.OpenAsync("Sqlite");
        using var client = world.Anonymous();
        Task<HttpResponseMessage> Try(string password) => client.Post("/api/v1/sign-in", new { userName = "officer2", password });

        for (var attempt = 1; attempt <= 4; attempt++) await Try("wrong-password-1").IsRefused(401, "sign-in-failed");
        await Try("wrong-password-1").IsRefused(401, "locked-out");
        await Try(WebWorld.Password).IsRefused(401, "locked-out");
        await client.Post("/api/v1/sign-in", new { userName = "officer", password = WebWorld.Password }).Answers(200);
    }

    [Fact]
    public async Task More_attempts_in_a_minute_than_the_setting_allows_are_turned_away_on_the_api_and_the_page()
    {
        await using var world = await WebWorld.OpenAsync("Sqlite", ("SignIn:AttemptsPerMinute", "3"));
        using var client = world.Anonymous();
        using var visitor = new Visitor(world);
        for (var visit = 1; visit <= 5; visit++) Assert.Contains("<form", await visitor.ReadAsync("/sign-in"), StringComparison.Ordinal);

        await client.Post("/api/v1/sign-in", new { userName = "officer", password = "wrong-password-1" }).IsRefused(401, "sign-in-failed");
        using var wrong = await visitor.PostFormAsync("/sign-in", "sign-in", ("userName", "officer"), ("password", "wrong-password-1"));
        Assert.Equal(401, (int)wrong.StatusCode);
        await client.Post("/api/v1/sign-in", new { userName = "leader", password = WebWorld.Password }).Answers(200);

        await client.Post("/api/v1/sign-in", new { userName = "officer", password = WebWorld.Password }).IsRefused(429, "too-many-attempts");
        using var late = await visitor.PostFormAsync("/sign-in", "sign-in", ("userName", "officer"), ("password", WebWorld.Password));
        Assert.Equal(429, (int)late.StatusCode);
    }
}
