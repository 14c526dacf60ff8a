using JinshanBio.Crm.Domain.Projects;

namespace JinshanBio.Crm.Domain.Agreements;

/// <summary>协议: a letter of intent, framework, formal agreement or supplement of a project. Only a signed formal agreement and its increases are counted.</summary>
public sealed class Agreement : Entity
{
    private Agreement() { }

    /// <exception cref="Refusal">Invalid for an increase of nothing.</exception>
    public Agreement(Guid projectId, AgreementKind kind, AgreementTerms terms, DateTime now, Guid byId)
    {
        (ProjectId, Kind, RecordedAt, RecordedById) = (projectId, kind, now, byId);
        Write(terms);
    }

    /// <summary>What a client that moves a project to S60 says in evidence alone: signed on that day over the project's investment.</summary>
    public static Agreement FromEvidence(Project project, string number, string investor, string? creditCode, DateOnly day, DateTime now, Guid byId)
    {
        var agreement = new Agreement(project.Id, AgreementKind.Formal, new AgreementTerms { Number = number, InvestorName = investor, InvestorCode = creditCode, Amount = project.Investment }, now, byId)
        {
            IsFromEvidence = true,
        };
        (agreement.Status, agreement.SignedOn, agreement.SignedAt, agreement.SignedById) = (AgreementStatus.Signed, day, now, byId);
        return agreement;
    }

    public Guid ProjectId { get; private set; }
    public Project? Project { get; private set; }
    public AgreementKind Kind { get; private set; }
    public AgreementStatus Status { get; private set; }

    /// <summary>The agreement's own number, as it stands on the paper.</summary>
    public string? Number { get; private set; }

    /// <summary>The number without punctuation and leading zeros: two that differ only in these are one.</summary>
    public string? NumberKey { get; private set; }

    /// <summary>甲方.</summary>
    public string? OurParty { get; private set; }

    /// <summary>乙方.</summary>
    public string InvestorName { get; private set; } = "";

    /// <summary>Null for a foreign firm.</summary>
    public string? InvestorCode { get; private set; }

    /// <summary>CNY yuan; of a supplement the increase alone.</summary>
    public decimal Amount { get; private set; }

    /// <summary>ISO 4217, with the amount in it, and the rate of its day that made yuan of it.</summary>
    public string? Currency { get; private set; }
    public decimal? ForeignAmount { get; private set; }
    public decimal? Rate { get; private set; }
    public DateOnly? RateDay { get; private set; }

    /// <summary>履约条款.</summary>
    public string? Performance { get; private set; }
    public DateOnly? SignedOn { get; private set; }
    public string? Place { get; private set; }

    /// <summary>The event at which it was signed 签约场次.</summary>
    public string? Event { get; private set; }
    public DateTime RecordedAt { get; private set; }
    public Guid RecordedById { get; private set; }
    public DateTime? SignedAt { get; private set; }
    public Guid? SignedById { get; private set; }

    /// <summary>Why it was signed although it looked like a deal that had been signed before.</summary>
    public string? OverrideReason { get; private set; }

    /// <summary>Recorded by the move to S60 from typed evidence; the rest may be written down later.</summary>
    public bool IsFromEvidence { get; private init; }
    public string? VoidReason { get; private set; }
    public DateTime? VoidedAt { get; private set; }
    public Guid? VoidedById { get; private set; }

    /// <summary>One more with each step on the agreement or its measures.</summary>
    public int Steps { get; private set; }
    public ICollection<PromisedMeasure> Measures { get; } = [];

    public bool Counts => Status == AgreementStatus.Signed && Kind is AgreementKind.Formal or AgreementKind.Supplement;

    /// <summary>Once signed, only what is not counted may still be written down: our party, place, event and terms.</summary>
    /// <exception cref="Refusal">AgreementSigned, AgreementVoid.</exception>
    public void Edit(AgreementTerms terms)
    {
        MustLive();
        if (Status == AgreementStatus.Signed && !SaysTheSame(terms)) throw new Refusal(RefusalCode.AgreementSigned, Number!);
        Write(terms);
    }

    /// <summary>支持措施: promised to the investor; replaces the row of that id.</summary>
    /// <exception cref="Refusal">AgreementSigned, AgreementVoid, NotFound.</exception>
    public PromisedMeasure Promise(Guid? id, MeasureTerms terms)
    {
        MustBeDraft();
        Steps++;
        if (id is null)
        {
            var measure = new PromisedMeasure(Id, terms);
            Measures.Add(measure);
            return measure;
        }
        var known = Measures.FirstOrDefault(m => m.Id == id) ?? throw new Refusal(RefusalCode.NotFound);
        known.Say(terms);
        return known;
    }

    /// <exception cref="Refusal">AgreementSigned, AgreementVoid, NotFound.</exception>
    public void TakeBack(Guid measureId)
    {
        MustBeDraft();
        Steps++;
        Measures.Remove(Measures.FirstOrDefault(m => m.Id == measureId) ?? throw new Refusal(RefusalCode.NotFound));
    }

    /// <summary>签约. What binds neither side needs no fair-competition review.</summary>
    /// <param name="ways">How much fair-competition review each kind of measure needs.</param>
    /// <exception cref="Refusal">AgreementSigned, AgreementVoid, AgreementIncomplete (with what lacks and where), FairCompetitionOpen, MeasureUnreviewed.</exception>
    public void Sign(DateOnly day, FairCompetition? review, IReadOnlyDictionary<string, MeasureWay> ways, bool foreign, string? overrideReason, DateTime now, Guid byId)
    {
        MustBeDraft();
        if (Lacks(ways, foreign) is { Count: > 0 } lacking) throw new Refusal(RefusalCode.AgreementIncomplete, lacking.Count) { Missing = lacking };
        if (Kind is AgreementKind.Formal or AgreementKind.Supplement)
        {
            if (review is not { IsConcluded: true }) throw new Refusal(RefusalCode.FairCompetitionOpen) { Missing = ["fairCompetition"] };
            var unreviewed = review.IsReviewed ? [] : Measures.Where(m => ways.GetValueOrDefault(m.Kind) is MeasureWay.Medium or MeasureWay.High).Select(m => m.Kind).Distinct().ToList();
            if (unreviewed.Count > 0) throw new Refusal(RefusalCode.MeasureUnreviewed, string.Join(", ", unreviewed)) { Missing = [.. unreviewed.Select(k => $"measures.{k}.fairCompetition")] };
        }
        Steps++;
        OverrideReason = overrideReason?.Trim();
        (Status, SignedOn, SignedAt, SignedById) = (AgreementStatus.Signed, day, now, byId);
    }

    /// <summary>What is not yet there to sign, as the path of the input: "number", "measures.PM-31.documentNumber".</summary>
    public IReadOnlyList<string> Lacks(IReadOnlyDictionary<string, MeasureWay> ways, bool foreign)
    {
        if (Kind is AgreementKind.Intent or AgreementKind.Framework) return [];
        List<string> lacking = [];
        if (Number is null) lacking.Add("number");
        if (OurParty is null) lacking.Add("ourParty");
        if (InvestorCode is null && !foreign) lacking.Add("investorCode");
        if (Amount <= 0) lacking.Add("amount");
        foreach (var measure in Measures) lacking.AddRange(measure.Lacks(ways.GetValueOrDefault(measure.Kind)).Select(what => $"measures.{measure.Kind}.{what}"));
        return lacking;
    }

    /// <summary>作废, also when the project goes back before signing.</summary>
    /// <exception cref="Refusal">AgreementVoid.</exception>
    public void Void(string reason, DateTime now, Guid byId)
    {
        MustLive();
        (Status, VoidReason, VoidedAt, VoidedById) = (AgreementStatus.Void, reason.Trim(), now, byId);
    }

    /// <summary>Why it is another deal than one signed before.</summary>
    public void ExplainDeal(string reason) => OverrideReason = reason.Trim();

    private void Write(AgreementTerms t)
    {
        if (Kind == AgreementKind.Supplement && t.Amount <= 0) throw new Refusal(RefusalCode.Invalid) { Field = "amount" };
        Steps++;
        (Number, NumberKey) = (Clean(t.Number), SameDeal.KeyOf(t.Number));
        (OurParty, InvestorName, InvestorCode) = (Clean(t.OurParty), t.InvestorName!.Trim(), t.InvestorCode);
        (Amount, Currency, ForeignAmount, Rate, RateDay) = (t.Amount, Clean(t.Currency), t.ForeignAmount, t.Rate, t.RateDay);
        (Performance, Place, Event) = (Clean(t.Performance), Clean(t.Place), Clean(t.Event));
    }

    private bool SaysTheSame(AgreementTerms t) => (Clean(t.Number), t.InvestorName?.Trim(), t.InvestorCode, t.Amount, Clean(t.Currency), t.ForeignAmount, t.Rate, t.RateDay)
        == (Number, InvestorName, InvestorCode, Amount, Currency, ForeignAmount, Rate, RateDay);

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private void MustLive()
    {
        if (Status == AgreementStatus.Void) throw new Refusal(RefusalCode.AgreementVoid);
    }

    private void MustBeDraft()
    {
        MustLive();
        if (Status == AgreementStatus.Signed) throw new Refusal(RefusalCode.AgreementSigned, Number ?? "");
    }
}

/// <summary>What an agreement says. Amount in yuan; of a supplement the increase alone.</summary>
public sealed record AgreementTerms
{
    public string? Number { get; init; }
    public string? OurParty { get; init; }
    public string? InvestorName { get; init; }
    public string? InvestorCode { get; init; }
    public decimal Amount { get; init; }
    public string? Currency { get; init; }
    public decimal? ForeignAmount { get; init; }
    public decimal? Rate { get; init; }
    public DateOnly? RateDay { get; init; }
    public string? Performance { get; init; }
    public string? Place { get; init; }
    public string? Event { get; init; }
}

public enum AgreementKind
{
    /// <summary>意向书</summary>
    Intent,
    /// <summary>框架协议</summary>
    Framework,
    /// <summary>正式协议</summary>
    Formal,
    /// <summary>补充协议(增资)</summary>
    Supplement,
}

public enum AgreementStatus
{
    /// <summary>草稿</summary>
    Draft,
    /// <summary>已签</summary>
    Signed,
    /// <summary>作废</summary>
    Void,
}
