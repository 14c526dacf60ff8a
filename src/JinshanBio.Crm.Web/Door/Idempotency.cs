using System.Security.Cryptography;
using System.Text;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Identity;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Web.Door;

/// <summary>A POST with an Idempotency-Key that is sent again gets the first answer and does nothing more.</summary>
public static class Idempotency
{
    public const string Header = "Idempotency-Key";
    private const int InProgress = 0, LongestBody = 1_000_000;

    public static void UseIdempotency(this IApplicationBuilder app) => app.UseWhen(
        http => http.Request.Path.StartsWithSegments("/api") && HttpMethods.IsPost(http.Request.Method) && http.Request.Headers.ContainsKey(Header)
            && http.Request.HasJsonContentType(),
        branch => branch.Use(HandleAsync));

    private static async Task HandleAsync(HttpContext http, RequestDelegate next)
    {
        var actor = http.RequestServices.GetRequiredService<Actor>();
        var key = http.Request.Headers[Header].ToString();
        if (actor.IsNobody || key.Length is 0 or > 100)
        {
            await next(http);
            return;
        }
        var db = http.RequestServices.GetRequiredService<CrmDb>();
        var hash = await HashAsync(http);
        var answer = await db.IdempotentAnswers.AsNoTracking().FirstOrDefaultAsync(a => a.PersonId == actor.Id && a.Key == key, http.RequestAborted);
        if (answer is null)
        {
            answer = new IdempotentAnswer { PersonId = actor.Id, Key = key, RequestHash = hash, Status = InProgress, At = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime };
            db.IdempotentAnswers.Add(answer);
            try { await db.SaveChangesAsync(http.RequestAborted); }
            catch (DbUpdateException e) when (CrmDatabase.IsDuplicate(e)) { throw new Refusal(RefusalCode.IdempotencyMismatch); }
            db.ChangeTracker.Clear();
            await RecordAsync(http, next, db, answer);
            return;
        }
        if (answer.RequestHash != hash || answer.Status == InProgress) throw new Refusal(RefusalCode.IdempotencyMismatch);
        http.Response.StatusCode = answer.Status;
        if (answer.Location is not null) http.Response.Headers.Location = answer.Location;
        if (string.IsNullOrEmpty(answer.Body)) return;
        http.Response.ContentType = answer.Status < 400 ? "application/json; charset=utf-8" : "application/problem+json";
        await http.Response.WriteAsync(answer.Body, http.RequestAborted);
    }

    /// <summary>Refusals are not remembered: the client may correct and send again.</summary>
    private static async Task RecordAsync(HttpContext http, RequestDelegate next, CrmDb db, IdempotentAnswer answer)
    {
        var outside = http.Response.Body;
        using var buffer = new MemoryStream();
        http.Response.Body = buffer;
        var done = false;
        try
        {
            await next(http);
            done = http.Response.StatusCode < 400;
        }
        finally
        {
            http.Response.Body = outside;
            db.ChangeTracker.Clear();
            var mine = db.IdempotentAnswers.Where(a => a.PersonId == answer.PersonId && a.Key == answer.Key);
            if (done)
            {
                var (status, location, body) = (http.Response.StatusCode, http.Response.Headers.Location.ToString(), Encoding.UTF8.GetString(buffer.ToArray()));
                await mine.ExecuteUpdateAsync(a => a.SetProperty(x => x.Status, status).SetProperty(x => x.Location, location).SetProperty(x => x.Body, body), CancellationToken.None);
            }
            else await mine.ExecuteDeleteAsync(CancellationToken.None);
        }
        buffer.Position = 0;
        await buffer.CopyToAsync(outside, http.RequestAborted);
    }

    private static async Task<string> HashAsync(HttpContext http)
    {
        http.Request.EnableBuffering(LongestBody);
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData(Encoding.UTF8.GetBytes(http.Request.Path));
        var block = new byte[8192];
        int read;
        while ((read = await http.Request.Body.ReadAsync(block, http.RequestAborted)) > 0) sha.AppendData(block, 0, read);
        http.Request.Body.Position = 0;
        return Convert.ToHexString(sha.GetHashAndReset());
    }
}
