using JinshanBio.Crm.Domain.Calendar;

namespace JinshanBio.Crm.Domain.FirstTalks;

/// <summary>争议比对: how the two sides stand at the steps that facts can decide. True where the holder is ahead, false where the challenger is, null where they are even.</summary>
public sealed record DisputeComparison(bool? TimeStamp, bool? Evidence, bool? Intensity)
{
    /// <param name="holderVisits">Visits and site visits done by the holder since it registered; likewise the challenger's since its claim was first recorded.</param>
    public static DisputeComparison Of(IReadOnlyCollection<FirstTalkEntry> ledger, string challenger, int holderVisits, int challengerVisits)
    {
        var ordered = ledger.OrderBy(e => e.Number).ToList();
        var registered = ordered[0];
        var claims = ordered.Where(e => e.Unit == challenger && e.Kind is (FirstTalkEntryKind.Claimed or FirstTalkEntryKind.Disputed)).ToList();
        // Two units on one day have come at the same time: what followed decides.
        return new(
            Compare(-ShanghaiTime.Day(registered.At).DayNumber, -ShanghaiTime.Day(claims[0].At).DayNumber),
            Compare(-(int)registered.Evidence!, -(int)claims.Min(e => e.Evidence)!),
            Compare(holderVisits, challengerVisits));
    }

    /// <summary>Who is ahead at this step; null where they are even or where no fact decides.</summary>
    public bool? Ahead(DisputeBasis basis) => basis switch
    {
        DisputeBasis.TimeStamp => TimeStamp,
        DisputeBasis.Evidence => Evidence,
        DisputeBasis.Intensity => Intensity,
        DisputeBasis.InvestorWish or DisputeBasis.Discretion => null,
        _ => throw new ArgumentOutOfRangeException(nameof(basis)),
    };

    /// <summary>As the ledger keeps it with the ruling: "1/0/-".</summary>
    public override string ToString() => string.Join('/', new[] { TimeStamp, Evidence, Intensity }.Select(side => side switch { true => "1", false => "0", null => "-" }));

    private static bool? Compare(int forHolder, int forChallenger) => forHolder == forChallenger ? null : forHolder > forChallenger;
}
