using System.Net;
using System.Text;
using System.Text.Json;
using JinshanBio.Crm.Tests;
using Xunit;

namespace JinshanBio.Crm.Web.Tests.Api;

public sealed class ImportsTests(Hosts hosts)
{
    [OnEveryDatabase]
    public async Task A_list_is_uploaded_judged_run_and_undone(string provider)
    {
        var officer = await (await hosts.On(provider)).Client("officer");
        var known = await officer.LeadAsync(("enterprise", new { name = Samples.Name(), creditCode = Samples.CreditCode() }));
        var (name, wrong) = (Samples.Name("导入"), Samples.Name("错码"));
        var list = $"单位名称,统一社会信用代码,注册地址,联系人\n{name},{Samples.CreditCode()},金山大道 1 号,甲\n{wrong},91310115MA0DEM0130,不对,乙\n"
            + $"{known.Text("enterpriseName")},{known.Text("creditCode")},新地址 8 号,丙\n,,,\n";
        using var response = await officer.PostAsync("/api/v1/imports", Upload(Encoding.UTF8.GetBytes(list), "名单.csv"));
        var import = await Task.FromResult(response).Answers(201);

        Assert.Equal($"/api/v1/imports/{import.Id()}", response.Headers.Location?.ToString());
        import.Has("id", "kind", "fileName", "status", "encoding", "columns", "rows", "verdicts", "done", "created", "updated", "skipped", "refused");
        Assert.Equal(("ready", "名单.csv"), (import.Text("status"), import.Text("fileName")));
        Assert.Equal([("单位名称", "name"), ("统一社会信用代码", "creditCode"), ("注册地址", "address"), ("联系人", null)],
            import.GetProperty("columns").EnumerateArray().Select(c => (c.Text("header"), (string?)c.Text("field"))));
        Assert.Equal((1, 1, 1), Verdicts(import));
        Assert.Equal(0, (await officer.GetAsync($"/api/v1/enterprises?q={name}").Answers(200)).Int("total"));

        var path = $"/api/v1/imports/{import.Id()}";
        var running = await officer.PostAsync(path + "/run", null).Answers(202);
        running.Has("status", "done", "rows");
        var finished = await FinishedAsync(officer, path);
        Assert.Equal((1, 1, 1), (finished.Int("created"), finished.Int("updated"), finished.Int("refused")));
        Assert.Equal(1, (await officer.GetAsync($"/api/v1/enterprises?q={name}").Answers(200)).Int("total"));
        await officer.PostAsync(path + "/run", null).IsRefused(409, "import-not-ready");

        using var errors = await officer.GetAsync(path + "/errors");
        Assert.Equal("text/csv", errors.Content.Headers.ContentType?.MediaType);
        var lines = (await errors.Content.ReadAsStringAsync()).Trim().Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("单位名称,统一社会信用代码,注册地址,联系人,", lines[0].TrimStart('\uFEFF'), StringComparison.Ordinal);
        Assert.StartsWith($"{wrong},91310115MA0DEM0130,不对,乙,", lines[1], StringComparison.Ordinal);

        Assert.Equal("undone", (await officer.DeleteAsync(path).Answers(200)).Text("status"));
        Assert.Equal(0, (await officer.GetAsync($"/api/v1/enterprises?q={name}").Answers(200)).Int("total"));
        Assert.Equal(1, (await officer.GetAsync($"/api/v1/enterprises?q={known.Text("enterpriseName")}").Answers(200)).Int("total"));
    }

    [OnEveryDatabase]
    public async Task Another_mapping_is_judged_anew(string provider)
    {
        var officer = await (await hosts.On(provider)).Client("officer");
        var import = await officer.PostAsync("/api/v1/imports", Upload(Encoding.UTF8.GetBytes($"甲列,乙列\n{Samples.Name()},某地\n"), "list.csv")).Answers(201);
        var path = $"/api/v1/imports/{import.Id()}";
        Assert.Equal((0, 0, 1), Verdicts(import));
        var refused = await officer.PostAsync(path + "/run", null).IsRefused(400, "column-missing");
        Assert.Contains("name", refused.GetProperty("missing").EnumerateArray().Select(m => m.GetString()));

        Task<HttpResponseMessage> Map(params object[] columns) => officer.PutAsync(path + "/mapping", System.Net.Http.Json.JsonContent.Create(new { columns }));
        await Map(new { header = "甲列", field = "colour" }).IsRefused(400, "unknown-field");
        await Map(new { header = "丁列", field = "name" }).IsRefused(400, "unknown-field");
        await Map(new { header = "甲列", field = "name" }, new { header = "乙列", field = "name" }).IsMalformed("columns");
        var mapped = await Map(new { header = "甲列", field = "name" }, new { header = "乙列", field = "address" }).Answers(200);
        Assert.Equal((1, 0, 0), Verdicts(mapped));
        Assert.Equal("ready", mapped.Text("status"));
    }

    [OnEveryDatabase]
    public async Task A_mapping_is_saved_by_name_offered_to_the_next_list_renamed_and_deleted(string provider)
    {
        var officer = await (await hosts.On(provider)).Client("officer");
        var (head, name) = (Samples.Name("列"), Samples.Name("方案"));
        async Task<JsonElement> Sent() => await officer.PostAsync("/api/v1/imports", Upload(Encoding.UTF8.GetBytes($"{head},别的\n{Samples.Name()},某地\n"), "list.csv")).Answers(201);
        var import = await Sent();
        await officer.PutAsync($"/api/v1/imports/{import.Id()}/mapping", System.Net.Http.Json.JsonContent.Create(new { columns = new[] { new { header = head, field = "name" } } })).Answers(200);
        var mapping = await officer.Post($"/api/v1/imports/{import.Id()}/saved-mapping", new { name, shared = true }).Answers(201);
        mapping.Has("id", "kind", "name", "shared", "ownerName", "own", "columns");
        Assert.Equal(name, (await Sent()).Text("mapping"));

        var colleague = await (await hosts.On(provider)).Client("officer2");
        Assert.Contains((await colleague.GetAsync("/api/v1/import-mappings?kind=enterprises").Answers(200)).EnumerateArray(), m => m.Text("name") == name);
        var path = $"/api/v1/import-mappings/{mapping.Id()}";
        await colleague.DeleteAsync(path).IsRefused(403, "not-permitted");
        var renamed = await officer.PutAsync(path, System.Net.Http.Json.JsonContent.Create(new { name = name + "二", shared = false })).Answers(200);
        Assert.Equal(name + "二", renamed.Text("name"));
        await colleague.DeleteAsync(path).IsRefused(404, "not-found");
        Assert.Equal(204, (int)(await officer.DeleteAsync(path)).StatusCode);
    }

    [OnEveryDatabase]
    public async Task Only_a_running_import_can_be_cancelled(string provider)
    {
        var officer = await (await hosts.On(provider)).Client("officer");
        var import = await officer.PostAsync("/api/v1/imports", Upload(Encoding.UTF8.GetBytes($"企业名称,地址\n{Samples.Name()},某地\n"), "list.csv")).Answers(201);
        await officer.PostAsync($"/api/v1/imports/{import.Id()}/cancellation", null).IsRefused(409, "import-not-ready");
        await (await (await hosts.On(provider)).Client("officer2")).PostAsync($"/api/v1/imports/{import.Id()}/cancellation", null).IsRefused(404, "not-found");
    }

    [Fact]
    public async Task A_list_in_gbk_is_recognised()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var officer = await (await hosts.Any()).Client("officer");
        var import = await officer.PostAsync("/api/v1/imports", Upload(Encoding.GetEncoding("GBK").GetBytes($"企业名称,地址\n{Samples.Name()},上海市金山区金山大道\n"), "gbk.csv")).Answers(201);
        Assert.Equal("企业名称", import.GetProperty("columns")[0].Text("header"));
        Assert.Contains(import.Text("encoding").ToUpperInvariant(), (string[])["GBK", "GB18030", "GB2312"]);
        Assert.Equal((1, 0, 0), Verdicts(import));
    }

    [Fact]
    public async Task What_is_not_a_list_is_refused_and_leaves_nothing_behind()
    {
        var officer = await (await hosts.Any()).Client("officer");
        async Task<int> Count() => (await officer.GetAsync("/api/v1/imports").Answers(200)).Int("total");
        var before = await Count();
        Task<HttpResponseMessage> Send(string content, string fileName) => officer.PostAsync("/api/v1/imports", Upload(Encoding.UTF8.GetBytes(content), fileName));

        var problem = await Send("this is no workbook", "list.xlsx").IsRefused(400, "file-unreadable");
        Assert.True(problem.GetProperty("errors").TryGetProperty("file", out _));
        await Send("", "empty.csv").IsRefused(400, "file-unreadable");
        await Send("名称\n", "header-only.csv").IsRefused(400, "file-unreadable");
        await officer.PostAsync("/api/v1/imports", new MultipartFormDataContent { { new StringContent("enterprises"), "kind" } }).IsMalformed("file", "fileName");
        await officer.PostAsync("/api/v1/imports", Upload([65], "list.csv", kind: null)).IsMalformed("kind");
        await officer.PostAsync("/api/v1/imports", Upload([65], "list.csv", "colours")).IsMalformed("kind");
        await officer.Post("/api/v1/imports", new { kind = "enterprises" }).IsRefused(415, "unsupported-media");
        await officer.PostText("/api/v1/imports", "--x\r\nbroken", "multipart/form-data").IsRefused(400, "invalid");
        Assert.Equal(before, await Count());
    }

    [OnEveryDatabase]
    public async Task An_import_belongs_to_whoever_started_it(string provider)
    {
        var world = await hosts.On(provider);
        var officer = await world.Client("officer");
        var file = Encoding.UTF8.GetBytes($"企业名称,地址\n{Samples.Name()},金山\n");
        var path = $"/api/v1/imports/{(await officer.PostAsync("/api/v1/imports", Upload(file, "a.csv")).Answers(201)).Id()}";
        var officer2 = await world.Client("officer2");
        await officer2.GetAsync(path).IsRefused(404, "not-found");
        await officer2.PostAsync(path + "/run", null).IsRefused(404, "not-found");
        await officer2.DeleteAsync(path).IsRefused(404, "not-found");
        await officer2.GetAsync(path + "/errors").IsRefused(404, "not-found");
        await (await world.Client("leader")).PostAsync("/api/v1/imports", Upload(file, "a.csv")).IsRefused(403, "not-permitted");
        await world.Anonymous().PostAsync("/api/v1/imports", Upload(file, "a.csv")).IsRefused(401, "sign-in-required");
    }

    [Fact]
    public async Task A_file_of_two_hundred_megabytes_is_too_large()
    {
        var world = await hosts.Any();
        var officer = await world.Client("officer");
        using var form = new MultipartFormDataContent { { new StringContent("enterprises"), "kind" }, { new Zeros(200L * 1024 * 1024), "file", "large.csv" } };
        var problem = await officer.PostAsync("/api/v1/imports", form).IsRefused(413, "too-large");
        Assert.Contains("100 MB", problem.Text("detail"), StringComparison.Ordinal);
        await officer.GetAsync("/api/v1/imports").Answers(200);
    }

    private static (int Create, int Update, int Refuse) Verdicts(JsonElement import)
    {
        var verdicts = import.GetProperty("verdicts");
        verdicts.Has("create", "update", "skip", "refuse");
        return (verdicts.Int("create"), verdicts.Int("update"), verdicts.Int("refuse"));
    }

    private static async Task<JsonElement> FinishedAsync(HttpClient client, string path)
    {
        for (var wait = 0; wait < 200; wait++)
        {
            var import = await client.GetAsync(path).Answers(200);
            if (import.Text("status") == "finished") return import;
            Assert.Equal("running", import.Text("status"));
            await Task.Delay(100);
        }
        throw new TimeoutException("The import does not finish.");
    }

    internal static MultipartFormDataContent Upload(byte[] file, string fileName, string? kind = "enterprises")
    {
        var form = new MultipartFormDataContent { { new ByteArrayContent(file), "file", fileName } };
        if (kind is not null) form.Add(new StringContent(kind), "kind");
        return form;
    }

    /// <summary>A large body that never lies in memory as a whole.</summary>
    private sealed class Zeros(long length) : HttpContent
    {
        protected override bool TryComputeLength(out long computed)
        {
            computed = length;
            return true;
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var block = new byte[1024 * 1024];
            for (var sent = 0L; sent < length; sent += block.Length) await stream.WriteAsync(block.AsMemory(0, (int)Math.Min(block.Length, length - sent)));
        }
    }
}
