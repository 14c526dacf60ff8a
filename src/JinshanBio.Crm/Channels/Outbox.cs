using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Channels;
using JinshanBio.Crm.Domain.Notices;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Channels;

/// <summary>发件箱: writes a delivery for each channel that the reader of a new notice chose, in the save of the notice, so that no area can forget it.</summary>
internal static class Outbox
{
    public static async Task WriteAsync(CrmDb db, DateTime now, CancellationToken cancel)
    {
        var notices = db.ChangeTracker.Entries<Notice>().Where(e => e.State == EntityState.Added).Select(e => e.Entity).ToList();
        if (notices.Count == 0) return;
        var people = notices.Select(n => n.PersonId).Distinct().ToList();
        var channels = (await db.PersonChannels.AsNoTracking().Where(c => people.Contains(c.PersonId) && db.Users.Any(p => p.Id == c.PersonId && !p.Disabled))
            .ToListAsync(cancel)).ToLookup(c => c.PersonId);
        if (channels.Count == 0) return;
        var settings = await db.NoticeSettings.AsNoTracking().Where(s => people.Contains(s.PersonId)).ToDictionaryAsync(s => s.PersonId, cancel);
        foreach (var notice in notices)
        {
            var topic = NoticeTopics.TopicOf(notice.Kind);
            var dueAt = topic is null ? now : (settings.GetValueOrDefault(notice.PersonId) ?? new NoticeSettings(notice.PersonId)).NotBefore(now);
            foreach (var channel in channels[notice.PersonId].Where(c => topic is not { } wanted || c.Topics.Contains(wanted)))
                db.Deliveries.Add(new Delivery(notice, channel, dueAt, now));
        }
    }
}
