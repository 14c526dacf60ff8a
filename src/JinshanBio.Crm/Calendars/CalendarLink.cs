using System.Security.Cryptography;
using System.Text;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Identity;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Calendars;

/// <summary>日历订阅: whether the person has a link, and since when.</summary>
[Needs(Permission.Account)]
public sealed record GetCalendarLink : IRequest<CalendarLink?>;

/// <summary>The link itself is not known: only the hash of its secret is kept.</summary>
public sealed record CalendarLink(DateTime CreatedAt);

/// <summary>新建链接: answers the secret of a new link, this once; an older link opens nothing any more.</summary>
[Needs(Permission.Account)]
public sealed record RenewCalendarLink : IRequest<string>;

/// <summary>撤销链接.</summary>
[Needs(Permission.Account)]
public sealed record RevokeCalendarLink : IRequest;

internal sealed class CalendarLinkHandler(CrmDb db, Actor actor, TimeProvider clock)
    : IRequestHandler<GetCalendarLink, CalendarLink?>, IRequestHandler<RenewCalendarLink, string>, IRequestHandler<RevokeCalendarLink, Unit>
{
    private const int SecretBytes = 32;

    public Task<CalendarLink?> Handle(GetCalendarLink request, CancellationToken cancellationToken)
        => db.CalendarFeeds.AsNoTracking().Where(f => f.PersonId == actor.Id).Select(f => new CalendarLink(f.CreatedAt)).FirstOrDefaultAsync(cancellationToken);

    public async Task<string> Handle(RenewCalendarLink request, CancellationToken cancellationToken)
    {
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));
        var now = clock.GetUtcNow().UtcDateTime;
        if (await db.CalendarFeeds.FirstOrDefaultAsync(f => f.PersonId == actor.Id, cancellationToken) is { } feed) feed.Renew(Hash(secret), now);
        else db.CalendarFeeds.Add(new CalendarFeed(actor.Id, Hash(secret), now));
        await db.SaveChangesAsync(cancellationToken);
        return secret;
    }

    public async Task<Unit> Handle(RevokeCalendarLink request, CancellationToken cancellationToken)
    {
        if (await db.CalendarFeeds.FirstOrDefaultAsync(f => f.PersonId == actor.Id, cancellationToken) is { } feed) db.CalendarFeeds.Remove(feed);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }

    internal static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}

/// <summary>谁的日历: whose link this is; null when it is none, was revoked, or its person may no longer sign in. Asked by the door, as the system.</summary>
[Needs(Permission.PeopleManage)]
public sealed record FindCalendarOwner(string Secret) : IRequest<CalendarOwner?>;

public sealed record CalendarOwner(Guid PersonId, string SecurityStamp);

internal sealed class FindCalendarOwnerHandler(CrmDb db) : IRequestHandler<FindCalendarOwner, CalendarOwner?>
{
    public Task<CalendarOwner?> Handle(FindCalendarOwner request, CancellationToken cancellationToken)
    {
        var hash = CalendarLinkHandler.Hash(request.Secret);
        return db.CalendarFeeds.Where(f => f.TokenHash == hash).Join(db.Users.Where(p => !p.Disabled), f => f.PersonId, p => p.Id, (_, p) => new CalendarOwner(p.Id, p.SecurityStamp!))
            .FirstOrDefaultAsync(cancellationToken);
    }
}
