using System.Net;
using System.Text;
using JinshanBio.Crm.Tests;
using JinshanBio.Crm.Tests.Documents;
using JinshanBio.Crm.Web.Tests.CodeNames;
using JinshanBio.Crm.Web.Tests.Pages;
using Xunit;

namespace JinshanBio.Crm.Web.Tests.Api;

/// <summary>Documents: in as a form, out as a file that a browser saves and never shows.</summary>
public sealed class DocumentsTests(Hosts hosts)
{
    [OnEveryDatabase]
    public async Task A_document_goes_in_comes_out_gets_a_version_and_is_removed(string provider)
    {
        var world = await hosts.On(provider);
        var officer = await world.Client("officer");
        var project = (await officer.ProjectAsync(("codeName", "暗号" + Guid.NewGuid().ToString("N")[..4]))).Id();
        var title = (await officer.GetAsync($"/api/v1/projects/{project}").Answers(200)).Text("title");
        using var response = await officer.PostAsync($"/api/v1/projects/{project}/documents", Uploading.Form("协议.pdf", Files.Pdf, ("purpose", "agreement"), ("label", "confidential")));
        var document = await Task.FromResult(response).Answers(201);
        Assert.Equal($"/api/v1/documents/{document.Id()}", response.Headers.Location?.ToString());
        document.Has("id", "number", "edition", "purpose", "label", "title", "fileName", "contentType", "size", "sha256", "at", "by", "ofLead", "mayOpen", "version", "older");
        Assert.Equal(("agreement", "confidential", "协议", "application/pdf"), (document.Text("purpose"), document.Text("label"), document.Text("title"), document.Text("contentType")));

        using var content = await officer.GetAsync($"/api/v1/documents/{document.Id()}/content");
        Assert.Equal(HttpStatusCode.OK, content.StatusCode);
        Assert.Equal(Files.Pdf, await content.Content.ReadAsByteArrayAsync());
        var disposition = content.Content.Headers.ContentDisposition!;
        Assert.Equal(("attachment", $"{title}-协议-v1.pdf"), (disposition.DispositionType, disposition.FileNameStar));
        Assert.Equal("nosniff", Assert.Single(content.Headers.GetValues("X-Content-Type-Options")));
        Assert.Contains("no-store", content.Headers.CacheControl!.ToString(), StringComparison.Ordinal);

        var second = await officer.PostAsync($"/api/v1/documents/{document.Id()}/versions", Uploading.Form("协议二稿.txt", Encoding.UTF8.GetBytes("二稿"))).Answers(201);
        Assert.Equal(2, second.Int("edition"));
        await officer.Send(HttpMethod.Delete, $"/api/v1/documents/{second.Id()}", new { reason = " " }, null).IsMalformed("reason");
        var removed = await officer.Send(HttpMethod.Delete, $"/api/v1/documents/{second.Id()}", new { reason = "传错文件" }, null).Answers(200);
        Assert.Equal("传错文件", removed.Text("removalReason"));
        await officer.GetAsync($"/api/v1/documents/{second.Id()}/content").IsRefused(409, "document-removed");
        Assert.Equal([document.Id()], (await officer.GetAsync($"/api/v1/projects/{project}/documents").Answers(200)).Items().Select(d => d.Id()));
        Assert.Equal([second.Id()], (await officer.GetAsync($"/api/v1/projects/{project}/documents?removed=true").Answers(200)).Items().Select(d => d.Id()));
    }

    [Fact]
    public async Task What_is_not_taken_is_said_in_words_with_its_status()
    {
        var world = await hosts.Any();
        var officer = await world.Client("officer");
        var path = $"/api/v1/projects/{(await officer.ProjectAsync()).Id()}/documents";
        await officer.PostAsync(path, Uploading.Form("假.pdf", Files.Exe)).IsRefused(415, "file-executable");
        await officer.PostAsync(path, Uploading.Form("假.pdf", Files.Png)).IsRefused(415, "file-type-mismatch");
        await officer.PostAsync(path, Uploading.Form("包.zip", Files.Zip())).IsRefused(415, "file-type-not-allowed");
        await officer.PostAsync(path, Uploading.Form("空.pdf", [])).IsRefused(400, "file-empty");
        await officer.PostAsync(path, Uploading.Form(null, [], ("title", "没有文件"))).IsMalformed("file");
        await officer.Post(path, new { purpose = "agreement" }).IsRefused(415, "unsupported-media");
        await officer.PostAsync(path, Uploading.Form("a.pdf", Files.Pdf, ("content", "x"))).IsRefused(400, "unknown-field");
        await officer.PostAsync(path, Uploading.Form("a.pdf", Files.Pdf, ("purpose", "perhaps"))).IsMalformed("purpose");
        var large = await officer.PostAsync(path, Uploading.Form("大.txt", new byte[50 * 1024 * 1024 + 1])).IsRefused(413, "too-large");
        Assert.Contains("50 MB", large.Text("detail"), StringComparison.Ordinal);
        await (await world.Client("leader")).PostAsync(path, Uploading.Form("a.pdf", Files.Pdf)).IsRefused(403, "not-permitted");
        await world.Anonymous().PostAsync(path, Uploading.Form("a.pdf", Files.Pdf)).IsRefused(401, "sign-in-required");
    }

    [Fact]
    public async Task Several_files_at_once_without_script_and_what_is_refused_does_not_keep_back_the_others()
    {
        var world = await hosts.Any();
        var project = (await (await world.Client("officer")).ProjectAsync()).Id();
        using var visitor = await Visitor.SignedInAsync(world, "officer");
        var path = $"/projects/{project}/documents";
        var page = await visitor.ReadAsync(path);
        using var form = Uploading.Form("一.pdf", Files.Pdf, ("_handler", "upload"), ("__RequestVerificationToken", Visitor.TokenOf(page)), ("purpose", "StageEvidence"), ("label", "Internal"));
        form.Add(new ByteArrayContent(Files.Exe), "file", "二.pdf");
        form.Add(new ByteArrayContent(Files.Png), "file", "三.png");
        using var answer = await visitor.Http.PostAsync(path, form);
        var shown = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Contains("二.pdf：", shown, StringComparison.Ordinal);
        var rows = (await (await world.Client("officer")).GetAsync($"/api/v1/projects/{project}/documents").Answers(200)).Items().ToList();
        Assert.Equal(["一.pdf", "三.png"], rows.Select(r => r.Text("fileName")).Order(StringComparer.Ordinal));
        Assert.All(rows, r => Assert.Equal("stageEvidence", r.Text("purpose")));
        using var saved = await visitor.Http.GetAsync($"/documents/{rows[0].Id()}/content");
        Assert.Equal(HttpStatusCode.OK, saved.StatusCode);
    }

    [OnEveryDatabase]
    public async Task Service_is_worked_on_through_the_api(string provider)
    {
        var world = await hosts.On(provider);
        var (officer, manager) = (await world.Client("officer"), await world.Client("manager.park"));
        var project = (await officer.GetAsync("/api/v1/projects?stage=S100").Answers(200)).Items().First().Id();
        var task = (await officer.Post($"/api/v1/projects/{project}/service/tasks", new { name = "协调班车", phase = "operation", dueOn = "2099-01-05" }).Answers(201)).Id();
        await manager.Post($"/api/v1/service/tasks/{task}/completion", new { notNeeded = true }).IsRefused(409, "reason-required");
        await manager.Post($"/api/v1/service/tasks/{task}/completion", new { note = "已开通" }).Answers(204);
        await officer.Post($"/api/v1/service/tasks/{task}/completion", new { }).IsRefused(409, "service-task-closed");
        var asked = (await manager.Post($"/api/v1/projects/{project}/requests", new { text = "路灯不亮", category = "utilities", channel = "visit" }).Answers(201)).Id();
        await officer.Post($"/api/v1/requests/{asked}/answers", new { answer = "已报修" }).Answers(204);
        await officer.Post($"/api/v1/requests/{asked}/settlement", new { result = "solved", answer = "已修好", satisfaction = "satisfied" }).Answers(204);
        var signal = (await manager.Post($"/api/v1/projects/{project}/service/signals", new { sign = "leaseEnds", note = "租约年底到期未谈" }).Answers(201)).Id();
        await (await world.Client("leader")).Post($"/api/v1/service/signals/{signal}/closing", new { reason = "已续" }).IsRefused(403, "not-permitted");
        await officer.Post($"/api/v1/service/signals/{signal}/closing", new { reason = "已续租" }).Answers(204);
        (await officer.GetAsync($"/api/v1/projects/{project}/service").Answers(200)).Has("hasBegun", "mayWrite", "signals", "tasks", "coming", "requests", "visits", "lastVisit", "visitOverdue", "people");
        (await officer.GetAsync("/api/v1/parameters/service").Answers(200)).Has("answerWorkdays", "settleWorkdays", "visitDays", "escalateWorkdays");
        await (await world.Client("manager.incubator")).GetAsync($"/api/v1/projects/{project}/service").IsRefused(404, "not-found");
    }
}
