using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.FirstTalks;
using JinshanBio.Crm.Identity;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.FirstTalks;

/// <summary>将到期的首谈: rights on the person's own leads that end within the days of notice, or whose event is overdue; the soonest first.</summary>
[Needs(Permission.FirstTalksRead)]
public sealed record ListLapsingRights : IRequest<IReadOnlyList<LapsingRight>>
{
    internal const int AtMost = 50;
}

/// <param name="Title">The lead's code name where there is one, else the enterprise's name.</param>
/// <param name="LastDay">The right is held through this day unless something happens.</param>
/// <param name="DaysLeft">0 on the last day; negative when it is over and the job has not run yet.</param>
/// <param name="IsEventOverdue">A verifiable event was due by <paramref name="HeartbeatDue"/>.</param>
public sealed record LapsingRight(Guid LeadId, string LeadNumber, string Title, DateOnly LastDay, int DaysLeft, DateOnly HeartbeatDue, bool IsEventOverdue)
{
    public string Path => $"/leads/{LeadId}";
}

internal sealed class ListLapsingRightsHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<ListLapsingRights, IReadOnlyList<LapsingRight>>
{
    public async Task<IReadOnlyList<LapsingRight>> Handle(ListLapsingRights request, CancellationToken cancellationToken)
    {
        var today = ShanghaiTime.Day(clock.GetUtcNow().UtcDateTime);
        var rights = await db.FirstTalks.AsNoTracking().Where(t => t.Status == FirstTalkStatus.Held && t.Lead!.OwnerId == actor.Id && (t.AnnounceOn <= today || t.HeartbeatDue < today))
            .OrderBy(t => t.LastDay).ThenBy(t => t.Id).Take(ListLapsingRights.AtMost)
            .Select(t => new { t.LeadId, t.Lead!.Number, Title = t.Lead.CodeName ?? t.Lead.Enterprise!.Name, t.LastDay, t.HeartbeatDue }).ToListAsync(cancellationToken);
        return [.. rights.Select(t => new LapsingRight(t.LeadId, t.Number, t.Title, t.LastDay, t.LastDay.DayNumber - today.DayNumber, t.HeartbeatDue, t.HeartbeatDue < today))];
    }
}
