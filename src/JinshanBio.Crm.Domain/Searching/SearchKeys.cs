using System.Text;
using JinshanBio.Crm.Domain.Enterprises;

namespace JinshanBio.Crm.Domain.Searching;

/// <summary>检索键: what is stored in an index so that a prefix range finds a name by any part of it, in characters, pinyin or initials.</summary>
public static class SearchKeys
{
    /// <summary>The longest key; queries are cut to it as well.</summary>
    public const int Length = 16;

    // Two characters that are read both ways make four readings; more would only swell the index.
    private const int AmbiguousAtMost = 2;

    /// <summary>
    /// The keys of an enterprise or project name, in ordinal order: every suffix, the pinyin from every syllable and the
    /// initials from every syllable, but none that begins in the trailing company form. Of <paramref name="more"/>
    /// (codes, numbers) only the whole. A key that only begins another key is left out: the longer one answers for it.
    /// </summary>
    public static IReadOnlyCollection<string> Of(string name, params IEnumerable<string?> more) => Of(name, Pinyin.Read, more);

    /// <summary>The same for a person's name, whose surname may have a reading of its own.</summary>
    public static IReadOnlyCollection<string> OfPerson(string name, params IEnumerable<string?> more) => Of(name, Pinyin.ReadPerson, more);

    /// <summary>What somebody typed, as the beginning of a key; empty when it holds nothing to search for.</summary>
    public static string OfQuery(string q) => Cut(SearchText.Normalise(q), 0);

    /// <summary>The end of the range of keys that begin with <paramref name="key"/>: <c>stored &gt;= key and stored &lt; UpperBound(key)</c> under a binary collation.</summary>
    public static string UpperBound(string key) => key + '\uffff';

    private static List<string> Of(string name, Func<string, List<Pinyin.Syllable>> read, IEnumerable<string?> more)
    {
        var whole = SearchText.Normalise(name);
        var telling = SearchText.Normalise(EnterpriseName.WithoutForm(SearchText.Fold(name))).Length;
        var keys = new List<string>(3 * whole.Length);
        for (var i = 0; i < telling; i++)
        {
            keys.Add(Cut(whole, i));
        }

        foreach (var syllables in Readings(read(whole)))
        {
            AddSpoken(keys, syllables, telling);
        }

        keys.AddRange(more.Select(text => Cut(SearchText.Normalise(text), 0)));
        return WithoutBeginnings(keys);
    }

    private static void AddSpoken(List<string> keys, List<Pinyin.Syllable> syllables, int telling)
    {
        var full = new StringBuilder();
        var initials = new StringBuilder();
        foreach (var (sound, _, _, isRun) in syllables)
        {
            full.Append(sound);
            initials.Append(isRun ? sound : sound[..1]);
        }

        var (spoken, shorthand) = (full.ToString(), initials.ToString());
        var (at, atSpoken, atShorthand) = (0, 0, 0);
        foreach (var (sound, length, _, isRun) in syllables)
        {
            if (at >= telling)
            {
                break;
            }

            keys.Add(Cut(spoken, atSpoken));
            keys.Add(Cut(shorthand, atShorthand));
            at += length;
            atSpoken += sound.Length;
            atShorthand += isRun ? sound.Length : 1;
        }
    }

    private static List<List<Pinyin.Syllable>> Readings(List<Pinyin.Syllable> syllables)
    {
        var readings = new List<List<Pinyin.Syllable>> { syllables };
        foreach (var (i, syllable) in syllables.Index().Where(s => s.Item.Other is not null).Take(AmbiguousAtMost))
        {
            readings.AddRange(readings.ConvertAll(r => r.Index().Select(s => s.Index == i ? syllable with { Sound = syllable.Other! } : s.Item).ToList()));
        }

        return readings;
    }

    // In ordinal order a key that begins any other key begins the next one.
    private static List<string> WithoutBeginnings(List<string> keys)
    {
        keys.Sort(string.CompareOrdinal);
        var kept = new List<string>(keys.Count);
        for (var i = 0; i < keys.Count; i++)
        {
            if (keys[i].Length > 0 && (i + 1 == keys.Count || !keys[i + 1].StartsWith(keys[i], StringComparison.Ordinal)))
            {
                kept.Add(keys[i]);
            }
        }

        return kept;
    }

    private static string Cut(string text, int from) => text.Substring(from, Math.Min(Length, text.Length - from));
}
