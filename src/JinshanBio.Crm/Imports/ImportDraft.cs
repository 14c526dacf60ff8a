using JinshanBio.Crm.Domain.Leads;

namespace JinshanBio.Crm.Imports;

/// <summary>What one row says, read and found well-formed. Null where it says nothing: an empty cell never erases.</summary>
/// <param name="Key">Our own id of the enterprise or number of the lead, from an exported list.</param>
/// <param name="Name">Empty only in a row that has a key.</param>
/// <param name="CoreName">The name without company form and region; see <see cref="Domain.Enterprises.EnterpriseName.Core"/>.</param>
/// <param name="CreditCode">Normalised and right, or null.</param>
/// <param name="Lead">For an import of leads.</param>
/// <param name="NextFollowUp">UTC.</param>
internal sealed record ImportDraft(
    string? Key, string Name, string CoreName, string? CreditCode, string? Address, string? Kind, string? Country, LeadDraft? Lead, DateTime? NextFollowUp)
{
    /// <summary>Of an import of enterprises.</summary>
    public string? IndustryCode { get; init; }
    public string? Scope { get; init; }

    /// <summary>For an import of spaces.</summary>
    public SpaceDraft? Space { get; init; }

    /// <summary>The columns that differ from what is known of the enterprise.</summary>
    /// <param name="byKey">Only our own id lets a list change the name.</param>
    public IEnumerable<string> NewsOver(KnownEnterprise known, bool byKey)
    {
        if (byKey && Name.Length > 0 && Name != known.Name) yield return ImportColumns.Name;
        if (CreditCode is not null && known.CreditCode is null) yield return ImportColumns.CreditCode;
        if (Address is not null && Address != known.Address) yield return ImportColumns.Address;
        if (Kind is not null && Kind != known.Kind) yield return ImportColumns.Kind;
        if (Country is not null && Country != known.Country) yield return ImportColumns.Country;
        if (IndustryCode is not null && IndustryCode != known.IndustryCode) yield return ImportColumns.IndustryCode;
        if (Scope is not null && Scope.ReplaceLineEndings("\n") != known.Scope?.ReplaceLineEndings("\n")) yield return ImportColumns.Scope;
    }
}

/// <param name="Field">Null, as the source, only in a row that has a key.</param>
internal sealed record LeadDraft(string? Field, IReadOnlyList<string> Links, LeadSource? Source, decimal? ExpectedInvestment, string? CodeName, string? Note)
{
    public LeadTerms ToTerms() => new(Field!, Links, Source!.Value, ExpectedInvestment ?? 0, CodeName, Note);

    /// <summary>What is said here, and the rest as it was.</summary>
    public LeadTerms Over(LeadTerms known) => new(Field ?? known.Field, Links.Count > 0 ? Links : known.Links, Source ?? known.Source,
        ExpectedInvestment ?? known.ExpectedInvestment, CodeName ?? known.CodeName, Note ?? known.Note);

    /// <summary>The columns that differ from what is known.</summary>
    public IEnumerable<string> NewsOver(LeadTerms known)
    {
        var terms = Over(known);
        if (terms.Field != known.Field) yield return ImportColumns.Field;
        if (!terms.Links.ToHashSet(StringComparer.Ordinal).SetEquals(known.Links)) yield return ImportColumns.Links;
        if (terms.Source != known.Source) yield return ImportColumns.Source;
        if (terms.ExpectedInvestment != known.ExpectedInvestment) yield return ImportColumns.ExpectedInvestment;
        if (terms.CodeName != known.CodeName) yield return ImportColumns.CodeName;
        // A workbook keeps a line break as one character, a text file as two.
        if (terms.Note?.ReplaceLineEndings("\n").Trim() != known.Note?.ReplaceLineEndings("\n").Trim()) yield return ImportColumns.Note;
    }
}

/// <summary>What an updated record said before, so that undo can turn it back.</summary>
internal sealed record BeforeUpdate(string? Name, string? CreditCode, string? Address, string? Kind, string? Country, LeadTerms? Lead)
{
    public string? IndustryCode { get; init; }
    public string? Scope { get; init; }

    /// <summary>Whether these two were kept: an import that ran before they existed says nothing of them.</summary>
    public bool KnowsTrade { get; init; }
}
