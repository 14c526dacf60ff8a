using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Enterprises;

namespace JinshanBio.Crm.Domain.Chain;

/// <summary>引荐: two enterprises here were brought together over a supply or demand, what became of it, and when somebody asks again.</summary>
public sealed class Introduction : Entity
{
    private Introduction() { }

    internal Introduction(Offer offer, Enterprise other, Guid? parkId, Guid? counterOfferId, string? note, DateOnly nextOn, DateTime now, Guid byId)
    {
        (OfferId, EnterpriseId, Enterprise, ParkId, CounterOfferId, Note, At, ById, OwnerId) = (offer.Id, other.Id, other, parkId, counterOfferId, Offer.Trimmed(note), now, byId, byId);
        AskOn(nextOn, now);
    }

    public Guid OfferId { get; private set; }
    public Offer? Offer { get; private set; }

    /// <summary>The other side.</summary>
    public Guid EnterpriseId { get; private set; }
    public Enterprise? Enterprise { get; private set; }

    /// <summary>Where the other side stands, if in a park.</summary>
    public Guid? ParkId { get; private set; }

    /// <summary>What the other side had posted itself.</summary>
    public Guid? CounterOfferId { get; private set; }
    public string? Note { get; private set; }
    public DateTime At { get; private set; }
    public Guid ById { get; private set; }

    /// <summary>Who asks what came of it: whoever introduced them, then whoever recorded last.</summary>
    public Guid OwnerId { get; private set; }
    public IntroductionState State { get; private set; }

    /// <summary>CNY yuan, of a contract.</summary>
    public decimal? Amount { get; private set; }
    public DateOnly? ContractOn { get; private set; }

    /// <summary>Day on which somebody asks what came of it; null once that is settled.</summary>
    public DateOnly? NextOn { get; private set; }

    /// <summary>The follow-up on the owner's own project that stands for this one; its reminder is then the only one.</summary>
    public Guid? FollowUpId { get; private set; }

    /// <summary>One more with each new day; which of them has been said. The job sets the latter past the aggregate; see TidyOffers.</summary>
    public int Round { get; private set; }
    public int RoundTold { get; private set; }
    public ICollection<IntroductionStep> History { get; } = [];

    public bool IsSettled => State is IntroductionState.Contract or IntroductionState.Nothing;

    /// <summary>登记进展: talks go on, there is a contract, or nothing came of it. A later record corrects an earlier one; every one stays.</summary>
    /// <exception cref="Refusal">IntroductionIncomplete, DayInFuture, DayInPast.</exception>
    public void Record(IntroductionOutcome outcome, DateTime now, Guid byId)
    {
        var isContract = outcome.State == IntroductionState.Contract;
        var isLacking = outcome.State switch
        {
            IntroductionState.Talks when outcome.NextOn is null => "nextOn",
            IntroductionState.Contract when outcome.Amount is not > 0 => "amount",
            IntroductionState.Contract when outcome.ContractOn is null => "contractOn",
            IntroductionState.Nothing when string.IsNullOrWhiteSpace(outcome.Note) => "note",
            IntroductionState.Open => "state",
            _ => null,
        };
        if (isLacking is { } field) throw new Refusal(RefusalCode.IntroductionIncomplete) { Field = field };
        if (isContract && outcome.ContractOn > ShanghaiTime.Day(now)) throw new Refusal(RefusalCode.DayInFuture) { Field = "contractOn" };
        (State, Amount, ContractOn, OwnerId) = (outcome.State, isContract ? outcome.Amount : null, isContract ? outcome.ContractOn : null, byId);
        AskOn(outcome.State == IntroductionState.Talks ? outcome.NextOn : null, now);
        History.Add(new IntroductionStep(Id, State, Amount, ContractOn, Offer.Trimmed(outcome.Note), now, byId));
    }

    public void FollowedBy(Guid? followUpId) => FollowUpId = followUpId;

    /// <summary>合并: goes where its enterprise goes.</summary>
    internal void BelongTo(Enterprise enterprise) => (EnterpriseId, Enterprise) = (enterprise.Id, enterprise);

    private void AskOn(DateOnly? day, DateTime now)
    {
        if (day < ShanghaiTime.Day(now)) throw new Refusal(RefusalCode.DayInPast) { Field = "nextOn" };
        (NextOn, Round) = (day, Round + 1);
    }
}

/// <summary>What became of an introduction.</summary>
/// <param name="Amount">CNY yuan.</param>
/// <param name="Note">The reason, where nothing came of it.</param>
public sealed record IntroductionOutcome(IntroductionState State, decimal? Amount, DateOnly? ContractOn, string? Note, DateOnly? NextOn);

public enum IntroductionState
{
    /// <summary>已引荐</summary>
    Open,
    /// <summary>洽谈中</summary>
    Talks,
    /// <summary>已签约</summary>
    Contract,
    /// <summary>未成</summary>
    Nothing,
}

/// <summary>引荐经过: what was recorded of an introduction, when and by whom. Only added to.</summary>
public sealed class IntroductionStep(Guid introductionId, IntroductionState state, decimal? amount, DateOnly? contractOn, string? note, DateTime at, Guid byId)
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid IntroductionId { get; private set; } = introductionId;
    public IntroductionState State { get; private set; } = state;
    public decimal? Amount { get; private set; } = amount;
    public DateOnly? ContractOn { get; private set; } = contractOn;
    public string? Note { get; private set; } = note;
    public DateTime At { get; private set; } = at;
    public Guid ById { get; private set; } = byId;
}
