using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Leads;

namespace JinshanBio.Crm.Domain.FirstTalks;

/// <summary>
/// 首谈权: the time-limited, transferable right of the unit that talked first. It protects an intent, that is one enterprise in one field, and
/// not the whole enterprise. The columns repeat what the ledger says, for lists and for the index that lets only one right live.
/// </summary>
public sealed class FirstTalk : Entity
{
    private FirstTalk() { }

    /// <summary>登记首谈.</summary>
    public FirstTalk(Lead lead, string unit, TalkProof proof, FirstTalkTerms terms, DateTime now, Guid byId)
    {
        (LeadId, EnterpriseId, Field, ProjectId, RegisteredAt) = (lead.Id, lead.EnterpriseId, lead.Field, lead.ProjectId, now);
        Add(new(Id, 1, FirstTalkEntryKind.Registered, now, byId, unit)
        {
            Evidence = proof.Kind, Text = proof.Text.Trim(), With = proof.With.Trim(), HappenedAt = proof.TalkedAt,
            Until = ShanghaiTime.Day(now).AddDays(terms.ProtectDays), Terms = terms.ToString(),
        });
    }

    /// <summary>The holder's lead.</summary>
    public Guid LeadId { get; private set; }
    public Lead? Lead { get; private set; }

    /// <summary>The lead's project, once there is one: it is still the same right.</summary>
    public Guid? ProjectId { get; private set; }
    public Guid EnterpriseId { get; private set; }
    public string Field { get; private set; } = "";
    public string Unit { get; private set; } = "";
    public FirstTalkStatus Status { get; private set; }
    public DateTime RegisteredAt { get; private set; }
    public DateTime Since { get; private set; }
    public DateOnly Until { get; private set; }
    public DateOnly HeartbeatDue { get; private set; }
    public DateOnly LastDay { get; private set; }
    public DateOnly AnnounceOn { get; private set; }
    public DateOnly? Announced { get; private set; }
    public string? OfferedTo { get; private set; }
    public string? Challenger { get; private set; }
    public Guid? ChallengerLeadId { get; private set; }
    public int Entries { get; private set; }
    public string LastHash { get; private set; } = "";
    public ICollection<FirstTalkEntry> Ledger { get; } = [];

    public FirstTalkState State => FirstTalkState.At(Ledger, DateTime.MaxValue)!;
    public bool IsLiving => Status != FirstTalkStatus.Ended;
    public bool IsIntact => FirstTalkEntry.IsIntact(Ledger, Entries, LastHash);

    /// <summary>Another unit asked for the same intent: what it showed is kept with its time, once for each unit.</summary>
    /// <returns>False when the unit has asked before.</returns>
    public bool Claim(string unit, TalkProof proof, DateTime now, Guid byId)
    {
        if (Ledger.Any(e => e.Kind == FirstTalkEntryKind.Claimed && e.Unit == unit)) return false;
        Add(Proving(FirstTalkEntryKind.Claimed, unit, proof, now, byId));
        return true;
    }

    /// <summary>记录推进: a verifiable event; also while the right is disputed, since it is evidence then.</summary>
    /// <exception cref="Refusal">FirstTalkNotHeld.</exception>
    public void Beat(Heartbeat kind, string text, DateTime happenedAt, DateTime now, Guid byId)
    {
        MustLive();
        Add(new(Id, Entries + 1, FirstTalkEntryKind.Heartbeat, now, byId, Unit) { Event = kind, Text = text.Trim(), HappenedAt = happenedAt });
    }

    /// <summary>延期.</summary>
    /// <exception cref="Refusal">FirstTalkNotHeld, FirstTalkIsDisputed, FirstTalkExtended.</exception>
    public void Extend(string reason, DateTime now, Guid byId)
    {
        var state = MustBeQuiet();
        if (state.Extensions >= state.Terms.MaxExtensions) throw new Refusal(RefusalCode.FirstTalkExtended, state.Terms.MaxExtensions);
        Add(new(Id, Entries + 1, FirstTalkEntryKind.Extended, now, byId, Unit) { Text = reason.Trim(), Until = Until.AddDays(state.Terms.ExtendDays) });
    }

    /// <summary>提出流转: to another unit, which has to accept. What is kept and given makes up the present share.</summary>
    /// <exception cref="Refusal">FirstTalkNotHeld, FirstTalkIsDisputed, FirstTalkOffered, FirstTalkSameUnit, SharesMustAddUp.</exception>
    public void Offer(string toUnit, int keptPercent, int givenPercent, string reason, DateTime now, Guid byId)
    {
        var state = MustBeQuiet();
        if (state.Offer is not null) throw new Refusal(RefusalCode.FirstTalkOffered);
        if (toUnit == Unit) throw new Refusal(RefusalCode.FirstTalkSameUnit) { Field = "toUnit" };
        if (keptPercent + givenPercent != state.Shares[Unit]) throw new Refusal(RefusalCode.SharesMustAddUp, state.Shares[Unit]) { Field = "givenPercent" };
        Add(new(Id, Entries + 1, FirstTalkEntryKind.Offered, now, byId, Unit) { OtherUnit = toUnit, KeptPercent = keptPercent, GivenPercent = givenPercent, Text = reason.Trim() });
    }

    /// <summary>The offer is taken back by who made it, or declined by who got it.</summary>
    /// <exception cref="Refusal">FirstTalkNotHeld, FirstTalkNotOffered.</exception>
    public void EndOffer(string byUnit, string reason, DateTime now, Guid byId)
    {
        if (MustLive().Offer is not { } offer || (byUnit != Unit && byUnit != offer.ToUnit)) throw new Refusal(RefusalCode.FirstTalkNotOffered);
        Add(new(Id, Entries + 1, FirstTalkEntryKind.OfferEnded, now, byId, byUnit) { OtherUnit = offer.ToUnit, Text = reason.Trim() });
    }

    /// <summary>接受流转: the right passes to the unit with its protection as it stands; the clock of events starts anew.</summary>
    /// <exception cref="Refusal">FirstTalkNotHeld, FirstTalkNotOffered.</exception>
    public void AcceptOffer(string unit, DateTime now, Guid byId)
    {
        if (MustLive().Offer is not { } offer || offer.ToUnit != unit) throw new Refusal(RefusalCode.FirstTalkNotOffered);
        Add(new(Id, Entries + 1, FirstTalkEntryKind.Transferred, now, byId, unit) { KeptPercent = offer.KeptPercent, GivenPercent = offer.GivenPercent });
    }

    /// <summary>提出争议: by another unit that has a lead of the same intent. Nothing lapses until it is decided.</summary>
    /// <exception cref="Refusal">FirstTalkNotHeld, FirstTalkIsDisputed, FirstTalkSameUnit.</exception>
    public void Dispute(string unit, Lead lead, TalkProof proof, DateTime now, Guid byId)
    {
        MustBeQuiet();
        if (unit == Unit) throw new Refusal(RefusalCode.FirstTalkSameUnit);
        ChallengerLeadId = lead.Id;
        Add(Proving(FirstTalkEntryKind.Disputed, unit, proof, now, byId));
    }

    /// <exception cref="Refusal">FirstTalkNotDisputed.</exception>
    public void WithdrawDispute(string unit, string reason, DateTime now, Guid byId)
    {
        if (Status != FirstTalkStatus.Disputed || unit != Challenger) throw new Refusal(RefusalCode.FirstTalkNotDisputed);
        Add(new(Id, Entries + 1, FirstTalkEntryKind.DisputeWithdrawn, now, byId, unit) { Text = reason.Trim() });
    }

    /// <summary>裁定: for the holder, or for the challenger, whose lead then carries the right with a fresh protection.</summary>
    /// <exception cref="Refusal">FirstTalkNotDisputed, DisputeBasisDoesNotSupport.</exception>
    public void Rule(string forUnit, DisputeBasis basis, string reason, DisputeComparison comparison, Lead challengerLead, DateTime now, Guid byId)
    {
        if (Status != FirstTalkStatus.Disputed || (forUnit != Unit && forUnit != Challenger)) throw new Refusal(RefusalCode.FirstTalkNotDisputed);
        var forHolder = forUnit == Unit;
        if (comparison.Ahead(basis) is { } holderIsAhead && holderIsAhead != forHolder) throw new Refusal(RefusalCode.DisputeBasisDoesNotSupport) { Field = "basis" };
        var terms = State.Terms;
        if (!forHolder) (LeadId, ProjectId) = (challengerLead.Id, challengerLead.ProjectId);
        Add(new(Id, Entries + 1, FirstTalkEntryKind.Ruled, now, byId, forUnit)
        {
            Basis = basis, Text = reason.Trim(), With = comparison.ToString(), Until = forHolder ? null : ShanghaiTime.Day(now).AddDays(terms.ProtectDays),
        });
    }

    /// <summary>到期预告: the unit is told on which day the right will end; never sooner than the days of notice.</summary>
    public void Announce(DateTime now, Guid byId)
    {
        var state = MustBeQuiet();
        var earliest = ShanghaiTime.Day(now).AddDays(state.Terms.NoticeDays);
        Add(new(Id, Entries + 1, FirstTalkEntryKind.Announced, now, byId, Unit) { Until = earliest > LastDay ? earliest : LastDay });
    }

    /// <summary>到期释放: its last day is over, and that had been announced.</summary>
    public void Lapse(DateTime now, Guid byId)
    {
        var state = MustBeQuiet();
        if (state.Announced is null || ShanghaiTime.Day(now) <= LastDay) throw new Refusal(RefusalCode.FirstTalkNotHeld);
        Add(new(Id, Entries + 1, FirstTalkEntryKind.Lapsed, now, byId, Unit));
    }

    /// <summary>释放: given up by the unit itself, or because what it protected has ended.</summary>
    /// <exception cref="Refusal">FirstTalkNotHeld, FirstTalkIsDisputed.</exception>
    public void Release(string reason, DateTime now, Guid byId)
    {
        MustBeQuiet();
        Add(new(Id, Entries + 1, FirstTalkEntryKind.Released, now, byId, Unit) { Text = reason.Trim() });
    }

    /// <summary>The project is signed: what was protected has come true.</summary>
    public void Fulfil(DateTime now, Guid byId)
    {
        MustBeQuiet();
        Add(new(Id, Entries + 1, FirstTalkEntryKind.Fulfilled, now, byId, Unit));
    }

    /// <summary>The lead became a project: the right goes along.</summary>
    public void Carry(Guid projectId, string number, DateTime now, Guid byId)
    {
        ProjectId = projectId;
        Add(new(Id, Entries + 1, FirstTalkEntryKind.Carried, now, byId, Unit) { Text = number });
    }

    /// <summary>Its enterprise was merged into another record, or the merge was undone; the intent stays the same.</summary>
    public void BelongTo(Guid enterpriseId) => EnterpriseId = enterpriseId;

    private FirstTalkEntry Proving(FirstTalkEntryKind kind, string unit, TalkProof proof, DateTime now, Guid byId)
        => new(Id, Entries + 1, kind, now, byId, unit) { Evidence = proof.Kind, Text = proof.Text.Trim(), With = proof.With.Trim(), HappenedAt = proof.TalkedAt };

    private void Add(FirstTalkEntry entry)
    {
        Ledger.Add(entry.Sealed(LastHash));
        (Entries, LastHash) = (entry.Number, entry.Hash);
        var state = State;
        (Unit, Status, Since, Until, HeartbeatDue) = (state.Unit, state.Status, state.Since, state.Until, state.HeartbeatDue);
        (LastDay, AnnounceOn, Announced) = (state.LastDay, state.AnnounceOn, state.Announced);
        (OfferedTo, Challenger) = (state.Offer?.ToUnit, state.Challenger);
        if (Challenger is null) ChallengerLeadId = null;
    }

    private FirstTalkState MustLive() => IsLiving ? State : throw new Refusal(RefusalCode.FirstTalkNotHeld);

    private FirstTalkState MustBeQuiet()
    {
        var state = MustLive();
        return state.Status == FirstTalkStatus.Held ? state : throw new Refusal(RefusalCode.FirstTalkIsDisputed);
    }
}
