using JinshanBio.Crm.Domain.Searching;

namespace JinshanBio.Crm.Domain.Chain;

/// <summary>
/// The words of all links in one automaton (Aho-Corasick), so that a text is read once however many words there are. A term of the map (a part of a link's name, or a
/// product) is found as a whole and, in Chinese, where the head of a word stands at its end, by its last three characters or more.
/// </summary>
internal sealed class LinkWords
{
    private const int ShortestEnd = 3, ShortestTerm = 2;

    // Said in nearly every business scope, so that it tells nothing; longer words that contain one of these do.
    private static readonly string[] Generic =
    [
        "技术服务", "技术开发", "技术咨询", "技术转让", "技术推广", "技术交流", "研发服务", "检测服务", "配套服务", "货物进出口", "技术进出口", "进出口", "一次性用品", "其他产品", "相关产品",
        "新材料", "高分子材料", "包装材料", "专用设备", "机械设备", "生产设备", "仪器设备", "医疗器械", "化工产品", "化工原料", "services", "technology", "equipment", "products", "materials",
    ];

    // Neither names nor products by themselves.
    private static readonly HashSet<string> Empty = ["应用", "服务", "产品", "设备", "装备", "技术", "材料", "原料", "工程", "系统", "筛选", "检测", "粘合", "验证", "生产", "配套", "关键原料", "国际注册", "渠道", "品牌", "gmp", "and", "of", "for"];

    private readonly List<Dictionary<char, int>> _next = [[]];
    private readonly List<int> _fail = [0], _shorter = [-1];
    private readonly List<List<Meaning>> _says = [[]];
    private readonly List<string?> _word = [null];
    private readonly HashSet<int> _generic = [];

    private readonly record struct Meaning(string Link, string Term, double Part);

    public LinkWords(IEnumerable<LinkEdition> links)
    {
        foreach (var word in Generic) _generic.Add(Node(SearchText.Fold(word)));
        foreach (var link in links)
        {
            foreach (var term in new[] { link.NameZh, link.NameEn }.Concat(link.Products).SelectMany(Parts).Distinct(StringComparer.OrdinalIgnoreCase))
            {
                var word = SearchText.Fold(term);
                Say(Node(word), new Meaning(link.Code, term, 1));
                if (word.Any(IsLatin)) continue;
                for (var length = ShortestEnd; length < word.Length; length++) Say(Node(word[^length..]), new Meaning(link.Code, term, (double)length / word.Length));
            }
        }
        LinkUp();
    }

    /// <summary>All that is looked for, for the fingerprint.</summary>
    public IEnumerable<string> Describe() => _says.Index().Where(s => s.Item.Count > 0).Select(s => $"{_word[s.Index]}={string.Join('|', s.Item.Select(m => m.Link + m.Term))}").Order(StringComparer.Ordinal);

    /// <summary>Every word of the map that stands in the text, except where the text says that it is not meant.</summary>
    public IEnumerable<FoundWord> Find(string? text, ClueKind field)
    {
        if (string.IsNullOrWhiteSpace(text)) return [];
        var folded = SearchText.Fold(text);
        var hits = Hits(folded);
        if (hits.Count == 0) return [];
        var none = Exclusions.In(folded);
        var generic = hits.Where(h => _generic.Contains(h.Node)).Select(h => (h.Start, End: h.Start + h.Length)).ToList();
        return hits.Where(h => _says[h.Node].Count > 0 && !none.Exists(x => h.Start < x.End && x.Start < h.Start + h.Length)
                && !generic.Exists(g => g.Start <= h.Start && h.Start + h.Length <= g.End))
            .SelectMany(h => _says[h.Node].Select(m => new FoundWord(m.Link, m.Term, _word[h.Node]!, field, h.Start, LengthOf(_word[h.Node]!), m.Part, _says[h.Node].Select(x => x.Link).Distinct(StringComparer.Ordinal).Count())));
    }

    private List<(int Node, int Start, int Length)> Hits(string text)
    {
        var hits = new List<(int, int, int)>();
        var node = 0;
        for (var i = 0; i < text.Length; i++)
        {
            while (node != 0 && !_next[node].ContainsKey(text[i])) node = _fail[node];
            node = _next[node].GetValueOrDefault(text[i]);
            for (var found = node; found > 0; found = _shorter[found])
            {
                if (_word[found] is not { } word) continue;
                var start = i - word.Length + 1;
                // "pla" does not stand in "plant".
                if (IsLatin(word[0]) && start > 0 && IsLatin(text[start - 1]) || IsLatin(word[^1]) && i + 1 < text.Length && IsLatin(text[i + 1])) continue;
                hits.Add((found, start, word.Length));
            }
        }
        return hits;
    }

    private int Node(string word)
    {
        var node = 0;
        foreach (var c in word)
        {
            if (!_next[node].TryGetValue(c, out var next))
            {
                next = _next.Count;
                _next[node].Add(c, next);
                _next.Add([]);
                _fail.Add(0);
                _shorter.Add(-1);
                _says.Add([]);
                _word.Add(null);
            }
            node = next;
        }
        _word[node] = word;
        return node;
    }

    // Of the terms of one link that end alike, the one of which it is the greater part.
    private void Say(int node, Meaning meaning)
    {
        var known = _says[node].FindIndex(m => m.Link == meaning.Link);
        if (known < 0) _says[node].Add(meaning);
        else if (meaning.Part > _says[node][known].Part) _says[node][known] = meaning;
    }

    private void LinkUp()
    {
        var queue = new Queue<int>(_next[0].Values);
        while (queue.TryDequeue(out var node))
        {
            _shorter[node] = _word[_fail[node]] is not null ? _fail[node] : _shorter[_fail[node]];
            foreach (var (c, child) in _next[node])
            {
                var back = _fail[node];
                while (back != 0 && !_next[back].ContainsKey(c)) back = _fail[back];
                _fail[child] = _next[back].TryGetValue(c, out var there) && there != child ? there : 0;
                queue.Enqueue(child);
            }
        }
    }

    /// <summary>"细胞培养基与血清" names two things, "委托研发服务(CRO)" says one in two ways.</summary>
    private static IEnumerable<string> Parts(string name) => name
        .Split(['、', '/', '(', ')', '（', '）', ',', '，', ':', '：', '与', '和', '及', ';', '；'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .SelectMany(p => p.Split(" and ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        .Where(p => p.Length >= ShortestTerm && !Empty.Contains(SearchText.Fold(p)) && !p.All(c => char.IsAsciiDigit(c) || c == '-'));

    // A letter carries about half of what a character does.
    private static int LengthOf(string word) => word.Any(c => c > '\u02FF') ? word.Length : (word.Length + 1) / 2;

    private static bool IsLatin(char c) => char.IsAsciiLetterOrDigit(c);
}

/// <summary>A word of the map that stands in a text.</summary>
/// <param name="Said">Half-width and in lower case.</param>
/// <param name="Part">Of the term, the part that stands there, 0–1.</param>
internal readonly record struct FoundWord(string Link, string Term, string Said, ClueKind Field, int Start, int Length, double Part, int Links)
{
    public bool Overlaps(FoundWord other) => Field == other.Field && Start < other.Start + other.Said.Length && other.Start < Start + Said.Length;
}
