namespace JinshanBio.Crm.Domain.Agreements;

/// <summary>承诺的支持措施: every one rests on a public document, and says an amount or expressly none.</summary>
public sealed class PromisedMeasure
{
    private PromisedMeasure() { }

    internal PromisedMeasure(Guid agreementId, MeasureTerms terms)
    {
        AgreementId = agreementId;
        Say(terms);
    }

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid AgreementId { get; private set; }

    /// <summary>Code of the kind, such as PM-31.</summary>
    public string Kind { get; private set; } = "";
    public string? DocumentNumber { get; private set; }
    public string? DocumentTitle { get; private set; }
    public DateOnly? DocumentDate { get; private set; }

    /// <summary>CNY yuan.</summary>
    public decimal? Amount { get; private set; }

    /// <summary>It is promised without an amount, expressly.</summary>
    public bool WithoutAmount { get; private set; }
    public string? Conditions { get; private set; }

    /// <summary>Code of the department that delivers it.</summary>
    public string? Unit { get; private set; }

    /// <summary>The law or regulation, for what only these permit.</summary>
    public string? StatutoryBasis { get; private set; }

    internal void Say(MeasureTerms terms)
    {
        (Kind, DocumentNumber, DocumentTitle, DocumentDate) = (terms.Kind, Clean(terms.DocumentNumber), Clean(terms.DocumentTitle), terms.DocumentDate);
        WithoutAmount = terms.WithoutAmount;
        Amount = terms.WithoutAmount ? null : terms.Amount;
        (Conditions, Unit, StatutoryBasis) = (Clean(terms.Conditions), Clean(terms.Unit), Clean(terms.StatutoryBasis));
    }

    internal IEnumerable<string> Lacks(MeasureWay way)
    {
        if (DocumentNumber is null) yield return "documentNumber";
        if (DocumentTitle is null) yield return "documentTitle";
        if (DocumentDate is null) yield return "documentDate";
        if (Amount is null && !WithoutAmount) yield return "amount";
        if (Conditions is null) yield return "conditions";
        if (Unit is null) yield return "unit";
        if (way == MeasureWay.StatutoryOnly && StatutoryBasis is null) yield return "statutoryBasis";
    }

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>What is said about a promised measure. Amount in yuan.</summary>
public sealed record MeasureTerms(
    string Kind, string? DocumentNumber, string? DocumentTitle, DateOnly? DocumentDate, decimal? Amount, bool WithoutAmount, string? Conditions, string? Unit, string? StatutoryBasis);

/// <summary>How much fair-competition review a kind of measure needs.</summary>
public enum MeasureWay
{
    /// <summary>普惠服务</summary>
    Low,
    /// <summary>含资金或资源安排</summary>
    Medium,
    /// <summary>可能构成对特定经营者的奖补</summary>
    High,
    /// <summary>须有法律、行政法规或国务院依据</summary>
    StatutoryOnly,
}
