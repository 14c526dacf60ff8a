namespace JinshanBio.Crm.Domain.Reviews;

/// <summary>评审表: the scoring criteria and veto items that a published document names for a park, a field or all. None is shipped: the district's own documents give none.</summary>
public sealed class ReviewSheet : Entity
{
    private ReviewSheet() { }

    public ReviewSheet(SheetTerms terms, IReadOnlyList<SheetItemTerms> items) => Edit(terms, items);

    public string Title { get; private set; } = "";

    /// <summary>文号.</summary>
    public string Document { get; private set; } = "";

    /// <summary>For reviews of projects with a place in this park; null for every park.</summary>
    public Guid? ParkId { get; private set; }

    /// <summary>Code of the field; null for every field.</summary>
    public string? Field { get; private set; }
    public DateOnly ValidFrom { get; private set; }

    /// <summary>The last day on which it holds; null until the document is repealed.</summary>
    public DateOnly? ValidUntil { get; private set; }

    /// <summary>The expiry that administrators have been told of; set by the job only.</summary>
    public DateOnly? ToldExpiry { get; private set; }
    public ICollection<ReviewSheetItem> Items { get; } = [];

    /// <summary>Reviews that are open keep the items they began with.</summary>
    /// <exception cref="Refusal">Invalid for a criterion without points or with a minimum above them.</exception>
    public void Edit(SheetTerms terms, IReadOnlyList<SheetItemTerms> items)
    {
        (Title, Document, ParkId, Field) = (terms.Title.Trim(), terms.Document.Trim(), terms.ParkId, terms.Field);
        (ValidFrom, ValidUntil) = (terms.ValidFrom, terms.ValidUntil);
        if (items.Any(i => !i.IsVeto && (i.Most is null or <= 0 || i.Least > i.Most || i.Least < 0))) throw new Refusal(RefusalCode.Invalid) { Field = "items" };
        foreach (var gone in Items.Where(i => i.Order > items.Count).ToList()) Items.Remove(gone);
        for (var order = 1; order <= items.Count; order++)
        {
            if (Items.FirstOrDefault(i => i.Order == order) is { } there) there.Say(items[order - 1]);
            else Items.Add(new ReviewSheetItem(Id, order, items[order - 1]));
        }
    }

    public bool HoldsOn(DateOnly day) => ValidFrom <= day && (ValidUntil is not { } until || day <= until);

    /// <summary>The more exactly a sheet speaks of park and field, the sooner it is taken.</summary>
    public int Closeness => (ParkId is null ? 0 : 2) + (Field is null ? 0 : 1);
}

/// <summary>One criterion with its points, or one veto item 一票否决.</summary>
public sealed class ReviewSheetItem
{
    private ReviewSheetItem() { }

    internal ReviewSheetItem(Guid sheetId, int order, SheetItemTerms terms)
    {
        (SheetId, Order) = (sheetId, order);
        Say(terms);
    }

    public Guid SheetId { get; private set; }
    public int Order { get; private set; }
    public bool IsVeto { get; private set; }
    public string NameZh { get; private set; } = "";
    public string NameEn { get; private set; } = "";
    public decimal? Most { get; private set; }
    public decimal? Least { get; private set; }

    internal void Say(SheetItemTerms terms)
    {
        (IsVeto, NameZh) = (terms.IsVeto, terms.NameZh.Trim());
        NameEn = terms.NameEn?.Trim() is { Length: > 0 } english ? english : NameZh;
        Most = terms.IsVeto ? null : terms.Most;
        Least = terms.IsVeto ? null : terms.Least;
    }
}

/// <summary>评分: an item of the sheet as it was when the review began, and what was found.</summary>
public sealed class ReviewMark
{
    private ReviewMark() { }

    internal ReviewMark(Guid reviewId, ReviewSheetItem item)
        => (ReviewId, Order, IsVeto, NameZh, NameEn, Most, Least) = (reviewId, item.Order, item.IsVeto, item.NameZh, item.NameEn, item.Most, item.Least);

    public Guid ReviewId { get; private set; }
    public int Order { get; private set; }
    public bool IsVeto { get; private set; }
    public string NameZh { get; private set; } = "";
    public string NameEn { get; private set; } = "";
    public decimal? Most { get; private set; }
    public decimal? Least { get; private set; }
    public decimal? Points { get; private set; }

    /// <summary>The veto item hits.</summary>
    public bool? IsHit { get; private set; }
    public bool IsMarked => IsVeto ? IsHit is not null : Points is not null;

    internal void Set(decimal? points, bool? hit)
    {
        if (!IsVeto && points is { } given && (given < 0 || given > Most)) throw new Refusal(RefusalCode.MarkOutOfRange, NameZh, Most!.Value) { Field = $"marks.{Order}" };
        Points = IsVeto ? null : points;
        IsHit = IsVeto ? hit : null;
    }
}

public sealed record SheetTerms(string Title, string Document, Guid? ParkId, string? Field, DateOnly ValidFrom, DateOnly? ValidUntil);

/// <param name="Most">Points at most; null for a veto item.</param>
/// <param name="Least">Points without which a project does not pass, or null.</param>
public sealed record SheetItemTerms(bool IsVeto, string NameZh, string? NameEn, decimal? Most, decimal? Least);
