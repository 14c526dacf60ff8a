namespace JinshanBio.Crm.Domain.Chain;

/// <summary>
/// 在区经营: that an enterprise operates in the district and what it makes there, from the moment it was recorded to the moment that changed. Lines are only ended
/// and added. Projects that came through the register count by their stage and need no line.
/// </summary>
public sealed class Presence
{
    private Presence() { }

    public Presence(Guid enterpriseId, PresenceTerms terms, DateTime now, Guid byId)
    {
        (EnterpriseId, From, ById) = (enterpriseId, now, byId);
        (Since, AnnualOutput, ParkId, Source) = (terms.Since, terms.AnnualOutput, terms.ParkId, terms.Source.Trim());
    }

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid EnterpriseId { get; private set; }

    /// <summary>First day of its business here, where it is known.</summary>
    public DateOnly? Since { get; private set; }

    /// <summary>年产值 here, CNY yuan; null when nobody knows it, then its size class stands for it.</summary>
    public decimal? AnnualOutput { get; private set; }
    public Guid? ParkId { get; private set; }

    /// <summary>Where this is known from.</summary>
    public string Source { get; private set; } = "";

    /// <summary>UTC, inclusive: when it was recorded.</summary>
    public DateTime From { get; private set; }

    /// <summary>UTC, exclusive; <see cref="ChainMap.Open"/> while it holds.</summary>
    public DateTime To { get; private set; } = ChainMap.Open;
    public Guid ById { get; private set; }

    /// <summary>Set with the end of the line when it left the district.</summary>
    public DateOnly? LeftOn { get; private set; }
    public string? WhyLeft { get; private set; }

    public PresenceTerms Terms => new(Since, AnnualOutput, ParkId, Source);

    /// <summary>Another line takes its place.</summary>
    public void End(DateTime now) => To = now;

    /// <summary>迁离: it is here no more.</summary>
    public void Leave(DateOnly on, string why, DateTime now) => (To, LeftOn, WhyLeft) = (now, on, why.Trim());
}

/// <summary>What is said about an enterprise in the district.</summary>
public sealed record PresenceTerms(DateOnly? Since, decimal? AnnualOutput, Guid? ParkId, string Source);
