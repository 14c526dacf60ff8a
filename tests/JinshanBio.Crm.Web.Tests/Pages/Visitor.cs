using System.Net;
using System.Text.RegularExpressions;
using Xunit;

namespace JinshanBio.Crm.Web.Tests.Pages;

/// <summary>Visits pages as a browser without script would: keeps cookies and posts forms, but follows nothing by itself.</summary>
internal sealed partial class Visitor : IDisposable
{
    private readonly SocketsHttpHandler _wire = new() { AllowAutoRedirect = false };

    public Visitor(WebWorld world) => Http = new HttpClient(_wire) { BaseAddress = world.Address };

    public HttpClient Http { get; }

    public static async Task<Visitor> SignedInAsync(WebWorld world, string userName)
    {
        var visitor = new Visitor(world);
        using var answer = await visitor.PostFormAsync("/sign-in", "sign-in", ("userName", userName), ("password", WebWorld.Password));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return visitor;
    }

    public Task<string> ReadAsync(string path) => Http.GetStringAsync(path);

    /// <summary>Opens the page and posts its form of that name, with the token that it carries.</summary>
    public async Task<HttpResponseMessage> PostFormAsync(string path, string form, params (string Name, string Value)[] values)
    {
        return await PostAsync(path, [("_handler", form), ("__RequestVerificationToken", TokenOf(await ReadAsync(path))), .. values]);
    }

    public static string TokenOf(string page)
    {
        var token = Token().Match(page);
        Assert.True(token.Success, "The page has no form with a token.");
        return WebUtility.HtmlDecode(token.Groups["token"].Value);
    }

    public Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] values)
        => Http.PostAsync(path, new FormUrlEncodedContent(values.Select(v => KeyValuePair.Create(v.Name, v.Value))));

    public void Dispose()
    {
        Http.Dispose();
        _wire.Dispose();
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();
}
