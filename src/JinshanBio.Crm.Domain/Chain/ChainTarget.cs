namespace JinshanBio.Crm.Domain.Chain;

/// <summary>
/// 招商目标: what somebody decided about an enterprise that would close a gap: to go for it, with the lead that came of it and what the gaps were on that day, or
/// that it does not suit. Rows are only added to and taken back, so that the loop from gap to landed tenant can be told.
/// </summary>
public sealed class ChainTarget : Entity
{
    private ChainTarget() { }

    public Guid EnterpriseId { get; private set; }

    /// <summary>UTC: when it was decided, either way.</summary>
    public DateTime ChosenAt { get; private set; }
    public Guid ChosenById { get; private set; }

    /// <summary>The links aimed at, as they stood then. None for one that does not suit.</summary>
    public ICollection<ChainTargetLink> Links { get; } = [];

    /// <summary>Weighted gap that it would have closed then, yuan a year: the sum over its links.</summary>
    public decimal Closes { get; private set; }

    /// <summary>The lead that was made of it; null for one that does not suit.</summary>
    public Guid? LeadId { get; private set; }

    /// <summary>UTC: when it was found not to suit; null for one that was gone for.</summary>
    public DateTime? DismissedAt { get; private set; }
    public string? Reason { get; private set; }

    /// <summary>First day on which it is listed again; null stays away.</summary>
    public DateOnly? Until { get; private set; }

    /// <summary>UTC: when the dismissal was taken back.</summary>
    public DateTime? ReturnedAt { get; private set; }
    public Guid? ReturnedById { get; private set; }

    public static ChainTarget Chosen(Guid enterpriseId, IEnumerable<TargetAim> aims, Guid leadId, DateTime now, Guid byId)
    {
        var target = new ChainTarget { EnterpriseId = enterpriseId, LeadId = leadId, ChosenAt = now, ChosenById = byId };
        foreach (var aim in aims) target.Links.Add(new ChainTargetLink(target.Id, aim.Link, decimal.Round(aim.Gap, 2), decimal.Round(aim.Closes, 2)));
        target.Closes = target.Links.Sum(l => l.Closes);
        return target;
    }

    /// <summary>不合适.</summary>
    public static ChainTarget Dismissed(Guid enterpriseId, string reason, DateOnly? until, DateTime now, Guid byId)
        => new() { EnterpriseId = enterpriseId, ChosenAt = now, ChosenById = byId, DismissedAt = now, Reason = reason.Trim(), Until = until };

    /// <summary>Still keeps the enterprise off the list.</summary>
    public bool KeepsAway(DateOnly today) => DismissedAt is not null && ReturnedAt is null && (Until is null || Until > today);

    /// <summary>It may suit after all. Twice is as good as once.</summary>
    public void Return(DateTime now, Guid byId)
    {
        if (DismissedAt is null || ReturnedAt is not null) return;
        (ReturnedAt, ReturnedById) = (now, byId);
    }

    /// <summary>Its enterprise was merged into another record, or the merge was undone.</summary>
    public void BelongTo(Guid enterpriseId) => EnterpriseId = enterpriseId;
}

/// <summary>A link that a target aimed at.</summary>
/// <param name="gap">Weighted gap of the link on that day, yuan a year.</param>
/// <param name="closes">Of it, what the target would close.</param>
public sealed class ChainTargetLink(Guid targetId, string link, decimal gap, decimal closes)
{
    public Guid TargetId { get; private set; } = targetId;
    public string Link { get; private set; } = link;
    public decimal Gap { get; private set; } = gap;
    public decimal Closes { get; private set; } = closes;
}

/// <summary>What a target would do to a link: its weighted gap and the part of it that it closes, yuan a year.</summary>
public sealed record TargetAim(string Link, decimal Gap, decimal Closes);
