using JinshanBio.Crm.Domain.Parks;

namespace JinshanBio.Crm.Domain.Assignments;

/// <summary>硬约束 and 破例: what the project needs and the space does not offer, and who took it upon himself all the same.</summary>
public sealed partial class Assignment
{
    /// <summary>Why a space was taken although it does not meet every need; null when it does, or none is named.</summary>
    public string? OverrideReason { get; private set; }
    public Guid? OverriddenById { get; private set; }
    public DateTime? OverriddenAt { get; private set; }

    /// <summary>Keys of the limits that were set aside, see <see cref="FitLimits"/>.</summary>
    public ICollection<string> OverriddenLimits { get; private set; } = [];

    /// <summary>
    /// The limits of one space that nobody has set aside yet. Area and days are left out: no reason helps against them, the space itself keeps to them when
    /// it is taken.
    /// </summary>
    public IReadOnlyList<FitReason> NotSetAside(IEnumerable<FitReason> reasons) => [.. reasons.Where(r => r.Verdict == FitVerdict.DoesNotFit && !r.IsFirm && !OverriddenLimits.Contains(r.Key))];

    /// <summary>破例: keeps who set which limits aside, and why; what was set aside before stays so.</summary>
    public void SetAside(IEnumerable<FitReason> limits, string reason, DateTime now, Guid byId)
    {
        OverriddenLimits = [.. OverriddenLimits.Union(limits.Where(l => !l.IsFirm).Select(l => l.Key), StringComparer.Ordinal)];
        (OverrideReason, OverriddenAt, OverriddenById) = (reason.Trim(), now, byId);
    }
}
