using JinshanBio.Crm.Domain.Calendar;

namespace JinshanBio.Crm.Domain.FirstTalks;

/// <summary>Who holds a right at a moment, until when and why: nothing but a fold over the ledger, so any past day can be replayed.</summary>
public sealed record FirstTalkState
{
    public FirstTalkStatus Status { get; init; }
    public string Unit { get; init; } = "";

    /// <summary>Since when the unit holds it.</summary>
    public DateTime Since { get; init; }

    /// <summary>保护期至: the last day of protection.</summary>
    public DateOnly Until { get; init; }

    /// <summary>Day of the latest verifiable event; registering counts as one.</summary>
    public DateOnly LastBeat { get; init; }
    public int Beats { get; init; }
    public int Extensions { get; init; }

    /// <summary>The last day that was announced to the unit, or null while nothing is.</summary>
    public DateOnly? Announced { get; init; }
    public TransferOffer? Offer { get; init; }
    public string? Challenger { get; init; }

    /// <summary>Percent by unit, 100 together.</summary>
    public IReadOnlyDictionary<string, int> Shares { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);
    public FirstTalkTerms Terms { get; init; } = new(0, 0, 0, 0, 0);

    /// <summary>Number of the line that made the unit the holder, or that ended the right.</summary>
    public int Because { get; init; }

    public DateOnly HeartbeatDue => LastBeat.AddDays(Terms.HeartbeatDays);

    /// <summary>The right is held through this day: protection has run out then, or the event that was due stays away; never earlier than announced.</summary>
    public DateOnly LastDay => Announced is { } announced && announced > Reckoned ? announced : Reckoned;

    /// <summary>From this day on the unit is told.</summary>
    public DateOnly AnnounceOn => Reckoned.AddDays(-Terms.NoticeDays);

    /// <summary>It would end for want of events, before its protection is over.</summary>
    public bool IsStale => Reckoned < Until;

    private DateOnly Reckoned => HeartbeatDue.AddDays(Terms.NoticeDays) is var stale && stale < Until ? stale : Until;

    /// <returns>Null before the right was registered.</returns>
    public static FirstTalkState? At(IEnumerable<FirstTalkEntry> entries, DateTime time)
        => entries.Where(e => e.At <= time).OrderBy(e => e.Number).Aggregate((FirstTalkState?)null, (state, entry) => Next(state, entry));

    private static FirstTalkState Next(FirstTalkState? before, FirstTalkEntry e)
    {
        if (before is null) return Register(e);
        return e.Kind switch
        {
            FirstTalkEntryKind.Heartbeat => (before with { LastBeat = Later(before.LastBeat, ShanghaiTime.Day(e.HappenedAt!.Value)), Beats = before.Beats + 1 }).After(before),
            FirstTalkEntryKind.Announced => before with { Announced = e.Until },
            FirstTalkEntryKind.Extended => (before with { Until = e.Until!.Value, Extensions = before.Extensions + 1 }).After(before),
            FirstTalkEntryKind.Offered => before with { Offer = new(e.OtherUnit!, e.KeptPercent!.Value, e.GivenPercent!.Value) },
            FirstTalkEntryKind.OfferEnded => before with { Offer = null },
            FirstTalkEntryKind.Transferred => (before.PassTo(e) with { Offer = null, Shares = before.Split() }).After(before),
            FirstTalkEntryKind.Disputed => before with { Status = FirstTalkStatus.Disputed, Challenger = e.Unit, Offer = null },
            FirstTalkEntryKind.DisputeWithdrawn => before with { Status = FirstTalkStatus.Held, Challenger = null },
            FirstTalkEntryKind.Ruled when e.Unit == before.Unit => before with { Status = FirstTalkStatus.Held, Challenger = null },
            FirstTalkEntryKind.Ruled => before.PassTo(e) with
            {
                Status = FirstTalkStatus.Held, Challenger = null, Until = e.Until!.Value, Extensions = 0, Beats = 0, Announced = null,
                Shares = new Dictionary<string, int>(StringComparer.Ordinal) { [e.Unit!] = 100 },
            },
            FirstTalkEntryKind.Released or FirstTalkEntryKind.Lapsed or FirstTalkEntryKind.Fulfilled
                => before with { Status = FirstTalkStatus.Ended, Offer = null, Challenger = null, Because = e.Number },
            FirstTalkEntryKind.Claimed or FirstTalkEntryKind.Carried => before,
            _ => throw new InvalidOperationException($"{e.Kind} cannot follow."),
        };
    }

    private static FirstTalkState Register(FirstTalkEntry e) => new()
    {
        Status = FirstTalkStatus.Held, Unit = e.Unit!, Since = e.At, Until = e.Until!.Value, LastBeat = ShanghaiTime.Day(e.At), Because = e.Number,
        Terms = FirstTalkTerms.Parse(e.Terms!), Shares = new Dictionary<string, int>(StringComparer.Ordinal) { [e.Unit!] = 100 },
    };

    private FirstTalkState PassTo(FirstTalkEntry e) => this with { Unit = e.Unit!, Since = e.At, LastBeat = ShanghaiTime.Day(e.At), Because = e.Number };

    /// <summary>What was announced is void once the day has moved.</summary>
    private FirstTalkState After(FirstTalkState before) => Reckoned == before.Reckoned ? this : this with { Announced = null };

    private Dictionary<string, int> Split()
    {
        var shares = new Dictionary<string, int>(Shares, StringComparer.Ordinal) { [Unit] = Offer!.KeptPercent };
        shares[Offer.ToUnit] = shares.GetValueOrDefault(Offer.ToUnit) + Offer.GivenPercent;
        return shares;
    }

    private static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;
}

/// <summary>流转: offered to a unit, which has to accept.</summary>
/// <param name="KeptPercent">What the offering unit keeps of its share; with what it gives it makes up the whole of that share.</param>
public sealed record TransferOffer(string ToUnit, int KeptPercent, int GivenPercent);
