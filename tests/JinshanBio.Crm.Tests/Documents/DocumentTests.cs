using System.Text;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Documents;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Documents;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace JinshanBio.Crm.Tests.Documents;

public sealed class DocumentTests
{
    private const string Signed = "细胞治疗产品生产基地";

    [OnEveryDatabase]
    public async Task What_was_uploaded_comes_back_byte_by_byte_under_the_title_of_the_project(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await UploadAsync(world, await world.ProjectAsync(Signed), Files.Pdf, "C:\\temp\\投资协议\u202E(正本).pdf", DocumentPurpose.Agreement);
        var row = await world.As("officer").Send(new GetDocument(id));
        Assert.Equal(("投资协议(正本)", "投资协议(正本).pdf", "application/pdf", Files.Pdf.Length, 1, "陆知遥"), (row.Title, row.FileName, row.ContentType, (int)row.Size, row.Edition, row.By));
        Assert.StartsWith("WJ-2026-", row.Number, StringComparison.Ordinal);

        var opened = await world.As("leader").Send(new OpenDocument(id));
        await using (opened.Content) Assert.Equal(Files.Pdf, await ReadAsync(opened.Content));
        Assert.Equal(($"{Signed}-协议-v1.pdf", "application/pdf"), (opened.FileName, opened.ContentType));
    }

    [OnEveryDatabase]
    public async Task A_project_shows_the_documents_of_its_lead_too(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var project = await world.ProjectAsync(Signed);
        var lead = await world.Db(db => db.Projects.Where(p => p.Id == project).Select(p => p.LeadId).SingleAsync());
        using var content = new MemoryStream(Files.Png);
        var id = await world.As("officer").Send(new UploadDocument { LeadId = lead, FileName = "初访照片.png", Content = content });
        Assert.True((await world.As("officer").Send(new ListDocuments { ProjectId = project })).Items.Single(d => d.Id == id).OfLead);
        Assert.Equal(id, Assert.Single((await world.As("officer").Send(new ListDocuments { LeadId = lead })).Items).Id);
        Assert.DoesNotContain((await world.As("manager.park").Send(new ListDocuments { ProjectId = project })).Items, d => d.Id == id);
        await world.Refused(RefusalCode.NotFound, () => world.As("manager.park").Send(new ListDocuments { LeadId = lead }));
    }

    [OnEveryDatabase]
    public async Task A_confidential_document_does_not_exist_for_those_without_the_right_and_each_opening_is_recorded(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var project = await world.ProjectAsync(Signed);
        var id = await UploadAsync(world, project, Files.Pdf, "底价.pdf", label: DocumentLabel.Confidential);
        var open = await UploadAsync(world, project, Files.Pdf, "平面图.pdf");

        var seen = (await world.As("manager.park").Send(new ListDocuments { ProjectId = project })).Items.Select(d => d.Id).ToList();
        Assert.Equal((true, false), (seen.Contains(open), seen.Contains(id)));
        await world.Refused(RefusalCode.NotFound, () => world.As("manager.park").Send(new OpenDocument(id)));
        await world.Refused(RefusalCode.NotFound, () => world.As("manager.park").Send(new GetDocument(id)));
        await world.Refused(RefusalCode.NotFound, () => world.As("officer2").Send(new OpenDocument(open)));
        await world.Refused(RefusalCode.NotFound, () => world.As("manager.incubator").Send(new OpenDocument(open)));

        await (await world.As("leader").Send(new OpenDocument(id))).Content.DisposeAsync();
        await (await world.As("leader").Send(new OpenDocument(open))).Content.DisposeAsync();
        var trail = await world.Db(db => db.AuditRecords.Where(a => a.Action == AuditAction.Opened).ToListAsync());
        Assert.Equal((id, await world.PersonAsync("leader")), (Assert.Single(trail).SubjectId, trail[0].ActorId));
    }

    [OnEveryDatabase]
    public async Task Before_signing_the_park_sees_purpose_and_number_and_opens_nothing(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var project = await world.ProjectAsync(Finding.CodeNamed);
        var id = await UploadAsync(world, project, Files.Pdf, "知禾蛋白营业执照.pdf", DocumentPurpose.StageEvidence);

        var row = Assert.Single((await world.As("manager.park").Send(new ListDocuments { ProjectId = project })).Items);
        Assert.Equal((id, DocumentPurpose.StageEvidence, null, null, null, false), (row.Id, row.Purpose, row.Title, row.FileName, row.Sha256, row.MayOpen));
        Assert.NotEmpty(row.Number);
        await world.Refused(RefusalCode.NotPermitted, () => world.As("manager.park").Send(new OpenDocument(id)));

        var opened = await world.As("officer").Send(new OpenDocument(id));
        await opened.Content.DisposeAsync();
        Assert.Equal($"{Finding.CodeName}-阶段佐证-v1.pdf", opened.FileName);
    }

    [OnEveryDatabase]
    public async Task A_new_version_supersedes_and_the_older_ones_stay_readable(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var project = await world.ProjectAsync(Signed);
        var first = await UploadAsync(world, project, Files.Pdf, "合同.pdf");
        using var content = new MemoryStream(Files.Png);
        var second = await world.As("officer").Send(new AddDocumentVersion { Id = first, FileName = "合同扫描.png", Content = content });

        var row = (await world.As("officer").Send(new ListDocuments { ProjectId = project })).Items.Single(d => d.Id == second);
        Assert.Equal((2, first, 1), (row.Edition, Assert.Single(row.Older).Id, row.Older[0].Edition));
        await using (var old = (await world.As("officer").Send(new OpenDocument(first))).Content) Assert.Equal(Files.Pdf, await ReadAsync(old));
        await world.NotPermitted(() => new AddDocumentVersion { Id = second, FileName = "a.pdf", Content = new MemoryStream(Files.Pdf) }, "leader", "manager.park");
        await world.Refused(RefusalCode.StaleVersion, () => world.As("officer").Send(new AddDocumentVersion { Id = second, FileName = "a.pdf", Content = new MemoryStream(Files.Pdf), Version = 7 }));
    }

    [OnEveryDatabase]
    public async Task New_versions_at_the_same_moment_get_numbers_of_their_own_and_one_is_current(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var project = await world.ProjectAsync(Signed);
        var first = await UploadAsync(world, project, Files.Pdf, "合同.pdf");
        await Task.WhenAll(Enumerable.Range(0, 3).Select(i => Task.Run(async () =>
        {
            using var content = new MemoryStream(Encoding.UTF8.GetBytes($"第 {i} 稿"));
            await world.As("officer").Send(new AddDocumentVersion { Id = first, FileName = "合同.txt", Content = content });
        })));
        var series = await world.Db(db => db.Documents.Where(d => d.SeriesId == first).OrderBy(d => d.Edition).ToListAsync());
        Assert.Equal([1, 2, 3, 4], series.Select(d => d.Edition));
        Assert.Equal(4, Assert.Single(series, d => d.IsCurrent).Edition);
    }

    [OnEveryDatabase]
    public async Task Removing_needs_a_reason_leaves_a_mark_and_the_bytes_go_a_month_later(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var project = await world.ProjectAsync(Signed);
        var first = await UploadAsync(world, project, Encoding.UTF8.GetBytes("第一稿"), "稿.txt");
        using var content = new MemoryStream(Encoding.UTF8.GetBytes("传错的"));
        var second = await world.As("officer").Send(new AddDocumentVersion { Id = first, FileName = "稿.txt", Content = content });

        await world.Malformed(() => world.As("officer").Send(new RemoveDocument { Id = second, Reason = " " }), "reason");
        await world.NotPermitted(() => new RemoveDocument { Id = second, Reason = "重复上传" }, "leader", "manager.park");
        await world.As("officer").Send(new RemoveDocument { Id = second, Reason = "传错文件" });
        Assert.Contains((await world.As("officer").Send(new ListDocuments { ProjectId = project })).Items, d => d.Id == first);
        var gone = Assert.Single((await world.As("officer").Send(new ListDocuments { ProjectId = project, Removed = true })).Items);
        Assert.Equal((second, "传错文件", "陆知遥", false), (gone.Id, gone.RemovalReason, gone.RemovedBy, gone.MayOpen));
        await world.Refused(RefusalCode.DocumentRemoved, () => world.As("officer").Send(new OpenDocument(second)));

        var store = world.Services.GetRequiredService<FileStore>();
        var hash = await world.Db(db => db.Documents.Where(d => d.Id == second).Select(d => d.Sha256).SingleAsync());
        await world.As("admin").Send(new TidyDocuments());
        Assert.True(store.Has(hash));
        world.Clock.Advance(TimeSpan.FromDays(TidyDocuments.DaysKept + 1));
        await world.As("admin").Send(new TidyDocuments());
        Assert.False(store.Has(hash));
        Assert.True(await world.Db(db => db.Documents.AnyAsync(d => d.Id == second && d.IsGone && d.RemovalReason == "传错文件")));
        await (await world.As("officer").Send(new OpenDocument(first))).Content.DisposeAsync();
    }

    [OnEveryDatabase]
    public async Task Bytes_that_no_row_names_go_and_every_row_keeps_its_bytes(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var store = world.Services.GetRequiredService<FileStore>();
        using var orphan = new MemoryStream(Encoding.UTF8.GetBytes("存了字节,没存上行"));
        var left = await store.SaveAsync(orphan, "text/plain", CancellationToken.None);
        await UploadAsync(world, await world.ProjectAsync(Signed), Files.Pdf, "合同.pdf");

        await world.As("admin").Send(new TidyDocuments());
        Assert.True(store.Has(left.Sha256), "It may belong to an upload that is under way.");
        world.Clock.Advance(TimeSpan.FromDays(2));
        await world.As("admin").Send(new TidyDocuments());
        Assert.False(store.Has(left.Sha256));
        Assert.All(await world.Db(db => db.Documents.Select(d => d.Sha256).ToListAsync()), hash => Assert.True(store.Has(hash)));
    }

    [OnEveryDatabase]
    public async Task What_is_refused_leaves_neither_row_nor_bytes(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var project = await world.ProjectAsync(Signed);
        var before = await world.Db(db => db.Documents.CountAsync());
        await world.Refused(RefusalCode.FileExecutable, () => UploadAsync(world, project, Files.Exe, "假.pdf"));
        await world.Refused(RefusalCode.FileEmpty, () => UploadAsync(world, project, [], "空.pdf"));
        Assert.Equal(1, (await world.Refused(RefusalCode.TooLarge, () => UploadAsync(world, project, new byte[1024 * 1024 + 1], "大.pdf"))).Args[0]);
        await world.Malformed(() => world.As("officer").Send(new UploadDocument { ProjectId = project, FileName = "a.pdf" }), "file");
        await world.Refused(RefusalCode.NotFound, () => world.As("officer2").Send(new UploadDocument { ProjectId = project, FileName = "a.pdf", Content = new MemoryStream(Files.Pdf) }));
        await world.NotPermitted(() => new UploadDocument { ProjectId = project, FileName = "a.pdf", Content = new MemoryStream(Files.Pdf) }, "leader", "manager.park");
        Assert.Equal(before, await world.Db(db => db.Documents.CountAsync()));
    }

    [OnEveryDatabase]
    public async Task The_documents_of_the_demo_world_open(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var project = await world.ProjectAsync(Signed);
        Assert.Equal(2, await world.As("officer").Send(new CountDocuments(project)));
        foreach (var row in (await world.As("officer").Send(new ListDocuments { ProjectId = project })).Items)
            await (await world.As("officer").Send(new OpenDocument(row.Id))).Content.DisposeAsync();
    }

    internal static async Task<Guid> UploadAsync(World world, Guid project, byte[] bytes, string name, DocumentPurpose purpose = DocumentPurpose.Other, DocumentLabel label = DocumentLabel.Internal)
    {
        using var content = new MemoryStream(bytes);
        return await world.As("officer").Send(new UploadDocument { ProjectId = project, FileName = name, Content = content, Purpose = purpose, Label = label });
    }

    private static async Task<byte[]> ReadAsync(Stream content)
    {
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy);
        return copy.ToArray();
    }
}
