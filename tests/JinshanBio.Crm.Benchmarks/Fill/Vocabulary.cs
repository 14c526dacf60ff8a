using System.Text.Json;
using JinshanBio.Crm.Domain.Enterprises;

namespace JinshanBio.Crm.Benchmarks.Fill;

/// <summary>The words that made-up names and notes are put together from.</summary>
internal sealed record Vocabulary(
    string[] Regions, string Brands, string[] Trades, string[] Forms, string[] Projects, string[] CodeNames, string[] Notes, string[] Outcomes,
    string Surnames, string[] GivenNames)
{
    public static Vocabulary Load()
    {
        using var stream = typeof(Vocabulary).Assembly.GetManifestResourceStream("vocabulary.json")!;
        return JsonSerializer.Deserialize<Vocabulary>(stream, JsonSerializerOptions.Web)!;
    }

    /// <summary>Region, two or three characters of its own, trade and company form.</summary>
    public string EnterpriseName(Random random)
    {
        var brand = new string(random.GetItems<char>(Brands, random.Next(4) == 0 ? 3 : 2));
        return Pick(random, Regions) + brand + Pick(random, Trades) + Pick(random, Forms);
    }

    /// <summary>A valid 统一社会信用代码 that no other number gives.</summary>
    public static string CreditCodeOf(int number)
    {
        var serial = new char[7];
        for (var i = serial.Length - 1; i >= 0; i--, number /= CreditCode.Alphabet.Length) serial[i] = CreditCode.Alphabet[number % CreditCode.Alphabet.Length];
        return CreditCode.Complete("91310116MA" + new string(serial));
    }

    public string PersonName(Random random) => Surnames[random.Next(Surnames.Length)] + Pick(random, GivenNames);

    public static T Pick<T>(Random random, IReadOnlyList<T> from) => from[random.Next(from.Count)];
}
