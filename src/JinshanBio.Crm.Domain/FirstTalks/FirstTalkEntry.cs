using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace JinshanBio.Crm.Domain.FirstTalks;

/// <summary>首谈台账: one line of the ledger. Only added; each carries the hash of the one before, so that a change behind the program's back shows.</summary>
public sealed class FirstTalkEntry
{
    private FirstTalkEntry() { }

    internal FirstTalkEntry(Guid firstTalkId, int number, FirstTalkEntryKind kind, DateTime at, Guid byId, string? unit)
        => (FirstTalkId, Number, Kind, At, ById, Unit) = (firstTalkId, number, kind, at, byId, unit);

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid FirstTalkId { get; private set; }

    /// <summary>1, 2, 3 … within the right.</summary>
    public int Number { get; private set; }
    public FirstTalkEntryKind Kind { get; private set; }
    public DateTime At { get; private set; }
    public Guid ById { get; private set; }

    /// <summary>The unit that acted, or for which it was decided.</summary>
    public string? Unit { get; private set; }

    /// <summary>The unit that a transfer is offered to.</summary>
    public string? OtherUnit { get; init; }
    public TalkEvidence? Evidence { get; init; }
    public Heartbeat? Event { get; init; }
    public DisputeBasis? Basis { get; init; }

    /// <summary>When the talk or event took place, UTC.</summary>
    public DateTime? HappenedAt { get; init; }
    public string? With { get; init; }
    public string? Text { get; init; }

    /// <summary>Last protected day that follows from this line; for a notice, the day announced.</summary>
    public DateOnly? Until { get; init; }
    public int? KeptPercent { get; init; }
    public int? GivenPercent { get; init; }
    public string? Terms { get; init; }
    public string PreviousHash { get; private set; } = "";
    public string Hash { get; private set; } = "";

    internal FirstTalkEntry Sealed(string previousHash)
    {
        PreviousHash = previousHash;
        Hash = ComputeHash();
        return this;
    }

    /// <summary>The ledger is whole: numbered without gaps, each line follows the one before, the last is the one the right knows.</summary>
    public static bool IsIntact(IEnumerable<FirstTalkEntry> entries, int count, string lastHash)
    {
        var previous = "";
        var number = 0;
        foreach (var entry in entries.OrderBy(e => e.Number))
        {
            if (entry.Number != ++number || entry.PreviousHash != previous || entry.Hash != entry.ComputeHash()) return false;
            previous = entry.Hash;
        }
        return number == count && previous == lastHash;
    }

    private string ComputeHash()
    {
        string?[] values =
        [
            FirstTalkId.ToString("N"), Say(Number), Kind.ToString(), Say(At), ById.ToString("N"), Unit, OtherUnit, Evidence?.ToString(), Event?.ToString(), Basis?.ToString(),
            HappenedAt is { } happened ? Say(happened) : null, With, Text, Until?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Say(KeptPercent), Say(GivenPercent), Terms, PreviousHash,
        ];
        // With their lengths: no text can pass for two.
        var line = string.Concat(values.Select(v => string.Create(CultureInfo.InvariantCulture, $"{v?.Length ?? -1}:{v};")));
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(line)));
    }

    /// <summary>As precise as every database keeps it.</summary>
    private static string Say(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture);

    private static string? Say(int? number) => number?.ToString(CultureInfo.InvariantCulture);
}

public enum FirstTalkEntryKind
{
    /// <summary>登记</summary>
    Registered,
    /// <summary>另一单位申请登记: another unit asked for the same intent and was refused.</summary>
    Claimed,
    /// <summary>推进</summary>
    Heartbeat,
    /// <summary>到期预告</summary>
    Announced,
    /// <summary>延期</summary>
    Extended,
    /// <summary>提出流转</summary>
    Offered,
    /// <summary>流转未成: the offer was withdrawn or declined.</summary>
    OfferEnded,
    /// <summary>流转</summary>
    Transferred,
    /// <summary>提出争议</summary>
    Disputed,
    /// <summary>撤回争议</summary>
    DisputeWithdrawn,
    /// <summary>裁定</summary>
    Ruled,
    /// <summary>转为项目</summary>
    Carried,
    /// <summary>主动释放</summary>
    Released,
    /// <summary>到期释放</summary>
    Lapsed,
    /// <summary>已签约</summary>
    Fulfilled,
}
