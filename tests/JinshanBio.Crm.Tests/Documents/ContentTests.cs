using System.Text;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Documents;
using JinshanBio.Crm.Domain;
using Xunit;

namespace JinshanBio.Crm.Tests.Documents;

/// <summary>What comes in is what its name says, and no program; told from the bytes alone.</summary>
public sealed class ContentTests
{
    private const string Word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    public static TheoryData<string, byte[], string> Taken => new()
    {
        { "协议.pdf", Files.Pdf, "application/pdf" },
        { "现场.PNG", Files.Png, "image/png" },
        { "现场.jpg", Files.Jpeg, "image/jpeg" },
        { "现场.jpeg", Files.Jpeg, "image/jpeg" },
        { "纪要.docx", Files.Docx(), Word },
        { "公式.docx", Files.Docx(("word/embeddings/oleObject1.bin", Files.Embedded)), Word },
        { "测算.xlsx", Files.Office("spreadsheetml.sheet"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
        { "汇报.pptx", Files.Office("presentationml.presentation"), "application/vnd.openxmlformats-officedocument.presentationml.presentation" },
        { "公文.ofd", Files.Zip(("OFD.xml", "<ofd/>"u8.ToArray())), "application/ofd" },
        { "说明.txt", Encoding.UTF8.GetBytes("说明\r\n\t第一条"), "text/plain" },
        { "旧说明.txt", Files.Gb18030("金山区投资促进办公室：说明"), "text/plain" },
        { "数据.csv", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("名称,金额\n")], "text/csv" },
        { "纪要.md", "# minutes"u8.ToArray(), "text/markdown" },
        { "长.txt", Encoding.UTF8.GetBytes(new string('长', 100_000)), "text/plain" },
    };

    public static TheoryData<string, byte[], RefusalCode> Refused => new()
    {
        { "空.pdf", [], RefusalCode.FileEmpty },
        { "大.txt", Encoding.ASCII.GetBytes(new string('a', 1024 * 1024 + 1)), RefusalCode.TooLarge },
        { "程序.exe", Files.Exe, RefusalCode.FileExecutable },
        { "假.pdf", Files.Exe, RefusalCode.FileExecutable },
        { "假.png", Files.Elf, RefusalCode.FileExecutable },
        { "脚本.txt", Files.Script, RefusalCode.FileExecutable },
        { "压缩.zip", Files.Zip(("a.txt", "a"u8.ToArray())), RefusalCode.FileTypeNotAllowed },
        { "网页.html", "<html></html>"u8.ToArray(), RefusalCode.FileTypeNotAllowed },
        { "图.svg", "<svg/>"u8.ToArray(), RefusalCode.FileTypeNotAllowed },
        { "无名", Files.Pdf, RefusalCode.FileTypeNotAllowed },
        { "宏.docm", Files.Docx(), RefusalCode.FileTypeNotAllowed },
        { "双.pdf.exe", Files.Pdf, RefusalCode.FileTypeNotAllowed },
        { "改名.png", Files.Pdf, RefusalCode.FileTypeMismatch },
        { "改名.pdf", Files.Png, RefusalCode.FileTypeMismatch },
        { "改名.docx", Files.Office("spreadsheetml.sheet"), RefusalCode.FileTypeMismatch },
        { "压缩.docx", Files.Zip(("a.txt", "a"u8.ToArray())), RefusalCode.FileTypeMismatch },
        { "旧版.docx", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0], RefusalCode.FileTypeMismatch },
        { "断.docx", Files.Docx()[..60], RefusalCode.FileTypeMismatch },
        { "坏.docx", Files.Zip(("[Content_Types].xml", "<Types"u8.ToArray())), RefusalCode.FileTypeMismatch },
        { "外引.docx", Files.Zip(("[Content_Types].xml", "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><Types>&b;</Types>"u8.ToArray())), RefusalCode.FileTypeMismatch },
        { "二进制.txt", [65, 0, 66, 0], RefusalCode.FileTypeMismatch },
        { "乱码.txt", [0xFF, 0xFF, 0xFF], RefusalCode.FileTypeMismatch },
        { "宏.docx", Files.Docx(("word/vbaProject.bin", "x"u8.ToArray())), RefusalCode.FileHasMacros },
        { "宏型.docx", Files.MacroType, RefusalCode.FileHasMacros },
        { "夹带.docx", Files.Docx(("word/media/image1.png", Files.Exe)), RefusalCode.FileExecutable },
        { "夹带.xlsx", Files.Office("spreadsheetml.sheet", ("xl/embeddings/setup.exe", "x"u8.ToArray())), RefusalCode.FileExecutable },
        { "嵌入.docx", Files.Docx(("word/embeddings/oleObject1.bin", Files.Package)), RefusalCode.FileExecutable },
        { "夹带.ofd", Files.Zip(("OFD.xml", "<ofd/>"u8.ToArray()), ("Doc_0/Res/a.js", "x"u8.ToArray())), RefusalCode.FileExecutable },
    };

    [Theory]
    [MemberData(nameof(Taken))]
    public void What_people_send_is_taken_as_what_it_is(string name, byte[] content, string type)
    {
        using var stream = new MemoryStream(content);
        Assert.Equal(type, ContentCheck.Check(stream, name, 1));
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_is_something_else_or_a_program_is_refused(string name, byte[] content, RefusalCode code)
    {
        using var stream = new MemoryStream(content);
        Assert.Equal(code, Assert.Throws<Refusal>(() => ContentCheck.Check(stream, name, 1)).Code);
    }

    [Fact]
    public void A_character_on_the_border_of_two_blocks_is_no_damage()
    {
        foreach (var before in (int[])[65_534, 65_535, 65_536])
        {
            using var stream = new MemoryStream(Encoding.UTF8.GetBytes(new string('a', before) + "金山" + new string('b', 10)));
            Assert.Equal("text/plain", ContentCheck.Check(stream, "边界.txt", 1));
        }
    }

    [Fact]
    public void The_workbooks_that_people_really_have_are_taken_or_refused_for_a_reason()
    {
        var folder = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../../../shared/data"));
        if (!Directory.Exists(folder)) folder = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../../../../shared/data"));
        if (!Directory.Exists(folder)) Assert.Skip("There is no folder of real files beside the repository.");
        var taken = 0;
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(f => UploadDocument.Accepted.Split(' ').Contains(Path.GetExtension(f).ToLowerInvariant())))
        {
            using var stream = File.OpenRead(file);
            if (stream.Length is 0 or > 50 * 1024 * 1024) continue;
            try
            {
                ContentCheck.Check(stream, file, 50);
                taken++;
            }
            catch (Refusal refusal)
            {
                // Lists in UTF-16 or with stray bytes are no text by this rule; nothing else is refused.
                Assert.True(refusal.Code == RefusalCode.FileTypeMismatch && Path.GetExtension(file) is ".csv" or ".xlsx", $"{file}: {refusal.Code}");
            }
        }
        Assert.True(taken > 0);
    }

    [Fact]
    public async Task A_store_keeps_content_once_and_deletes_only_what_is_old()
    {
        var clock = new TestClock();
        var folder = Directory.CreateTempSubdirectory("crm-store-");
        try
        {
            var store = new FileStore(new FileStoreOptions { Folder = folder.FullName }, clock);
            using var content = new MemoryStream(Files.Pdf);
            var first = await store.SaveAsync(content, "application/pdf", CancellationToken.None);
            clock.Advance(TimeSpan.FromDays(3));
            var again = await store.SaveAsync(content, "application/pdf", CancellationToken.None);
            Assert.Equal(first, again);
            Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Files.Pdf)), first.Sha256);
            Assert.Single(Directory.GetFiles(folder.FullName, "*", SearchOption.AllDirectories));

            Assert.False(store.Delete(first.Sha256, clock.Now.AddDays(-1)));
            await using (var opened = store.Open(first.Sha256)!) Assert.Equal(Files.Pdf.Length, opened.Length);
            Assert.Equal([first.Sha256], store.SavedBefore(clock.Now.AddMinutes(1)));
            Assert.True(store.Delete(first.Sha256, clock.Now.AddMinutes(1)));
            Assert.Null(store.Open(first.Sha256));
            Assert.Throws<ArgumentException>(() => store.Open("../../etc/passwd"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
