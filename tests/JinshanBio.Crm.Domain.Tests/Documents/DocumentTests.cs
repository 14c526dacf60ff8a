using JinshanBio.Crm.Domain.Documents;
using Xunit;
using static JinshanBio.Crm.Domain.Tests.Story;

namespace JinshanBio.Crm.Domain.Tests.Documents;

public sealed class DocumentTests
{
    private static readonly StoredFile File = new(new string('a', 64), 12, "application/pdf");

    [Theory]
    [InlineData("协议.pdf", "协议.pdf")]
    [InlineData("C:\\Users\\lu\\协议 正本.PDF", "协议 正本.pdf")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("a\u202Efdp.exe", "afdp.exe")]
    [InlineData("第\u0000一\r\n版.txt", "第一版.txt")]
    [InlineData("报价<1>:\"最终\"|?*.xlsx", "报价_1___最终____.xlsx")]
    [InlineData("CON.txt", "_CON.txt")]
    [InlineData(".htaccess", "_.htaccess")]
    [InlineData("合同. . ", "合同")]
    [InlineData("", "_")]
    [InlineData(null, "_")]
    [InlineData("\u5e94\uD842\uDFB7.pdf", "\u5e94\uD842\uDFB7.pdf")]
    public void A_file_name_is_made_harmless_and_true_to_the_eye(string? given, string expected) => Assert.Equal(expected, FileName.Clean(given));

    // Half a character does not survive as data of a theory.
    [Fact]
    public void Half_a_character_in_a_file_name_is_shown_as_unreadable() => Assert.Equal("\uFFFD.pdf", FileName.Clean("\uD842" + ".pdf"));

    [Fact]
    public void A_long_file_name_keeps_its_ending()
    {
        var clean = FileName.Clean(new string('长', 400) + ".docx");
        Assert.Equal((FileName.Length, true), (clean.Length, clean.EndsWith(".docx", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_file_is_handed_out_under_the_title_of_its_record()
        => Assert.Equal("青松计划-协议-v2.pdf", FileName.ToHandOut("青松计划", "协议", 2, ".pdf"));

    [Fact]
    public void A_new_version_stands_for_the_older_one_which_stays()
    {
        var first = New();
        var second = first.Supersede(2, null, "b.pdf", File, Now, Officer);
        Assert.Equal((false, true, 2, first.SeriesId, first.Number, "a"), (first.IsCurrent, second.IsCurrent, second.Edition, second.SeriesId, second.Number, second.Title));
        Assert.Equal(RefusalCode.DocumentSuperseded, Refused(() => first.Supersede(3, null, "c.pdf", File, Now, Officer)));
    }

    [Fact]
    public void A_removed_document_keeps_its_reason_and_the_one_before_stands_again()
    {
        var first = New();
        var second = first.Supersede(2, "改", "b.pdf", File, Now, Officer);
        second.Remove(" 传错了 ", first, Now, Manager);
        Assert.Equal((true, false, "传错了", (Guid?)Manager), (first.IsCurrent, second.IsCurrent, second.RemovalReason, second.RemovedById));
        Assert.Equal(RefusalCode.DocumentRemoved, Refused(() => second.Remove("再", null, Now, Officer)));
        Assert.Equal(RefusalCode.DocumentRemoved, Refused(() => second.Supersede(3, null, "c.pdf", File, Now, Officer)));
        Assert.Equal(RefusalCode.DocumentRemoved, Refused(second.MustStand));
    }

    [Fact]
    public void Only_what_was_removed_is_forgotten()
    {
        var document = New();
        document.Forget();
        Assert.False(document.IsGone);
        document.Remove("重复", null, Now, Officer);
        document.Forget();
        Assert.True(document.IsGone);
    }

    private static Document New() => new("WJ-2026-00001", null, Guid.CreateVersion7(), DocumentPurpose.Agreement, DocumentLabel.Internal, " ", "a.pdf", File, Now, Officer);
}
