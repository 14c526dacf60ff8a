using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Channels;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Identity;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Channels;

/// <summary>通知设置: where and when the person is told.</summary>
[Needs(Permission.Account)]
public sealed record MyChannels : IRequest<MyNoticeSettings>;

/// <param name="RemindBefore">Minutes before a follow-up is due; 0 for none.</param>
/// <param name="QuietFrom">Clock time in Shanghai; equal to QuietTo when there are no quiet hours.</param>
/// <param name="Offered">Kinds that this installation can use.</param>
public sealed record MyNoticeSettings(
    int RemindBefore, TimeOnly QuietFrom, TimeOnly QuietTo, bool InEnglish, IReadOnlyList<ChannelKind> Offered, IReadOnlyList<MyChannel> Channels);

/// <param name="Address">Enough of it to recognise it; the whole is never shown again.</param>
public sealed record MyChannel(ChannelKind Kind, string Address, IReadOnlyList<NoticeTopic> Topics);

internal sealed class MyChannelsHandler(CrmDb db, Actor actor, IEnumerable<IChannel> channels) : IRequestHandler<MyChannels, MyNoticeSettings>
{
    public async Task<MyNoticeSettings> Handle(MyChannels request, CancellationToken cancellationToken)
    {
        var settings = await db.NoticeSettings.AsNoTracking().FirstOrDefaultAsync(s => s.PersonId == actor.Id, cancellationToken) ?? new NoticeSettings(actor.Id);
        var mine = await db.PersonChannels.AsNoTracking().Where(c => c.PersonId == actor.Id).ToListAsync(cancellationToken);
        return new MyNoticeSettings(settings.RemindBefore, Clock(settings.QuietFrom), Clock(settings.QuietTo), settings.InEnglish,
            [.. channels.Where(c => c.IsOffered).Select(c => c.Kind).Order()], [.. mine.OrderBy(c => c.Kind).Select(c => new MyChannel(c.Kind, c.Shown, [.. c.Topics]))]);
    }

    private static TimeOnly Clock(int minutes) => new(minutes / 60, minutes % 60);
}
