using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using JinshanBio.Crm.Channels;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Channels;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Identity;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace JinshanBio.Crm.Tests.Channels;

public sealed class DeliveryTests
{
    [OnEveryDatabase]
    public async Task A_notice_goes_to_the_channels_that_its_reader_chose_for_it(string provider)
    {
        await using var world = await OpenAsync(provider);
        await using var robot = new RobotListener();
        await using var mail = new MailListener();
        Use(world, mail);
        await SaveAsync(world, new SaveChannel { Kind = ChannelKind.WeCom, Address = robot.Address(), Overdue = true });
        await SaveAsync(world, new SaveChannel { Kind = ChannelKind.Email, Address = "lu.zhiyao@example.cn", Overdue = true, Digest = true });
        await TellAsync(world, NoticeKind.FollowUpDue, "青松计划", "2026-11-20T02:00:00.0000000Z");
        await TellAsync(world, NoticeKind.Digest, "1", "0", "0", "2026-11-20T02:00:00.0000000Z", "蓝鲸计划");
        await TellAsync(world, NoticeKind.ImportFinished, "a.csv", "1", "2", "3");

        Assert.Equal(new DeliveryRound(3, 0), await SendAsync(world));
        Assert.Equal(new DeliveryRound(0, 0), await SendAsync(world));
        var said = Assert.Single(robot.Received).Json;
        Assert.Equal("text", said.GetProperty("msgtype").GetString());
        Assert.Contains("“青松计划”的跟进已到期（2026-11-20 10:00）", said.GetProperty("text").GetProperty("content").GetString(), StringComparison.Ordinal);
        Assert.Equal(2, mail.Mails.Count);
        Assert.Equal(2, mail.Mails.Select(MailListener.MessageId).Distinct().Count());
        var digest = Encoding.UTF8.GetString(Convert.FromBase64String(mail.Mails.Select(m => m.Split("\n\n", 2)[1].Replace("\n", "", StringComparison.Ordinal)).Single(m => Encoding.UTF8.GetString(Convert.FromBase64String(m)).Contains("蓝鲸", StringComparison.Ordinal))));
        Assert.Contains("2026-11-20 10:00 蓝鲸计划", digest, StringComparison.Ordinal);
        Assert.Contains("https://crm.example.cn/", digest, StringComparison.Ordinal);
    }

    [OnEveryDatabase]
    public async Task Four_runners_at_once_send_each_once(string provider)
    {
        await using var world = await OpenAsync(provider);
        await using var robot = new RobotListener();
        await SaveAsync(world, new SaveChannel { Kind = ChannelKind.DingTalk, Address = robot.Address(), Other = true });
        for (var i = 0; i < 50; i++) await TellAsync(world, NoticeKind.ImportFinished, $"{i}.csv", "1", "2", "3");
        var rounds = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => SendAsync(world))));
        Assert.Equal(50, rounds.Sum(r => r.Sent));
        Assert.Equal(50, robot.Received.Select(p => p.MessageId).Distinct().Count());
        Assert.Equal(50, robot.Received.Count);
    }

    [OnEveryDatabase]
    public async Task A_crash_between_sending_and_marking_sends_once_more_under_the_same_id(string provider)
    {
        await using var world = await OpenAsync(provider);
        await using var robot = new RobotListener();
        await SaveAsync(world, new SaveChannel { Kind = ChannelKind.Feishu, Address = robot.Address(), Other = true });
        await TellAsync(world, NoticeKind.ImportFinished, "a.csv", "1", "2", "3");
        using var crash = new CancellationTokenSource();
        // The robot has it, the program ends before it hears so.
        robot.OnReceived = _ => crash.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SendAsync(world, crash.Token));
        Assert.Equal(new DeliveryRound(0, 0), await SendAsync(world));

        robot.OnReceived = null;
        world.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(new DeliveryRound(1, 0), await SendAsync(world));
        Assert.Equal(2, robot.Received.Count);
        Assert.Single(robot.Received.Select(p => p.MessageId).Distinct());
        Assert.Equal(new DeliveryRound(0, 0), await SendAsync(world));
    }

    [OnEveryDatabase]
    public async Task A_mail_carries_the_same_message_id_at_every_attempt(string provider)
    {
        await using var world = await OpenAsync(provider);
        await using var mail = new MailListener();
        Use(world, mail);
        await SaveAsync(world, new SaveChannel { Kind = ChannelKind.Email, Address = "lu@example.cn", Other = true });
        await TellAsync(world, NoticeKind.ImportFinished, "a.csv", "1", "2", "3");
        using var crash = new CancellationTokenSource();
        mail.OnTaken = crash.Cancel;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SendAsync(world, crash.Token));
        mail.OnTaken = null;
        world.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(new DeliveryRound(1, 0), await SendAsync(world));
        Assert.Equal(2, mail.Mails.Count);
        Assert.EndsWith("@crm.example.cn>", Assert.Single(mail.Mails.Select(MailListener.MessageId).Distinct()));
    }

    [OnEveryDatabase]
    public async Task What_fails_is_tried_again_later_and_given_up_with_its_reason_and_stops_nothing_else(string provider)
    {
        await using var world = await OpenAsync(provider);
        await using var robot = new RobotListener { Answer = p => p.Body.Contains("bad.csv", StringComparison.Ordinal) ? (200, """{"errcode":310000,"errmsg":"sign not match"}""") : (200, """{"errcode":0}""") };
        await SaveAsync(world, new SaveChannel { Kind = ChannelKind.DingTalk, Address = robot.Address(), Other = true });
        await TellAsync(world, NoticeKind.ImportFinished, "bad.csv", "1", "2", "3");
        await TellAsync(world, NoticeKind.ImportFinished, "good.csv", "1", "2", "3");
        Assert.Equal(new DeliveryRound(1, 1), await SendAsync(world));
        Assert.Equal(new DeliveryRound(0, 0), await SendAsync(world));
        for (var attempt = 2; attempt <= Delivery.MostAttempts; attempt++)
        {
            world.Clock.Advance(TimeSpan.FromHours(24));
            Assert.Equal(new DeliveryRound(0, 1), await SendAsync(world));
        }
        world.Clock.Advance(TimeSpan.FromHours(24));
        Assert.Equal(new DeliveryRound(0, 0), await SendAsync(world));

        var failed = Assert.Single((await world.As("admin").Send(new ListDeliveries())).Items);
        Assert.Equal((DeliveryStatus.Failed, Delivery.MostAttempts, "机器人返回错误码 310000", "陆知遥"), (failed.Status, failed.Attempts, failed.Error, failed.Person));
        await world.NotPermitted(() => new ListDeliveries(), "officer", "leader", "manager.park");
        await world.NotPermitted(() => new SendAgain { Id = failed.Id }, "officer", "leader");
        robot.Answer = _ => (200, """{"errcode":0}""");
        await world.As("admin").Send(new SendAgain { Id = failed.Id });
        await world.Refused(RefusalCode.DeliveryNotFailed, () => world.As("admin").Send(new SendAgain { Id = failed.Id }));
        Assert.Equal(new DeliveryRound(1, 0), await SendAsync(world));
        Assert.Single(robot.Received.Where(p => p.Body.Contains("bad.csv", StringComparison.Ordinal)).Select(p => p.MessageId).Distinct());
    }

    [OnEveryDatabase]
    public async Task A_channel_that_is_out_of_order_does_not_hold_up_another(string provider)
    {
        await using var world = await OpenAsync(provider);
        await using var robot = new RobotListener();
        await using var mail = new MailListener { Refuses = _ => true };
        Use(world, mail);
        await SaveAsync(world, new SaveChannel { Kind = ChannelKind.Email, Address = "lu@example.cn", Other = true });
        await SaveAsync(world, new SaveChannel { Kind = ChannelKind.WeCom, Address = robot.Address(), Other = true });
        await SaveAsync(world, new SaveChannel { Kind = ChannelKind.Feishu, Address = $"http://127.0.0.1:{Ports.Free()}/nobody", Other = true });
        await TellAsync(world, NoticeKind.ImportFinished, "a.csv", "1", "2", "3");
        Assert.Equal(new DeliveryRound(1, 2), await SendAsync(world));
        var errors = await world.Db(db => db.Deliveries.Where(d => d.Error != null).OrderBy(d => d.Error).Select(d => d.Error).ToListAsync());
        Assert.Equal(["delivery.error.connection", "delivery.error.smtp|MailboxUnavailable"], errors);
    }

    [OnEveryDatabase]
    public async Task Quiet_hours_hold_back_other_channels_but_not_the_inbox(string provider)
    {
        await using var world = await OpenAsync(provider);
        await using var robot = new RobotListener();
        await SaveAsync(world, new SaveChannel { Kind = ChannelKind.WeCom, Address = robot.Address(), Other = true });
        world.Clock.Now = Utc(2026, 11, 20, 14);
        await TellAsync(world, NoticeKind.ImportFinished, "a.csv", "1", "2", "3");
        Assert.Equal(1, (await world.As("officer").Send(new Crm.Notices.ListNotices())).Items.Count(n => n.Kind == NoticeKind.ImportFinished));
        Assert.Equal(0, (await SendAsync(world)).Sent);
        world.Clock.Now = Utc(2026, 11, 20, 23, 59);
        Assert.Equal(0, (await SendAsync(world)).Sent);
        world.Clock.Now = Utc(2026, 11, 21, 0);
        Assert.Equal(1, (await SendAsync(world)).Sent);
    }

    [OnEveryDatabase]
    public async Task Robots_get_what_their_vendors_ask_for(string provider)
    {
        await using var world = await OpenAsync(provider);
        await using var robot = new RobotListener();
        await SaveAsync(world, new SaveChannel { Kind = ChannelKind.DingTalk, Address = robot.Address("/ding?access_token=t"), Secret = "SECabc", Other = true });
        await SaveAsync(world, new SaveChannel { Kind = ChannelKind.Feishu, Address = robot.Address("/feishu"), Secret = "fs-key", Other = true });
        await world.As("officer").Send(new SaveNoticeSettings { RemindBefore = 60, QuietFrom = "21:00", QuietTo = "08:00", InEnglish = true });
        await TellAsync(world, NoticeKind.ImportFinished, "a.csv", "1", "2", "3");
        await SendAsync(world);

        var ding = robot.Received.Single(p => p.Url.StartsWith("/ding", StringComparison.Ordinal));
        var milliseconds = new DateTimeOffset(world.Clock.Now, TimeSpan.Zero).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var sign = Convert.ToBase64String(HMACSHA256.HashData("SECabc"u8, Encoding.UTF8.GetBytes($"{milliseconds}\nSECabc")));
        Assert.Equal($"/ding?access_token=t&timestamp={milliseconds}&sign={Uri.EscapeDataString(sign)}", ding.Url);
        Assert.Equal("text", ding.Json.GetProperty("msgtype").GetString());

        var feishu = robot.Received.Single(p => p.Url == "/feishu").Json;
        var seconds = new DateTimeOffset(world.Clock.Now, TimeSpan.Zero).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        Assert.Equal(seconds, feishu.GetProperty("timestamp").GetString());
        Assert.Equal(Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes($"{seconds}\nfs-key"), ReadOnlySpan<byte>.Empty)), feishu.GetProperty("sign").GetString());
        Assert.Equal("text", feishu.GetProperty("msg_type").GetString());
        Assert.Contains("You can change where notices go", feishu.GetProperty("content").GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [OnEveryDatabase]
    public async Task Addresses_and_keys_are_never_readable_again(string provider)
    {
        await using var world = await OpenAsync(provider);
        await using var robot = new RobotListener();
        await SaveAsync(world, new SaveChannel { Kind = ChannelKind.DingTalk, Address = robot.Address(), Secret = "SEC-very-secret", Other = true });
        await TellAsync(world, NoticeKind.ImportFinished, "a.csv", "1", "2", "3");
        var stored = await world.Db(async db => string.Join('\n', [
            .. await db.PersonChannels.Select(c => c.ProtectedAddress + c.Shown).ToListAsync(), .. await db.Deliveries.Select(d => d.ProtectedAddress + d.Shown).ToListAsync(),
            .. await db.AuditRecords.Select(r => r.Changes).ToListAsync()]));
        Assert.DoesNotContain("SEC-very-secret", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-key-1234", stored, StringComparison.Ordinal);
        Assert.Contains("***", stored, StringComparison.Ordinal);
        var mine = Assert.Single((await world.As("officer").Send(new MyChannels())).Channels);
        Assert.Equal("127.0.0.1…1234", mine.Address);

        // The address stays when only the topics are changed; a removed channel takes what waits along.
        await SaveAsync(world, new SaveChannel { Kind = ChannelKind.DingTalk, Overdue = true });
        Assert.Equal([NoticeTopic.Overdue], Assert.Single((await world.As("officer").Send(new MyChannels())).Channels).Topics);
        Assert.Equal(1, (await SendAsync(world)).Sent);
        await world.As("officer").Send(new RemoveChannel { Kind = ChannelKind.DingTalk });
        Assert.Empty((await world.As("officer").Send(new MyChannels())).Channels);
    }

    [OnEveryDatabase]
    public async Task A_channel_is_one_s_own_checked_and_offered(string provider)
    {
        await using var world = await OpenAsync(provider);
        var options = world.Services.GetRequiredService<ChannelOptions>();
        (options.AllowPrivateRobots, options.SmtpHost) = (false, null);
        await world.Refused(RefusalCode.ChannelNotOffered, () => SaveAsync(world, new SaveChannel { Kind = ChannelKind.Email, Address = "lu@example.cn" }));
        options.SmtpHost = "smtp.example.cn";
        foreach (var bad in (string[])["lu", "lu@", "Lu <lu@example.cn>", "lu@example.cn\r\nBcc: all@example.cn", "a@b.cn,c@d.cn"])
            await world.Refused(RefusalCode.ChannelAddress, () => SaveAsync(world, new SaveChannel { Kind = ChannelKind.Email, Address = bad }));
        await world.Refused(RefusalCode.ChannelAddress, () => SaveAsync(world, new SaveChannel { Kind = ChannelKind.WeCom, Address = "https://10.0.0.8/hook" }));
        await world.Refused(RefusalCode.ChannelAddress, () => SaveAsync(world, new SaveChannel { Kind = ChannelKind.WeCom }));
        await SaveAsync(world, new SaveChannel { Kind = ChannelKind.Email, Address = "lu@example.cn" });
        Assert.Empty((await world.As("officer2").Send(new MyChannels())).Channels);
        await world.As("officer").Send(new TryChannels());
        await world.Refused(RefusalCode.TooManyAttempts, () => world.As("officer").Send(new TryChannels()));
        Assert.Equal(1, await world.Db(db => db.Deliveries.CountAsync()));
        await world.Malformed(() => world.As("officer").Send(new SaveNoticeSettings { RemindBefore = 7, QuietFrom = "25:00", QuietTo = "8" }), "remindBefore", "quietFrom", "quietTo");
    }

    private static async Task<World> OpenAsync(string provider)
    {
        var world = await World.OpenAsync(provider);
        var options = world.Services.GetRequiredService<ChannelOptions>();
        (options.AllowPrivateRobots, options.SiteAddress, options.SmtpFrom) = (true, "https://crm.example.cn", "no-reply@crm.example.cn");
        return world;
    }

    private static void Use(World world, MailListener mail)
    {
        var options = world.Services.GetRequiredService<ChannelOptions>();
        (options.SmtpHost, options.SmtpPort, options.SmtpTls) = ("127.0.0.1", mail.Port, false);
    }

    private static async Task SaveAsync(World world, SaveChannel channel) => await world.As("officer").Send(channel);

    private static async Task TellAsync(World world, NoticeKind kind, params string[] args)
    {
        var officer = await world.PersonAsync("officer");
        await world.Db(db => { db.Notices.Add(new Notice(officer, kind, Guid.NewGuid().ToString(), args, "/", world.Clock.Now)); return db.SaveChangesAsync(); });
    }

    private static async Task<DeliveryRound> SendAsync(World world, CancellationToken cancel = default)
    {
        await using var scope = world.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ActorSlot>().Actor = Actor.System;
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new SendDeliveries(), cancel);
    }

    private static DateTime Utc(int year, int month, int day, int hour, int minute = 0) => new(year, month, day, hour, minute, 0, DateTimeKind.Utc);
}
