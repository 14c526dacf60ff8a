using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Xunit;

namespace JinshanBio.Crm.Web.Tests;

/// <summary>Reading what the program answers; whatever was not expected is shown in full.</summary>
internal static class AnswerReading
{
    /// <summary>The JSON of an answer with this status; an undefined element when it has no body.</summary>
    public static async Task<JsonElement> Answers(this Task<HttpResponseMessage> sending, int status)
    {
        using var response = await sending;
        var body = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == status, $"{response.RequestMessage?.Method} {response.RequestMessage?.RequestUri} answered {(int)response.StatusCode} instead of {status}: {body}");
        return body.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(body);
    }

    /// <summary>The problem (RFC 9457) with this status and code.</summary>
    public static async Task<JsonElement> IsRefused(this Task<HttpResponseMessage> sending, int status, string code)
    {
        var response = await sending;
        var mediaType = response.Content.Headers.ContentType?.MediaType;
        var problem = await Task.FromResult(response).Answers(status);
        Assert.Equal("application/problem+json", mediaType);
        Assert.Equal(code, problem.Text("code"));
        Assert.Equal("/problems/" + code, problem.Text("type"));
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.Text("title"));
        Assert.NotEmpty(problem.Text("detail"));
        return problem;
    }

    /// <summary>A 400 that names exactly these fields, each with a sentence.</summary>
    public static async Task IsMalformed(this Task<HttpResponseMessage> sending, params string[] fields)
    {
        var problem = await sending.IsRefused(400, "invalid");
        var errors = problem.GetProperty("errors").EnumerateObject().ToList();
        Assert.Equal(fields.Order(StringComparer.Ordinal), errors.Select(e => e.Name).Order(StringComparer.Ordinal));
        Assert.All(errors, e => Assert.NotEmpty(e.Value[0].GetString()!));
    }

    public static string Text(this JsonElement json, string name)
        => json.TryGetProperty(name, out var value) ? value.GetString()! : throw new InvalidOperationException($"There is no {name} in {json}");

    public static Guid Id(this JsonElement json, string name = "id") => json.GetProperty(name).GetGuid();

    public static int Int(this JsonElement json, string name) => json.GetProperty(name).GetInt32();

    public static decimal Number(this JsonElement json, string name) => json.GetProperty(name).GetDecimal();

    public static IEnumerable<JsonElement> Items(this JsonElement page) => page.GetProperty("items").EnumerateArray();

    /// <summary>The members of the object include all of these.</summary>
    public static void Has(this JsonElement json, params string[] members)
        => Assert.Empty(members.Except(json.EnumerateObject().Select(m => m.Name), StringComparer.Ordinal));

    public static Task<HttpResponseMessage> Post(this HttpClient client, string path, object? body = null) => client.PostAsJsonAsync(path, body ?? new { });

    public static Task<HttpResponseMessage> PostText(this HttpClient client, string path, string body, string mediaType = "application/json")
        => client.PostAsync(path, new StringContent(body, Encoding.UTF8, mediaType));

    public static Task<HttpResponseMessage> Put(this HttpClient client, string path, object body, string? ifMatch) => client.Send(HttpMethod.Put, path, body, ifMatch);

    public static Task<HttpResponseMessage> Send(this HttpClient client, HttpMethod method, string path, object? body, string? ifMatch)
    {
        var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return client.SendAsync(request);
    }
}
