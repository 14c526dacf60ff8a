using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Enterprises;

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
    public bool Holds => To == ChainMap.Open;

    /// <summary>登记在区: that an enterprise is here, which so far is not.</summary>
    /// <param name="current">The line that holds, if there is one.</param>
    /// <exception cref="Refusal">EnterpriseMerged, EnterpriseHereAlready, DayInFuture.</exception>
    public static Presence Record(Enterprise enterprise, Presence? current, PresenceTerms terms, DateTime now, Guid byId)
    {
        enterprise.MustStand();
        if (current is not null) throw new Refusal(RefusalCode.EnterpriseHereAlready, enterprise.Name);
        NotInFuture(terms.Since, "since", now);
        return new Presence(enterprise.Id, terms, now, byId);
    }

    /// <summary>更正: this line ends, and what is known now begins; what was said before stays for the days on which it was said.</summary>
    /// <returns>The new line, or this one when nothing is new.</returns>
    /// <exception cref="Refusal">DayInFuture.</exception>
    public Presence Change(PresenceTerms terms, DateTime now, Guid byId)
    {
        NotInFuture(terms.Since, "since", now);
        if (terms with { Source = terms.Source.Trim() } == Terms) return this;
        End(now);
        return new Presence(EnterpriseId, terms, now, byId);
    }

    /// <summary>Another line takes its place, or none does.</summary>
    public void End(DateTime now) => To = now;

    /// <summary>迁离: it is here no more.</summary>
    /// <exception cref="Refusal">DayInFuture, PresenceLeftBefore.</exception>
    public void Leave(DateOnly on, string why, DateTime now)
    {
        NotInFuture(on, "on", now);
        if (on < Since) throw new Refusal(RefusalCode.PresenceLeftBefore, Since) { Field = "on" };
        (To, LeftOn, WhyLeft) = (now, on, why.Trim());
    }

    /// <summary>The same said of another record of the enterprise, from now on.</summary>
    internal Presence Of(Guid enterpriseId, DateTime now, Guid byId) => new(enterpriseId, Terms, now, byId);

    private static void NotInFuture(DateOnly? day, string field, DateTime now)
    {
        if (day > ShanghaiTime.Day(now)) throw new Refusal(RefusalCode.DayInFuture) { Field = field };
    }
}

/// <summary>What is said about an enterprise in the district.</summary>
public sealed record PresenceTerms(DateOnly? Since, decimal? AnnualOutput, Guid? ParkId, string Source);
