using System.Globalization;
using System.Net.Http.Json;
using JinshanBio.Crm.Tests;
using Xunit;

namespace JinshanBio.Crm.Web.Tests.Api;

/// <summary>What holds at the door, whichever request comes through it.</summary>
public sealed class DoorTests(Hosts hosts)
{
    [Theory]
    [InlineData("GET", "/api/v1/leads")]
    [InlineData("GET", "/api/v1/nowhere")]
    [InlineData("POST", "/api/v1/sign-in")]
    [InlineData("GET", "/sign-in")]
    [InlineData("GET", "/leads")]
    [InlineData("GET", "/nowhere")]
    [InlineData("GET", "/app.css")]
    [InlineData("GET", "/healthz/live")]
    [InlineData("GET", "/openapi/v1.json")]
    [InlineData("GET", "/language?to=en")]
    public async Task Every_answer_carries_the_security_headers(string method, string path)
    {
        var world = await hosts.Any();
        using var client = world.Anonymous();
        using var response = await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        string Header(string name) => response.Headers.TryGetValues(name, out var values) ? string.Join(' ', values) : "";

        var policy = Header("Content-Security-Policy");
        Assert.Contains("default-src 'self'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Header("X-Content-Type-Options"));
        Assert.Equal("DENY", Header("X-Frame-Options"));
        Assert.Equal("same-origin", Header("Referrer-Policy"));
        Assert.Equal("", Header("Server"));
    }

    [Fact]
    public async Task Methods_and_formats_that_are_not_accepted_are_problems_too()
    {
        var officer = await (await hosts.Any()).Client("officer");
        await officer.DeleteAsync("/api/v1/leads").IsRefused(405, "method-not-allowed");
        await officer.PostText("/api/v1/leads", "<lead/>", "application/xml").IsRefused(415, "unsupported-media");
        await officer.PostText("/api/v1/leads", "name=x", "application/x-www-form-urlencoded").IsRefused(415, "unsupported-media");
        await officer.GetAsync("/api/v1/nowhere").IsRefused(404, "not-found");
        await officer.GetAsync("/api/v1/leads/not-an-id").IsRefused(404, "not-found");
    }

    [Fact]
    public async Task Problems_speak_the_language_of_the_reader()
    {
        var officer = await (await hosts.Any()).Client("officer");
        async Task<(string Title, string Detail)> In(string language)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/leads/{Guid.NewGuid()}");
            request.Headers.Add("Accept-Language", language);
            var response = await officer.SendAsync(request);
            Assert.Equal(language.Split('-', ',')[0], response.Content.Headers.ContentLanguage.Single().Split('-')[0]);
            var problem = await Task.FromResult(response).IsRefused(404, "not-found");
            return (problem.Text("title"), problem.Text("detail"));
        }
        var (zh, en, us) = (await In("zh-CN"), await In("en"), await In("en-US,en;q=0.9"));

        Assert.True(HasChinese(zh.Title) && HasChinese(zh.Detail), zh.ToString());
        Assert.False(HasChinese(en.Title) || HasChinese(en.Detail), en.ToString());
        Assert.Equal(en, us);
        Assert.DoesNotContain("refusal.", zh.Detail + en.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chinese_stands_in_the_json_as_it_is()
    {
        var officer = await (await hosts.Any()).Client("officer");
        var lead = await officer.LeadAsync();
        Assert.Contains(lead.Text("enterpriseName"), await officer.GetStringAsync($"/api/v1/leads/{lead.Id()}"), StringComparison.Ordinal);
    }

    [OnEveryDatabase]
    public async Task A_post_sent_again_under_the_same_key_does_nothing_and_gets_the_first_answer(string provider)
    {
        var world = await hosts.On(provider);
        var officer = await world.Client("officer");
        var body = Samples.LeadBody(("codeName", "一次" + Guid.NewGuid().ToString("N")[..8]));
        var key = Guid.NewGuid().ToString();
        using var first = await Post(officer, key, body);
        using var second = await Post(officer, key, body);

        Assert.Equal((201, 201), ((int)first.StatusCode, (int)second.StatusCode));
        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.Equal(first.Content.Headers.ContentType?.MediaType, second.Content.Headers.ContentType?.MediaType);
        Assert.Equal(1, (await officer.GetAsync($"/api/v1/leads?q={body["codeName"]}").Answers(200)).Int("total"));

        body["note"] = "another";
        await Post(officer, key, body).IsRefused(409, "idempotency-mismatch");
        using var other = await Post(await world.Client("officer2"), key, Samples.LeadBody());
        Assert.Equal(201, (int)other.StatusCode);
    }

    [OnEveryDatabase]
    public async Task A_refused_post_may_be_corrected_under_the_same_key(string provider)
    {
        var officer = await (await hosts.On(provider)).Client("officer");
        var key = Guid.NewGuid().ToString();
        await Post(officer, key, Samples.LeadBody(("expectedInvestment", -1))).IsMalformed("expectedInvestment");
        await Post(officer, key, Samples.LeadBody()).Answers(201);
    }

    [OnEveryDatabase]
    public async Task Of_posts_under_one_key_at_the_same_moment_one_is_done(string provider)
    {
        var officer = await (await hosts.On(provider)).Client("officer");
        var body = Samples.LeadBody(("codeName", "同时" + Guid.NewGuid().ToString("N")[..8]));
        var key = Guid.NewGuid().ToString();
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Post(officer, key, body)));

        Assert.All(answers, a => Assert.True((int)a.StatusCode is 201 or 409, a.StatusCode.ToString()));
        Assert.Equal(1, (await officer.GetAsync($"/api/v1/leads?q={body["codeName"]}").Answers(200)).Int("total"));
    }

    [Fact]
    public async Task Health_tells_that_it_lives_and_that_it_is_ready()
    {
        using var client = (await hosts.Any()).Anonymous();
        Assert.Equal("Healthy", await client.GetStringAsync("/healthz/live"));
        Assert.Equal("Healthy", await client.GetStringAsync("/healthz/ready"));
    }

    private static Task<HttpResponseMessage> Post(HttpClient client, string key, object body)
        => client.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/api/v1/leads") { Content = JsonContent.Create(body), Headers = { { "Idempotency-Key", key } } });

    internal static bool HasChinese(string text) => text.Any(c => CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.OtherLetter);
}
