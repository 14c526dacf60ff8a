using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Identity;

namespace JinshanBio.Crm.Parks;

/// <summary>Who may change the spaces of a park that the person sees.</summary>
internal static class ParkRights
{
    public static bool Manages(this Actor actor, Guid parkId) => actor.Parks.Contains(parkId) || actor.Roles.Contains(RoleCode.Administrator);

    /// <exception cref="Refusal">NotPermitted.</exception>
    public static void MustManage(this Actor actor, Guid parkId)
    {
        if (!actor.Manages(parkId)) throw new Refusal(RefusalCode.NotPermitted);
    }
}
