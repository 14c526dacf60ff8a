namespace JinshanBio.Crm.Domain.Chain;

/// <summary>版本: what the map said about one thing from one moment to the next; who said so, on what authority and why.</summary>
public abstract class Edition
{
    private protected Edition() { }

    private protected Edition(Edit edit) => (Source, Reason, From, ById) = (edit.Source.Trim(), edit.Reason?.Trim(), edit.At, edit.ById);

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public string Source { get; private set; } = "";
    public string? Reason { get; private set; }

    /// <summary>UTC, inclusive.</summary>
    public DateTime From { get; private set; }

    /// <summary>UTC, exclusive; <see cref="ChainMap.Open"/> while it holds.</summary>
    public DateTime To { get; private set; } = ChainMap.Open;

    /// <summary>Null for what came with the product.</summary>
    public Guid? ById { get; private set; }

    /// <summary>撤下: on what authority, why and by whom it was taken off the map; null while it holds and when another edition followed.</summary>
    public string? EndSource { get; private set; }
    public string? EndReason { get; private set; }
    public Guid? EndedById { get; private set; }

    /// <summary>Taken off the map, and not followed by another edition at once.</summary>
    public bool IsTakenOff => EndSource is not null;

    /// <summary>Another edition follows.</summary>
    public void End(DateTime at) => To = at;

    internal void TakeOff(Edit edit) => (To, EndSource, EndReason, EndedById) = (edit.At, edit.Source.Trim(), edit.Reason?.Trim(), edit.ById);
}

/// <summary>Who changed the map when, on what authority and why; <see cref="ById"/> is null for what came with the product.</summary>
public sealed record Edit(string Source, string? Reason, DateTime At, Guid? ById)
{
    /// <summary>Of two changes in the same moment, or on machines whose clocks differ, the second is a little later: no edition is without duration.</summary>
    internal Edit After(DateTime earlier)
    {
        // The databases keep microseconds.
        var at = At.AddTicks(-(At.Ticks % TimeSpan.TicksPerMicrosecond));
        return this with { At = at > earlier ? at : earlier.AddMicroseconds(1) };
    }
}
