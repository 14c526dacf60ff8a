namespace JinshanBio.Crm.Domain.Chain;

/// <summary>环节沿革: a link over its editions. A code means one link for ever: it is never given to another.</summary>
public sealed class LinkHistory(string code, IEnumerable<LinkEdition> editions) : MapHistory<LinkEdition>(editions)
{
    public string Code { get; } = code;

    /// <exception cref="Refusal">LinkCodeTaken, also by a link that is off the map.</exception>
    public LinkEdition Add(LinkTerms terms, Edit edit)
        => Version == 0 ? Follow(new LinkEdition(Code, terms, edit.After(ChainMap.Always))) : throw new Refusal(RefusalCode.LinkCodeTaken, Code) { Field = "code" };

    /// <returns>Null when the terms say nothing new.</returns>
    /// <exception cref="Refusal">LinkTakenOff.</exception>
    public LinkEdition? Revise(LinkTerms terms, Edit edit)
    {
        MustBeOnMap();
        var next = new LinkEdition(Code, terms, Later(edit));
        return Last!.Terms.SaysTheSame(next.Terms) ? null : Follow(next);
    }

    /// <summary>What points to it stays, and is reported as dangling.</summary>
    /// <exception cref="Refusal">LinkTakenOff.</exception>
    public void Retire(Edit edit)
    {
        MustBeOnMap();
        TakeOff(edit);
    }

    /// <summary>As it last was, or as said now.</summary>
    /// <exception cref="Refusal">LinkOnMap, NotFound.</exception>
    public LinkEdition Restore(Edit edit, LinkTerms? terms = null)
    {
        if (Last is null) throw new Refusal(RefusalCode.NotFound);
        if (IsOnMap) throw new Refusal(RefusalCode.LinkOnMap, Code);
        return Follow(new LinkEdition(Code, terms ?? Last.Terms, Later(edit)));
    }

    /// <summary>The next code of the field: after the highest that any link, on the map or off it, ever had.</summary>
    public static string NextCode(string field, IEnumerable<string> everUsed)
    {
        var numbers = everUsed.Where(c => c.StartsWith(field + "-", StringComparison.Ordinal)).Select(c => int.TryParse(c.AsSpan(field.Length + 1), out var number) ? number : 0);
        return $"{field}-{numbers.DefaultIfEmpty().Max() + 1:00}";
    }

    private void MustBeOnMap()
    {
        if (Last is null) throw new Refusal(RefusalCode.NotFound);
        if (!IsOnMap) throw new Refusal(RefusalCode.LinkTakenOff, Code);
    }

    private protected override IReadOnlyList<TermChange> Difference(LinkEdition before, LinkEdition after) => TermChange.Between(before.Terms, after.Terms);
}

/// <summary>供应关系沿革: an edge over its editions.</summary>
public sealed class EdgeHistory(EdgeKey key, IEnumerable<EdgeEdition> editions) : MapHistory<EdgeEdition>(editions)
{
    public EdgeKey Key { get; } = key;

    /// <summary>Also one that was removed before.</summary>
    /// <exception cref="Refusal">EdgeExists, EdgeToItself, UnknownLink.</exception>
    public EdgeEdition Add(EdgeTerms terms, Edit edit, Func<string, bool> isOnMap)
    {
        if (Key.Supplier == Key.Buyer) throw new Refusal(RefusalCode.EdgeToItself) { Field = "buyer" };
        if (!isOnMap(Key.Supplier)) throw new Refusal(RefusalCode.UnknownLink, Key.Supplier) { Field = "supplier" };
        if (!isOnMap(Key.Buyer)) throw new Refusal(RefusalCode.UnknownLink, Key.Buyer) { Field = "buyer" };
        if (IsOnMap) throw new Refusal(RefusalCode.EdgeExists, Key.Supplier, Key.Buyer);
        return Follow(new EdgeEdition(Key, terms, Last is null ? edit.After(ChainMap.Always) : Later(edit)));
    }

    /// <returns>Null when the terms say nothing new.</returns>
    /// <exception cref="Refusal">EdgeRemoved.</exception>
    public EdgeEdition? Revise(EdgeTerms terms, Edit edit)
    {
        MustBeOnMap();
        var next = new EdgeEdition(Key, terms, Later(edit));
        return Last!.Terms == next.Terms ? null : Follow(next);
    }

    /// <exception cref="Refusal">EdgeRemoved.</exception>
    public void Remove(Edit edit)
    {
        MustBeOnMap();
        TakeOff(edit);
    }

    private void MustBeOnMap()
    {
        if (Last is null) throw new Refusal(RefusalCode.NotFound);
        if (!IsOnMap) throw new Refusal(RefusalCode.EdgeRemoved, Key.Supplier, Key.Buyer);
    }

    private protected override IReadOnlyList<TermChange> Difference(EdgeEdition before, EdgeEdition after) => TermChange.Between(before.Terms, after.Terms);
}
