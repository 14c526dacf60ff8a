using JinshanBio.Crm.Domain.FirstTalks;

namespace JinshanBio.Crm.FirstTalks;

/// <summary>The right on an intent at a moment, as a person may see it. Masked: only the unit and since when.</summary>
public sealed record FirstTalkRecord
{
    /// <summary>The lead that was asked about.</summary>
    public Guid LeadId { get; init; }

    /// <summary>Who owns the lead that was asked about.</summary>
    public Guid OwnerId { get; init; }

    /// <summary>The lead that carries the right, if the person may open it.</summary>
    public Guid? HolderLeadId { get; init; }
    public required string Title { get; init; }
    public required string Field { get; init; }
    public DateTime AsOf { get; init; }
    public int Version { get; init; }

    /// <summary>Null when nobody had registered by then.</summary>
    public FirstTalkStatus? Status { get; init; }

    /// <summary>The unit that holds the right, or held it last.</summary>
    public string? Unit { get; init; }
    public string? UnitName { get; init; }
    public DateTime? Since { get; init; }
    public bool IsMasked { get; init; }

    /// <summary>The person's unit holds it now.</summary>
    public bool IsOurs { get; init; }

    /// <summary>The lead that was asked about is the challenger's.</summary>
    public bool IsChallenger { get; init; }

    /// <summary>No line of the ledger was changed, added or taken away behind the program's back.</summary>
    public bool IsIntact { get; init; } = true;
    public DateOnly? Until { get; init; }
    public DateOnly? HeartbeatDue { get; init; }

    /// <summary>Held through this day unless something happens.</summary>
    public DateOnly? LastDay { get; init; }
    public int? DaysLeft { get; init; }
    public DateOnly? Announced { get; init; }
    public int Extensions { get; init; }
    public int Beats { get; init; }
    public TransferOffer? Offer { get; init; }
    public string? Challenger { get; init; }

    /// <summary>Percent by unit.</summary>
    public IReadOnlyDictionary<string, int> Shares { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>How the sides of an open dispute stand; for those who rule.</summary>
    public DisputeComparison? Comparison { get; init; }

    /// <summary>Number of the line that made the unit the holder, or that ended the right.</summary>
    public int Because { get; init; }
    public required FirstTalkTerms Terms { get; init; }

    /// <summary>Newest first, up to the moment asked for.</summary>
    public IReadOnlyList<FirstTalkLine> Ledger { get; init; } = [];
}

/// <summary>One line of the ledger. What a unit showed (with whom, text) is left out for the other one.</summary>
public sealed record FirstTalkLine(
    int Number, FirstTalkEntryKind Kind, DateTime At, string By, string? Unit, string? OtherUnit, TalkEvidence? Evidence, Heartbeat? Event, DisputeBasis? Basis, DateTime? HappenedAt,
    string? With, string? Text, DateOnly? Until, int? KeptPercent, int? GivenPercent, string Hash);
