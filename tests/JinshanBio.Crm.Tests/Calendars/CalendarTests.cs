using System.Globalization;
using System.Text;
using JinshanBio.Crm.Calendars;
using JinshanBio.Crm.Channels;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.FollowUps;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Leads;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace JinshanBio.Crm.Tests.Calendars;

public sealed class CalendarTests
{
    [OnEveryDatabase]
    public async Task The_calendar_is_what_RFC_5545_asks_for(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        world.Services.GetRequiredService<ChannelOptions>().SiteAddress = "https://crm.example.cn";
        var officer = world.As("officer");
        var lead = await officer.Send(new CreateLead
        {
            Enterprise = new NewEnterprise { Name = "上海逗号,分号;反斜线\\以及非常非常非常非常非常非常非常非常非常长的生物医药科技有限公司" }, Field = "MED", Source = Domain.Leads.LeadSource.Visit,
        });
        var open = await officer.Send(new PlanFollowUp { LeadId = lead, DueAt = new DateTime(2026, 12, 1, 2, 0, 0, DateTimeKind.Utc), Kind = FollowUpKind.SiteVisit, Note = "内部备注不外传" });
        var cancelled = await officer.Send(new PlanFollowUp { LeadId = lead, DueAt = new DateTime(2026, 12, 2, 2, 0, 0, DateTimeKind.Utc) });
        await officer.Send(new CancelFollowUp { Id = cancelled, Reason = "取消的原因不外传" });

        var text = await officer.Send(new GetCalendar());
        var calendar = Ics.Parse(text);
        Assert.Equal(("2.0", "PUBLISH"), (calendar.One("VERSION"), calendar.One("METHOD")));
        Assert.Equal("PT1H", calendar.One("REFRESH-INTERVAL"));
        var mine = await world.PersonAsync("officer");
        var expected = await world.Db(db => db.FollowUps.Where(f => f.OwnerId == mine && (f.Status == FollowUpStatus.Open || f.DueAt > world.Clock.Now.AddDays(-60))).CountAsync());
        Assert.Equal(expected, calendar.Parts.Count);
        Assert.Equal(expected, calendar.Parts.Select(e => e.One("UID")).Distinct().Count());
        Assert.All(calendar.Parts, e => Assert.Matches(@"^\d{8}T\d{6}Z$", e.One("DTSTAMP")));

        var visit = calendar.Parts.Single(e => e.One("UID") == $"{open}@jinshanbio-crm");
        Assert.Equal("实地考察：上海逗号,分号;反斜线\\以及非常非常非常非常非常非常非常非常非常长的生物医药科技有限公司", Ics.Unescape(visit.One("SUMMARY")));
        Assert.Equal(("20261201T020000Z", "20261201T023000Z", "CONFIRMED", "1", $"https://crm.example.cn/leads/{lead}"),
            (visit.One("DTSTART"), visit.One("DTEND"), visit.One("STATUS"), visit.One("SEQUENCE"), visit.One("URL")));
        Assert.Equal(("DISPLAY", "-PT60M"), visit.Parts.Select(a => (a.One("ACTION"), a.One("TRIGGER"))).Single());
        var gone = calendar.Parts.Single(e => e.One("UID") == $"{cancelled}@jinshanbio-crm");
        Assert.Equal(("CANCELLED", "2"), (gone.One("STATUS"), gone.One("SEQUENCE")));
        Assert.Empty(gone.Parts);
        Assert.DoesNotContain("不外传", Ics.Unfold(text), StringComparison.Ordinal);
    }

    [OnEveryDatabase]
    public async Task Code_names_hold_and_the_same_rows_give_the_same_bytes(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var officer = world.As("officer");
        await officer.Send(new PlanFollowUp { ProjectId = await world.ProjectAsync(Finding.CodeNamed), DueAt = world.Clock.Now.AddDays(2) });
        var text = await officer.Send(new GetCalendar());
        Assert.Contains(Finding.CodeName, Ics.Unfold(text), StringComparison.Ordinal);
        Assert.DoesNotContain(Finding.CodeNamed, Ics.Unfold(text), StringComparison.Ordinal);
        world.Clock.Advance(TimeSpan.FromHours(5));
        Assert.Equal(text, await officer.Send(new GetCalendar()));
        await world.NotPermitted(() => new GetCalendar(), "manager.park");
    }

    [OnEveryDatabase]
    public async Task A_link_opens_until_it_is_renewed_revoked_or_its_person_disabled_and_its_secret_is_not_kept(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (officer, id) = (world.As("officer"), await world.PersonAsync("officer"));
        async Task<Guid?> Opens(string secret) => (await world.As(Actor.System).Send(new FindCalendarOwner(secret)))?.PersonId;
        Assert.Null(await officer.Send(new GetCalendarLink()));
        var first = await officer.Send(new RenewCalendarLink());
        Assert.Equal(64, first.Length);
        Assert.Equal(id, await Opens(first));
        Assert.Null(await Opens(first[..^1] + (first[^1] == '0' ? '1' : '0')));
        Assert.DoesNotContain(first, string.Join('\n', await world.Db(async db => (List<string>)[.. await db.CalendarFeeds.Select(f => f.TokenHash).ToListAsync(), .. await db.AuditRecords.Select(r => r.Changes).ToListAsync()])), StringComparison.Ordinal);

        var second = await officer.Send(new RenewCalendarLink());
        Assert.Equal((null, id), (await Opens(first), await Opens(second)));
        await world.Db(db => db.Users.Where(p => p.Id == id).ExecuteUpdateAsync(p => p.SetProperty(x => x.Disabled, true)));
        Assert.Null(await Opens(second));
        await world.Db(db => db.Users.Where(p => p.Id == id).ExecuteUpdateAsync(p => p.SetProperty(x => x.Disabled, false)));
        await officer.Send(new RevokeCalendarLink());
        Assert.Null(await Opens(second));
        await officer.Send(new RevokeCalendarLink());
    }

    /// <summary>A strict reader: CRLF, lines of at most 75 octets of whole characters, properties known to the component, each that must be there once.</summary>
    private sealed class Ics(string name)
    {
        private static readonly Dictionary<string, (string[] Must, string[] May)> Known = new(StringComparer.Ordinal)
        {
            ["VCALENDAR"] = (["VERSION", "PRODID"], ["CALSCALE", "METHOD", "X-WR-CALNAME", "REFRESH-INTERVAL", "X-PUBLISHED-TTL"]),
            ["VEVENT"] = (["UID", "DTSTAMP", "DTSTART"], ["DTEND", "SUMMARY", "STATUS", "SEQUENCE", "LAST-MODIFIED", "TRANSP", "PRIORITY", "URL"]),
            ["VALARM"] = (["ACTION", "TRIGGER", "DESCRIPTION"], []),
        };

        private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

        public List<Ics> Parts { get; } = [];

        public string One(string property) => _values[property];

        public static Ics Parse(string text)
        {
            Assert.EndsWith("\r\n", text, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', text.Replace("\r\n", "", StringComparison.Ordinal));
            Assert.DoesNotContain('\r', text.Replace("\r\n", "", StringComparison.Ordinal));
            var octets = Encoding.UTF8.GetBytes(text);
            foreach (var line in Split(octets))
            {
                Assert.InRange(line.Length, 1, 75);
                // A character that was cut in two cannot be read.
                _ = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(line);
            }
            var open = new Stack<Ics>();
            Ics? whole = null;
            foreach (var line in Unfold(text).Split("\r\n", StringSplitOptions.RemoveEmptyEntries))
            {
                Assert.Null(whole);
                var colon = line.IndexOf(':', StringComparison.Ordinal);
                var (property, value) = (line[..colon].Split(';')[0], line[(colon + 1)..]);
                if (property == "BEGIN")
                {
                    var part = new Ics(value);
                    Assert.True(Known.ContainsKey(value), value);
                    if (open.Count > 0) open.Peek().Parts.Add(part);
                    open.Push(part);
                }
                else if (property == "END")
                {
                    var part = open.Pop();
                    Assert.Equal(part.Name, value);
                    Assert.All(Known[value].Must, must => Assert.True(part._values.ContainsKey(must), $"{value} without {must}"));
                    if (open.Count == 0) whole = part;
                }
                else
                {
                    var (must, may) = Known[open.Peek().Name];
                    Assert.True(must.Contains(property) || may.Contains(property), $"{open.Peek().Name} has {property}");
                    Assert.True(open.Peek()._values.TryAdd(property, value), $"{property} twice");
                }
            }
            return whole!;
        }

        public string Name { get; } = name;

        public static string Unfold(string text) => text.Replace("\r\n ", "", StringComparison.Ordinal);

        public static string Unescape(string text)
        {
            var plain = new StringBuilder();
            for (var i = 0; i < text.Length; i++)
            {
                if (text[i] != '\\') { Assert.False(text[i] is ',' or ';', "not escaped: " + text); plain.Append(text[i]); }
                else plain.Append(text[++i] switch { 'n' or 'N' => '\n', '\\' => '\\', ',' => ',', ';' => ';', var other => throw new FormatException(other.ToString(CultureInfo.InvariantCulture)) });
            }
            return plain.ToString();
        }

        private static IEnumerable<byte[]> Split(byte[] octets)
        {
            for (int start = 0, i = 0; i < octets.Length; i++)
            {
                if (octets[i] != '\n') continue;
                yield return octets[start..(i - 1)];
                start = i + 1;
            }
        }
    }
}
