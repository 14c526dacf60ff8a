using System.Globalization;
using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Channels;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Identity;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Channels;

/// <summary>保存渠道: its address, and what it is for. The address of one that is known may be left out, and stays as it is.</summary>
[Needs(Permission.Account)]
public sealed record SaveChannel : IRequest
{
    public ChannelKind Kind { get; set; }

    /// <summary>An e-mail address, or the https address that the robot's vendor gave.</summary>
    public string? Address { get; set; }

    /// <summary>Key for signatures (DingTalk, Feishu).</summary>
    public string? Secret { get; set; }
    public bool DueSoon { get; set; }
    public bool Overdue { get; set; }
    public bool Digest { get; set; }
    public bool Other { get; set; }

    internal IEnumerable<NoticeTopic> Topics()
    {
        if (DueSoon) yield return NoticeTopic.DueSoon;
        if (Overdue) yield return NoticeTopic.Overdue;
        if (Digest) yield return NoticeTopic.Digest;
        if (Other) yield return NoticeTopic.Other;
    }
}

/// <summary>删除渠道: nothing more goes there; what was on its way is left out too.</summary>
[Needs(Permission.Account)]
public sealed record RemoveChannel : IRequest
{
    public ChannelKind Kind { get; set; }
}

/// <summary>试发: a notice to the person's own channels, to see whether they work.</summary>
[Needs(Permission.Account)]
public sealed record TryChannels : IRequest;

internal sealed class SaveChannelValidator : AbstractValidator<SaveChannel>
{
    public SaveChannelValidator()
    {
        RuleFor(r => r.Kind).IsInEnum();
        RuleFor(r => r.Address).MaximumLength(1000);
        RuleFor(r => r.Secret).MaximumLength(200);
    }
}

internal sealed class SaveChannelHandler(CrmDb db, Actor actor, IEnumerable<IChannel> channels, AddressSeal seal, TimeProvider clock)
    : IRequestHandler<SaveChannel, Unit>, IRequestHandler<RemoveChannel, Unit>, IRequestHandler<TryChannels, Unit>
{
    public async Task<Unit> Handle(SaveChannel request, CancellationToken cancellationToken)
    {
        var channel = channels.FirstOrDefault(c => c.Kind == request.Kind && c.IsOffered) ?? throw new Refusal(RefusalCode.ChannelNotOffered) { Field = "kind" };
        var mine = await db.PersonChannels.FirstOrDefaultAsync(c => c.PersonId == actor.Id && c.Kind == request.Kind, cancellationToken);
        var secret = string.IsNullOrWhiteSpace(request.Secret) ? null : request.Secret.Trim();
        if (mine is null || secret is not null || !string.IsNullOrWhiteSpace(request.Address))
        {
            var address = !string.IsNullOrWhiteSpace(request.Address) ? new ChannelAddress(request.Address.Trim(), secret)
                : mine is null ? throw new Refusal(RefusalCode.ChannelAddress) { Field = "address" } : seal.Open(mine.ProtectedAddress) with { Secret = secret };
            var shown = channel.Check(address);
            if (mine is null) db.PersonChannels.Add(mine = new PersonChannel(actor.Id, request.Kind));
            mine.Lead(seal.Seal(address), shown);
        }
        mine.Choose(request.Topics());
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }

    public async Task<Unit> Handle(RemoveChannel request, CancellationToken cancellationToken)
    {
        var mine = await db.PersonChannels.FirstOrDefaultAsync(c => c.PersonId == actor.Id && c.Kind == request.Kind, cancellationToken) ?? throw new Refusal(RefusalCode.NotFound);
        db.PersonChannels.Remove(mine);
        var waiting = await db.Deliveries.Where(d => d.PersonId == actor.Id && d.Kind == request.Kind && d.Status != DeliveryStatus.Sent).ToListAsync(cancellationToken);
        db.Deliveries.RemoveRange(waiting);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }

    public async Task<Unit> Handle(TryChannels request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        // Once a minute: the key is unique per person.
        var key = "channel-test:" + now.ToString("yyyyMMddHHmm", CultureInfo.InvariantCulture);
        if (await db.Notices.AnyAsync(n => n.PersonId == actor.Id && n.Key == key, cancellationToken)) throw new Refusal(RefusalCode.TooManyAttempts);
        db.Notices.Add(new Notice(actor.Id, NoticeKind.ChannelTest, key, [], "/account/notices", now));
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
