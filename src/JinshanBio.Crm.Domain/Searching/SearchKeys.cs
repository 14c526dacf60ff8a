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

    /// <summary>
    /// The keys of an enterprise with what each is a part of, so that a hit on the name counts for more than one on its sound:
    /// of the name, of its other names, and the credit code. A key that only begins a better or equal one is left out.
    /// </summary>
    public static IReadOnlyList<SearchKey> OfEnterprise(string name, string coreName, IEnumerable<string> otherNames, string? creditCode)
    {
        var keys = new List<SearchKey>();
        var whole = SearchText.Normalise(name);
        var start = Math.Max(0, whole.IndexOf(coreName, StringComparison.Ordinal));
        AddName(keys, name, Pinyin.Read, at => at == 0 || at == start ? KeyKind.Start : KeyKind.Part);
        foreach (var other in otherNames) AddName(keys, other, Pinyin.Read, _ => KeyKind.Alias);
        if (creditCode is not null) keys.Add(new(KeyKind.Start, Cut(SearchText.Normalise(creditCode), 0)));
        return WithoutBeginnings(keys);
    }

    /// <summary>
    /// What somebody may mean who mixes characters and letters (金shan, 上海ky): the whole as it sounds and by its initials, and the
    /// first characters, which the name must hold as well. Null when the two are not mixed.
    /// </summary>
    public static MixedQuery? Mixed(string q)
    {
        var text = SearchText.Normalise(q);
        var from = text.AsSpan().IndexOfAnyInRange('\u4E00', '\u9FFF');
        if (from < 0 || !text.Any(char.IsAsciiLetter)) return null;
        var to = from;
        while (to < text.Length && Pinyin.IsHan(text[to])) to++;
        var keys = new List<SearchKey>();
        foreach (var syllables in Readings(Pinyin.Read(text)))
        {
            keys.Add(new(KeyKind.Pinyin, Cut(string.Concat(syllables.Select(s => s.Sound)), 0)));
            keys.Add(new(KeyKind.Initials, Cut(string.Concat(syllables.Select(s => s.IsRun ? s.Sound : s.Sound[..1])), 0)));
        }
        return new MixedQuery([.. keys.Distinct()], Cut(text[from..to], 0));
    }

    private static List<string> Of(string name, Func<string, List<Pinyin.Syllable>> read, IEnumerable<string?> more)
    {
        var keys = new List<SearchKey>();
        AddName(keys, name, read, _ => KeyKind.Start);
        keys.AddRange(more.Select(text => new SearchKey(KeyKind.Start, Cut(SearchText.Normalise(text), 0))));
        return WithoutBeginnings([.. keys.Select(k => k with { Kind = KeyKind.Start })]).ConvertAll(k => k.Key);
    }

    private static void AddName(List<SearchKey> keys, string name, Func<string, List<Pinyin.Syllable>> read, Func<int, KeyKind> kindAt)
    {
        var whole = SearchText.Normalise(name);
        var telling = SearchText.Normalise(EnterpriseName.WithoutForm(SearchText.Fold(name))).Length;
        for (var i = 0; i < telling; i++)
        {
            keys.Add(new(kindAt(i), Cut(whole, i)));
        }

        foreach (var syllables in Readings(read(whole)))
        {
            AddSpoken(keys, syllables, telling);
        }
    }

    private static void AddSpoken(List<SearchKey> keys, List<Pinyin.Syllable> syllables, int telling)
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

            keys.Add(new(KeyKind.Pinyin, Cut(spoken, atSpoken)));
            keys.Add(new(KeyKind.Initials, Cut(shorthand, atShorthand)));
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

    // In ordinal order everything that a key begins follows it directly.
    private static List<SearchKey> WithoutBeginnings(List<SearchKey> keys)
    {
        keys.Sort((a, b) => string.CompareOrdinal(a.Key, b.Key) is not 0 and var order ? order : a.Kind.CompareTo(b.Kind));
        var kept = new List<SearchKey>(keys.Count);
        for (var i = 0; i < keys.Count; i++)
        {
            if (keys[i].Key.Length > 0 && !IsAnswered(keys, i) && !(kept.Count > 0 && kept[^1] == keys[i])) kept.Add(keys[i]);
        }

        return kept;
    }

    private static bool IsAnswered(List<SearchKey> keys, int at)
    {
        var (kind, key) = keys[at];
        // The same key with a better kind stands before it.
        if (at > 0 && keys[at - 1].Key == key) return true;
        for (var i = at + 1; i < keys.Count && keys[i].Key.StartsWith(key, StringComparison.Ordinal); i++)
        {
            if (keys[i].Kind <= kind && keys[i].Key != key) return true;
        }

        return false;
    }

    private static string Cut(string text, int from) => text.Substring(from, Math.Min(Length, text.Length - from));
}

/// <summary>What a key is a part of, the best first: the order in which hits are shown.</summary>
public enum KeyKind
{
    /// <summary>Beginning of the name, with or without its region, or the credit code.</summary>
    Start,
    /// <summary>Further inside the name.</summary>
    Part,
    /// <summary>In another name.</summary>
    Alias,
    /// <summary>How a name sounds.</summary>
    Pinyin,
    /// <summary>The first letters of that.</summary>
    Initials,
}

public readonly record struct SearchKey(KeyKind Kind, string Key);

/// <param name="Keys">One of these, as a sound or as initials …</param>
/// <param name="Characters">… and these characters in one of the names.</param>
public sealed record MixedQuery(IReadOnlyList<SearchKey> Keys, string Characters);
