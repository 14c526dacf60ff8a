using System.Text.Json;
using JinshanBio.Crm.Tests.Documents;

namespace JinshanBio.Crm.Web.Tests.CodeNames;

/// <summary>A project under a code name, with the name behind it in every place where somebody may write one.</summary>
internal sealed class Secret
{
    private static readonly string[] Evidence = ["reviewForm", "departmentOpinions", "vetoCheck", "committedOutput"];

    /// <summary>Searched for; what is typed into a search comes back on the page.</summary>
    public string Front { get; } = "绝密" + Guid.NewGuid().ToString("N")[..4];

    /// <summary>Follows <see cref="Front"/> wherever the name stands, and stands nowhere else.</summary>
    public string Trace { get; } = "q" + Guid.NewGuid().ToString("N")[..10];
    public string CreditCode { get; } = Samples.CreditCode();
    public string CodeName { get; } = "代号" + Guid.NewGuid().ToString("N")[..6];
    public string Name => Front + Trace;
    public Guid Project { get; private set; }
    public List<Guid> Ids { get; } = [];

    public static async Task<Secret> PlantAsync(HttpClient officer, HttpClient manager, string park)
    {
        var secret = new Secret();
        var name = secret.Name;
        var lead = await officer.LeadAsync(("enterprise", new { name = $"上海{name}有限公司", creditCode = secret.CreditCode }), ("codeName", secret.CodeName), ("note", $"{name} 要求保密"));
        var enterprise = lead.Id("enterpriseId");
        secret.Keep(lead.Id(), enterprise);
        secret.Keep((await officer.Post($"/api/v1/enterprises/{enterprise}/contacts", new { name = "联系人" + name, title = name, phone = "13800138000" }).Answers(201)).Id());
        await officer.Post($"/api/v1/enterprises/{enterprise}/notes", new { text = name + " 备注" }).Answers(201);
        secret.Keep((await officer.UploadAsync($"/api/v1/leads/{lead.Id()}/documents", name + "营业执照.pdf", Files.Pdf)).Id());

        var project = await officer.Post($"/api/v1/leads/{lead.Id()}/conversion", Samples.ProjectBody(("name", name + "生产基地"))).Answers(201);
        secret.Keep(secret.Project = project.Id());
        secret.Keep((await officer.UploadAsync($"/api/v1/projects/{project.Id()}/documents", name + "协议.pdf", Files.Pdf)).Id());
        await officer.FillFormAsync(project.Id(), ("controller", name), ("waste_gas", name + " 废气"), ("hazchem", name + " 乙醇"), ("asks", name + " 诉求"), ("competitors", name));
        await officer.Post($"/api/v1/projects/{project.Id()}/stage", new { to = "S50", evidence = Evidence.ToDictionary(key => key, key => name + key) }).Answers(200);
        await officer.Post($"/api/v1/projects/{project.Id()}/stage", new { to = "S40", reason = name + " 补材料" }).Answers(200);
        await officer.Post($"/api/v1/projects/{project.Id()}/stage", new { to = "S50" }).Answers(200);
        await officer.Post($"/api/v1/projects/{project.Id()}/status", new { status = "onHold", reason = name + " 暂停", details = new { resumeOn = "2027-03-01" } }).Answers(200);
        await officer.Post($"/api/v1/projects/{project.Id()}/status", new { status = "active" }).Answers(200);
        await officer.PutAsync($"/api/v1/projects/{project.Id()}/tags/{secret.Trace}", null).Answers(204);

        secret.Keep((await officer.Post("/api/v1/follow-ups", new { projectId = project.Id(), kind = "call", dueAt = "2026-01-05", note = name + " 来电", participants = new[] { name[..12] } }).Answers(201)).Id());
        secret.Keep((await officer.Post("/api/v1/follow-ups/log", new { projectId = project.Id(), kind = "visit", result = "progress", outcome = name + " 走访", next = "none" }).Answers(201)).Id());
        var place = (await manager.ParkAsync(park)).Id();
        secret.Keep(place, (await manager.SpaceAsync(place, 500)).Id(), (await officer.ProposalAsync(project.Id(), place, null, 40)).Id());
        return secret;
    }

    /// <summary>A plan of places speaks of the project, and whoever makes it may write the name into it.</summary>
    public async Task PlanAsync(HttpClient leader, Guid park)
    {
        var addition = new { parkId = park, name = Name + "专用楼", areaM2 = 90_000, from = "2026-12-01", kind = "building" };
        var plan = (await leader.Post("/api/v1/allocations", new { name = $"为{Name}腾地方", additions = new[] { addition } }).Answers(201)).GetProperty("plan").Id();
        Keep(plan, (await leader.Post($"/api/v1/allocations/{plan}/variants", new { change = "close", parkId = park, day = "2028-01-01" }).Answers(201)).GetProperty("plan").Id());
    }

    public async Task SignAsync(HttpClient officer)
        => await officer.Post($"/api/v1/projects/{Project}/stage", new
        {
            to = "S60", evidence = new { agreementNumber = "金投协(正)第" + Trace, agreementType = "formal", fairCompetition = "compliant", eventCheck = "首次签约" },
        }).Answers(200);

    private void Keep(params Guid[] ids) => Ids.AddRange(ids);
}

internal static class Uploading
{
    public static async Task<JsonElement> UploadAsync(this HttpClient client, string path, string fileName, byte[] content, params (string Name, string Value)[] more)
        => await client.PostAsync(path, Form(fileName, content, more)).Answers(201);

    public static MultipartFormDataContent Form(string? fileName, byte[] content, params (string Name, string Value)[] more)
    {
        var form = new MultipartFormDataContent();
        if (fileName is not null) form.Add(new ByteArrayContent(content), "file", fileName);
        foreach (var (name, value) in more) form.Add(new StringContent(value), name);
        return form;
    }
}
