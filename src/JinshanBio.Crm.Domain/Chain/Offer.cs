using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Enterprises;

namespace JinshanBio.Crm.Domain.Chain;

/// <summary>供需: something that an enterprise here supplies or needs, posted so that the district can bring the two together.</summary>
public sealed class Offer : Entity
{
    private Offer() { }

    /// <param name="number">"GX-2026-00001".</param>
    /// <param name="field">Main field of the link on the day of posting: by it each is counted once.</param>
    /// <exception cref="Refusal">DayInPast.</exception>
    public Offer(string number, Enterprise enterprise, OfferKind kind, string field, Guid? parkId, OfferTerms terms, DateTime now, Guid byId)
    {
        (Number, EnterpriseId, Enterprise, Kind, ParkId, PostedAt, PostedById) = (number, enterprise.Id, enterprise, kind, parkId, now, byId);
        Say(terms, field, now);
    }

    public string Number { get; private set; } = "";
    public OfferKind Kind { get; private set; }
    public Guid EnterpriseId { get; private set; }
    public Enterprise? Enterprise { get; private set; }

    /// <summary>Where the enterprise stands, if in a park.</summary>
    public Guid? ParkId { get; private set; }

    /// <summary>Code of the link that makes it, for a supply and a demand alike.</summary>
    public string Link { get; private set; } = "";
    public string Field { get; private set; } = "";
    public string Product { get; private set; } = "";
    public string? Quantity { get; private set; }
    public string? Note { get; private set; }

    /// <summary>Last day; null for as long as nobody closes it.</summary>
    public DateOnly? ValidUntil { get; private set; }
    public OfferStatus Status { get; private set; }
    public OfferClosing? Closing { get; private set; }
    public string? CloseNote { get; private set; }
    public DateTime? ClosedAt { get; private set; }
    public Guid? ClosedById { get; private set; }
    public DateTime PostedAt { get; private set; }
    public Guid PostedById { get; private set; }

    /// <summary>How often it was introduced, from its own side or the other; stored, because lists ask for it and so that of two who introduce at once the second is told.</summary>
    public int IntroductionCount { get; private set; }

    /// <summary>Introductions that began with this one.</summary>
    public ICollection<Introduction> Introductions { get; } = [];

    /// <summary>Open, and its last day is not over, whether or not the job has closed it yet.</summary>
    public bool IsOpenOn(DateOnly day) => Status == OfferStatus.Open && !(ValidUntil < day);

    /// <exception cref="Refusal">OfferClosed, DayInPast.</exception>
    public void Edit(OfferTerms terms, string field, DateTime now)
    {
        MustBeOpen(now);
        Say(terms, field, now);
    }

    /// <exception cref="Refusal">OfferClosed.</exception>
    public void Close(OfferClosing closing, string? note, DateTime now, Guid byId)
    {
        if (Status == OfferStatus.Closed) throw new Refusal(RefusalCode.OfferClosed, Number);
        (Status, Closing, CloseNote, ClosedAt, ClosedById) = (OfferStatus.Closed, closing, Trimmed(note), now, byId);
    }

    /// <summary>引荐: brings the enterprise together with another. Wants its introductions loaded.</summary>
    /// <param name="counter">The other side's own post, where there is one.</param>
    /// <param name="nextOn">Day on which somebody asks what came of it.</param>
    /// <exception cref="Refusal">OfferClosed, IntroductionToItself, IntroducedAlready, DayInPast.</exception>
    public Introduction Introduce(Enterprise other, Guid? otherParkId, Offer? counter, string? note, DateOnly nextOn, DateTime now, Guid byId)
    {
        MustBeOpen(now);
        counter?.MustBeOpen(now);
        if (other.Id == EnterpriseId) throw new Refusal(RefusalCode.IntroductionToItself) { Field = "enterpriseId" };
        if (Introductions.Any(i => i.EnterpriseId == other.Id)) throw new Refusal(RefusalCode.IntroducedAlready, Number) { Field = "enterpriseId" };
        var introduction = new Introduction(this, other, otherParkId, counter?.Id, note, nextOn, now, byId);
        Introductions.Add(introduction);
        IntroductionCount++;
        if (counter is not null) counter.IntroductionCount++;
        return introduction;
    }

    /// <summary>合并: goes where its enterprise goes.</summary>
    internal void BelongTo(Enterprise enterprise) => (EnterpriseId, Enterprise) = (enterprise.Id, enterprise);

    private void Say(OfferTerms terms, string field, DateTime now)
    {
        if (terms.ValidUntil < ShanghaiTime.Day(now)) throw new Refusal(RefusalCode.DayInPast) { Field = "validUntil" };
        (Link, Field, Product, Quantity, Note, ValidUntil) = (terms.Link, field, terms.Product.Trim(), Trimmed(terms.Quantity), Trimmed(terms.Note), terms.ValidUntil);
    }

    private void MustBeOpen(DateTime now)
    {
        if (!IsOpenOn(ShanghaiTime.Day(now))) throw new Refusal(RefusalCode.OfferClosed, Number);
    }

    internal static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>What is said about a supply or demand.</summary>
public sealed record OfferTerms(string Link, string Product, string? Quantity, string? Note, DateOnly? ValidUntil);

public enum OfferKind
{
    /// <summary>供给</summary>
    Supply,
    /// <summary>需求</summary>
    Demand,
}

public enum OfferStatus
{
    /// <summary>有效</summary>
    Open,
    /// <summary>已结束</summary>
    Closed,
}

/// <summary>Why it was closed.</summary>
public enum OfferClosing
{
    /// <summary>已对接成功</summary>
    Matched,
    /// <summary>已撤回</summary>
    Withdrawn,
    /// <summary>已到期: its last day is over; the job says so.</summary>
    Lapsed,
}
