using JinshanBio.Crm.Domain.Enterprises;
using Xunit;

namespace JinshanBio.Crm.Domain.Tests.Enterprises;

public sealed class CreditCodeTests
{
    [Theory]
    [InlineData("914403001922038216")]
    [InlineData("9144030071526726XG")]
    [InlineData("91330100799655058B")]
    [InlineData("91310116MA1J00014C")]
    [InlineData("913101160000000194")]
    [InlineData("91310116MA1K9ABC1D")]
    public void A_published_code_is_valid(string code) => Assert.True(CreditCode.IsValid(code));

    [Theory]
    [InlineData("91310116MA1J00014D", CreditCodeFault.CheckDigit)]
    [InlineData("91310116MA1I00014C", CreditCodeFault.Alphabet)]
    [InlineData("9131011600000019", CreditCodeFault.Length)]
    [InlineData("91310116MA1JO0014C", CreditCodeFault.Alphabet)]
    [InlineData("", CreditCodeFault.Length)]
    [InlineData("91310116ma1j00014c", CreditCodeFault.Alphabet)]
    public void A_wrong_code_is_told_its_fault(string code, CreditCodeFault fault) => Assert.Equal(fault, CreditCode.Check(code));

    [Theory]
    [InlineData(" 91310116ma1j00014c ", "91310116MA1J00014C")]
    [InlineData("913101-16MA1J-00014C", "91310116MA1J00014C")]
    [InlineData("９１３１０１１６ＭＡ１Ｊ０００１４ｃ", "91310116MA1J00014C")]
    [InlineData("9131 0116\u3000MA1J—0001\u200B4C\uFEFF", "91310116MA1J00014C")]
    [InlineData(" - ", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_code_is_stored_half_width_upper_case_and_without_separators(string? typed, string? stored) =>
        Assert.Equal(stored, CreditCode.Normalise(typed));

    [Theory]
    [InlineData("9I310116MA1J00014C", "91310116MA1J00014C")]
    [InlineData("91310116MA1JOO014C", "91310116MA1J00014C")]
    [InlineData("9144030071SZ67Z6XG", "9144030071526726XG")]
    [InlineData("91310116MA1JO0014D", null)]
    [InlineData("91310116MA1J00014D", null)]
    [InlineData("91310116MA1J00014C", null)]
    [InlineData("9131O116", null)]
    public void A_correction_is_suggested_only_when_it_gives_a_valid_code(string typed, string? suggested) =>
        Assert.Equal(suggested, CreditCode.Suggest(typed));

    [Fact]
    public void Any_of_the_31_characters_may_be_the_check_digit()
    {
        var last = Enumerable.Range(0, 1000).Select(n => CreditCode.Complete($"91310116MA1J{n:00000}")).ToList();

        Assert.All(last, code => Assert.True(CreditCode.IsValid(code)));
        Assert.Equal(CreditCode.Alphabet, string.Concat(last.Select(code => code[^1]).Distinct().Order()));
    }

    [Theory]
    [InlineData("91310116MA1J00014", "91310116MA1J00014C")]
    [InlineData("9144030071526726X", "9144030071526726XG")]
    public void The_first_17_characters_are_completed(string first17, string code) => Assert.Equal(code, CreditCode.Complete(first17));

    [Theory]
    [InlineData("91310116MA1J0001")]
    [InlineData("91310116MA1J00014C")]
    [InlineData("91310116MA1JO0014")]
    public void Only_17_characters_of_the_alphabet_are_completed(string first17) =>
        Assert.Throws<ArgumentException>(() => CreditCode.Complete(first17));

    [Theory]
    [InlineData("91310116MA1J00014C")]
    [InlineData("914403001922038216")]
    [InlineData("9144030071526726XG")]
    public void Changing_any_single_character_makes_a_code_invalid(string code)
    {
        for (var i = 0; i < code.Length; i++)
        {
            foreach (var other in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".Where(c => c != code[i]))
            {
                var changed = code[..i] + other + code[(i + 1)..];
                Assert.False(CreditCode.IsValid(changed), changed);
            }
        }
    }

    [Fact]
    public void Two_hundred_real_codes_are_valid()
    {
        var codes = File.ReadLines(SharedFile("uscc-valid-200.txt")).Where(line => line.Length > 0).ToList();

        Assert.Equal(200, codes.Count);
        Assert.All(codes, code => Assert.Null(CreditCode.Check(code)));
    }

    [Fact]
    public void Of_144_real_firms_exactly_three_have_a_wrong_code()
    {
        var firms = File.ReadLines(SharedFile("cn-medical-device-distributors-redacted.csv")).Skip(1).Select(line => line.Split(',')).ToList();
        var wrong = firms.Where(firm => CreditCode.Normalise(firm[1]) is not { } code || !CreditCode.IsValid(code)).Select(firm => firm[0][..4]);

        Assert.Equal(144, firms.Count);
        Assert.Equal(["云南亚中", "云南晨书", "南京普澳"], wrong.Order(StringComparer.Ordinal));
    }

    private static string SharedFile(string name)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "JinshanBio.Crm.sln")))
        {
            root = root.Parent;
        }

        var file = Path.Combine(root?.FullName ?? ".", "..", "shared", "data", "enterprises", name);
        Assert.SkipUnless(File.Exists(file), $"../shared/data/enterprises/{name} is not on this machine");
        return file;
    }
}
