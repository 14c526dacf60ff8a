using System.Security.Cryptography;
using System.Text;
using JinshanBio.Crm.Domain.Enterprises;

namespace JinshanBio.Crm.Domain.Chain;

/// <summary>
/// 环节匹配: in which links an enterprise may work, by its industry class and by its words. Pure: the same map and texts give the same guesses.
/// Strength of a class that n links name: 0.70 / √n; where only the group of three digits agrees, 0.35 / √n.
/// Strength of words: 0.60 × length (1 from four characters on) × part of the term that they are × 1 / √(links that have them) × place (name and kind 1, scope 0.8).
/// Confidence = 1 − Π(1 − strength) over the class and at most three words that do not overlap, in hundredths; below <see cref="Least"/> nothing is said.
/// </summary>
public sealed class LinkMatcher
{
    /// <summary>What is less sure than this is not proposed.</summary>
    public const decimal Least = 0.25m;

    /// <summary>Links proposed for one enterprise at most.</summary>
    public const int Most = 6;

    private const double OfClass = 0.70, OfGroup = 0.35, OfWord = 0.60, InScope = 0.8, LongWord = 4;
    private const int WordsOfLink = 3;

    private readonly Dictionary<string, List<string>> _byClass = new(StringComparer.Ordinal), _byGroup = new(StringComparer.Ordinal);
    private readonly LinkWords _terms;

    /// <param name="links">As they stand on the map.</param>
    /// <param name="suggested">Links that an industry class suggests besides, by class.</param>
    public LinkMatcher(IReadOnlyList<LinkEdition> links, IEnumerable<(string Class, IReadOnlyList<string> Links)> suggested)
    {
        var known = links.Select(l => l.Code).ToHashSet(StringComparer.Ordinal);
        var named = links.SelectMany(l => l.IndustryCodes.Select(c => (Class: c, Link: l.Code)))
            .Concat(suggested.SelectMany(s => s.Links.Where(known.Contains).Select(l => (s.Class, Link: l)))).Distinct().OrderBy(n => n.Class, StringComparer.Ordinal).ThenBy(n => n.Link, StringComparer.Ordinal).ToList();
        foreach (var (code, link) in named)
        {
            Add(_byClass, code, link);
            if (IndustryClass.GroupOf(code) is { } group) Add(_byGroup, group, link);
        }
        _terms = new LinkWords(links);
        var all = string.Join('\n', named.Select(n => $"{n.Class}>{n.Link}").Concat(_terms.Describe()));
        Dictionary = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Version + all)))[..32];
    }

    // Counts up with the formula, so that everything is matched again.
    private const string Version = "1\n";

    /// <summary>Fingerprint of all that the guesses depend on: another one means that everything is to be matched again.</summary>
    public string Dictionary { get; }

    /// <summary>The surest first.</summary>
    public IReadOnlyList<LinkGuess> Match(string name, string? kind, string? scope, string? industryCode)
    {
        var clues = new Dictionary<string, List<LinkClue>>(StringComparer.Ordinal);
        if (industryCode is not null) OfIndustry(industryCode, clues);
        var words = _terms.Find(name, ClueKind.Name).Concat(_terms.Find(kind, ClueKind.Kind)).Concat(_terms.Find(scope, ClueKind.Scope));
        foreach (var byLink in words.GroupBy(w => w.Link, StringComparer.Ordinal))
        {
            var chosen = new List<FoundWord>();
            foreach (var word in byLink.OrderByDescending(Strength).ThenBy(w => w.Field).ThenBy(w => w.Start).ThenBy(w => w.Term, StringComparer.Ordinal))
            {
                // The same words speak once, wherever and however often they stand.
                if (chosen.Count == WordsOfLink) break;
                if (!chosen.Exists(c => c.Overlaps(word) || c.Said.Contains(word.Said, StringComparison.Ordinal) || word.Said.Contains(c.Said, StringComparison.Ordinal))) chosen.Add(word);
            }
            foreach (var word in chosen) Add(clues, byLink.Key, new LinkClue(word.Field, word.Said, word.Term, word.Links, Hundredths(Strength(word))));
        }
        return [.. clues.Select(c => new LinkGuess(c.Key, Confidence(c.Value), [.. c.Value.OrderByDescending(x => x.Strength).ThenBy(x => x.Kind).ThenBy(x => x.Said, StringComparer.Ordinal)]))
            .Where(g => g.Confidence >= Least).OrderByDescending(g => g.Confidence).ThenBy(g => g.Link, StringComparer.Ordinal).Take(Most)];
    }

    /// <summary>By the clues alone, so that a person can reckon it after.</summary>
    public static decimal Confidence(IEnumerable<LinkClue> clues) => decimal.Round(1 - clues.Aggregate(1m, (left, clue) => left * (1 - clue.Strength)), 2, MidpointRounding.AwayFromZero);

    private void OfIndustry(string code, Dictionary<string, List<LinkClue>> clues)
    {
        if (_byClass.TryGetValue(code, out var links))
        {
            foreach (var link in links) Add(clues, link, new LinkClue(ClueKind.Class, code, code, links.Count, Hundredths(OfClass / Math.Sqrt(links.Count))));
            return;
        }
        if (IndustryClass.GroupOf(code) is not { } group || !_byGroup.TryGetValue(group, out links)) return;
        var distinct = links.Distinct(StringComparer.Ordinal).ToList();
        foreach (var link in distinct) Add(clues, link, new LinkClue(ClueKind.Group, code, group, distinct.Count, Hundredths(OfGroup / Math.Sqrt(distinct.Count))));
    }

    private static double Strength(FoundWord word) => OfWord * Math.Min(1, word.Length / LongWord) * word.Part / Math.Sqrt(word.Links) * (word.Field == ClueKind.Scope ? InScope : 1);

    private static decimal Hundredths(double strength) => decimal.Round((decimal)strength, 2, MidpointRounding.AwayFromZero);

    private static void Add<T>(Dictionary<string, List<T>> all, string key, T value)
    {
        if (!all.TryGetValue(key, out var list)) all.Add(key, list = []);
        list.Add(value);
    }
}
