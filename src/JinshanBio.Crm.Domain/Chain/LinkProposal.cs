namespace JinshanBio.Crm.Domain.Chain;

/// <summary>环节建议: that an enterprise seems to work in a link, by its industry class and its words, until a person confirms or rejects it.</summary>
public sealed class LinkProposal : Entity
{
    private LinkProposal() { }

    public LinkProposal(Guid enterpriseId, string link, LinkGuess guess, DateTime now)
    {
        (EnterpriseId, Link) = (enterpriseId, link);
        Say(guess, now);
    }

    public Guid EnterpriseId { get; private set; }
    public string Link { get; private set; } = "";

    /// <summary>0–1, in hundredths; see <see cref="LinkMatcher"/>.</summary>
    public decimal Confidence { get; private set; }

    /// <summary>What speaks for it, the strongest first.</summary>
    public IReadOnlyList<LinkClue> Clues { get; private set; } = [];
    public ProposalStatus Status { get; private set; }

    /// <summary>UTC: when the matching last said so.</summary>
    public DateTime MadeAt { get; private set; }
    public DateTime? DecidedAt { get; private set; }
    public Guid? DecidedById { get; private set; }

    /// <summary>Whether the confirmation put the link on record, so that taking it back takes it off again.</summary>
    public bool AddedLink { get; private set; }

    /// <summary>Matched again with another result. What a person has decided stands.</summary>
    public void Say(LinkGuess guess, DateTime now)
    {
        if (Status != ProposalStatus.Proposed || (DecidedAt is null && MadeAt != default && Confidence == guess.Confidence && Clues.SequenceEqual(guess.Clues))) return;
        (Confidence, Clues, MadeAt) = (guess.Confidence, guess.Clues, now);
    }

    /// <summary>确认. Twice is as good as once.</summary>
    /// <exception cref="Refusal">ProposalDecided when it was rejected.</exception>
    public void Confirm(bool addsLink, DateTime now, Guid byId)
    {
        if (Status == ProposalStatus.Confirmed) return;
        MustBeOpen();
        (Status, AddedLink, DecidedAt, DecidedById) = (ProposalStatus.Confirmed, addsLink, now, byId);
    }

    /// <summary>否决. Twice is as good as once.</summary>
    /// <exception cref="Refusal">ProposalDecided when it was confirmed.</exception>
    public void Reject(DateTime now, Guid byId)
    {
        if (Status == ProposalStatus.Rejected) return;
        MustBeOpen();
        (Status, DecidedAt, DecidedById) = (ProposalStatus.Rejected, now, byId);
    }

    /// <summary>撤回: it waits for a decision again.</summary>
    /// <returns>Whether the link that the confirmation added is to be taken off.</returns>
    public bool Reopen()
    {
        var takesOff = Status == ProposalStatus.Confirmed && AddedLink;
        (Status, AddedLink, DecidedAt, DecidedById) = (ProposalStatus.Proposed, false, null, null);
        return takesOff;
    }

    private void MustBeOpen()
    {
        if (Status != ProposalStatus.Proposed) throw new Refusal(RefusalCode.ProposalDecided, Link);
    }
}

/// <summary>建议状态.</summary>
public enum ProposalStatus
{
    /// <summary>待确认</summary>
    Proposed,
    /// <summary>已确认</summary>
    Confirmed,
    /// <summary>已否决</summary>
    Rejected,
}

/// <summary>匹配记录: which version of an enterprise was last matched with which dictionary, so that only what is new or changed is matched again.</summary>
public sealed class LinkMatching(Guid enterpriseId, int version, string dictionary)
{
    public Guid EnterpriseId { get; private set; } = enterpriseId;
    public int Version { get; private set; } = version;

    /// <summary>Fingerprint of the map's words and classes.</summary>
    public string Dictionary { get; private set; } = dictionary;

    public void Done(int version, string dictionary) => (Version, Dictionary) = (version, dictionary);
}
