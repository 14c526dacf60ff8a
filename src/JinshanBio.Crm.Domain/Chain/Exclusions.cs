using System.Buffers;

namespace JinshanBio.Crm.Domain.Chain;

/// <summary>除外: the parts of a business scope that say what is not meant: "（不含危险化学品、药品）", "疫苗除外", "除培养基外，".</summary>
internal static class Exclusions
{
    private static readonly string[] Not = ["不含", "不包括", "不包含", "不得从事", "不从事", "禁止", "excluding", "except", "not including"];
    private const string Ends = "；;。)）】]\n", Parts = "，,；;。()（）【】[]\n", Closes = "，,；;。)）】]\n";
    private static readonly SearchValues<char> AnyEnd = SearchValues.Create(Ends), AnyPart = SearchValues.Create(Parts);

    /// <summary>Positions from start (inclusive) to end (exclusive).</summary>
    public static List<(int Start, int End)> In(string text)
    {
        var none = new List<(int, int)>();
        foreach (var word in Not)
            for (var at = text.IndexOf(word, StringComparison.Ordinal); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.Ordinal)) none.Add((at, After(text, at)));
        for (var at = text.IndexOf("除外", StringComparison.Ordinal); at >= 0; at = text.IndexOf("除外", at + 2, StringComparison.Ordinal)) none.Add((Before(text, at), at + 2));
        // "除…外" embraces what it takes out; "除菌" and "去除" do not.
        for (var at = text.IndexOf('除'); at >= 0; at = text.IndexOf('除', at + 1))
        {
            if (at > 0 && !Parts.Contains(text[at - 1]) && text[at - 1] != '、') continue;
            var end = text.IndexOf('外', at);
            if (end > at + 1 && end < After(text, at) && (end + 1 == text.Length || Closes.Contains(text[end + 1]))) none.Add((at, end + 1));
        }
        return none;
    }

    private static int After(string text, int from)
    {
        var end = text.AsSpan(from).IndexOfAny(AnyEnd);
        return end < 0 ? text.Length : from + end;
    }

    // Back to what the bracket or the clause began with: a list before 除外 is taken out as a whole.
    private static int Before(string text, int to)
    {
        var begin = text.AsSpan(0, to).LastIndexOfAny(AnyPart);
        return begin < 0 ? 0 : begin + 1;
    }
}
