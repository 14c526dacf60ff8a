using System.Globalization;
using JinshanBio.Crm.Channels;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Channels;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Calendars;

/// <summary>
/// 日历: the person's follow-ups as iCalendar (RFC 5545). It leaves the house, so it says the kind and the title only: the code name where there
/// is one, and no note. The same rows give the same bytes, so that the ETag holds.
/// </summary>
[Needs(Permission.LeadsRead)]
public sealed record GetCalendar : IRequest<string>;

internal sealed class GetCalendarHandler(CrmDb db, Actor actor, ChannelOptions options, TimeProvider clock) : IRequestHandler<GetCalendar, string>
{
    private const int AtMost = 2000, DaysBack = 60, Minutes = 30;

    public async Task<string> Handle(GetCalendar request, CancellationToken cancellationToken)
    {
        var since = clock.GetUtcNow().UtcDateTime.Date.AddDays(-DaysBack);
        var settings = await db.NoticeSettings.AsNoTracking().FirstOrDefaultAsync(s => s.PersonId == actor.Id, cancellationToken) ?? new NoticeSettings(actor.Id);
        var rows = await db.FollowUps.AsNoTracking().Where(f => f.OwnerId == actor.Id && (f.Status == FollowUpStatus.Open || f.DueAt >= since))
            .OrderByDescending(f => f.DueAt).ThenBy(f => f.Id).Take(AtMost)
            .Select(f => new { f.Id, f.Kind, f.DueAt, f.Status, f.ChangedAt, f.Version, f.IsSupervised, f.LeadId, f.ProjectId,
                Title = f.Project != null ? f.Project.Title : f.Lead!.CodeName ?? f.Lead.Enterprise!.Name }).ToListAsync(cancellationToken);

        var culture = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(settings.InEnglish ? "en" : "zh-CN");
        try
        {
            var calendar = new CalendarText();
            calendar.Begin("VCALENDAR").Line("VERSION:2.0").Line("PRODID:-//JinshanBio//Crm//ZH").Line("CALSCALE:GREGORIAN").Line("METHOD:PUBLISH")
                .Say("X-WR-CALNAME", Text.Of("calendar.name")).Line("REFRESH-INTERVAL;VALUE=DURATION:PT1H").Line("X-PUBLISHED-TTL:PT1H");
            foreach (var row in rows)
            {
                var summary = Text.Of("calendar.summary", Text.Of(row.Kind), row.Title);
                calendar.Begin("VEVENT").Line($"UID:{row.Id}@jinshanbio-crm").Time("DTSTAMP", row.ChangedAt).Time("LAST-MODIFIED", row.ChangedAt)
                    .Line(string.Create(CultureInfo.InvariantCulture, $"SEQUENCE:{row.Version}")).Time("DTSTART", row.DueAt).Time("DTEND", row.DueAt.AddMinutes(Minutes))
                    .Say("SUMMARY", summary).Line("STATUS:" + (row.Status == FollowUpStatus.Cancelled ? "CANCELLED" : "CONFIRMED"))
                    .Line("TRANSP:" + (row.Status == FollowUpStatus.Open ? "OPAQUE" : "TRANSPARENT"));
                if (row.IsSupervised) calendar.Line("PRIORITY:1");
                if (options.SiteAddress is { Length: > 0 } site)
                    calendar.Line($"URL:{site.TrimEnd('/')}{(row.ProjectId is { } project ? $"/projects/{project}" : $"/leads/{row.LeadId}")}");
                if (row.Status == FollowUpStatus.Open && settings.RemindBefore > 0)
                    calendar.Begin("VALARM").Line("ACTION:DISPLAY").Say("DESCRIPTION", summary)
                        .Line(string.Create(CultureInfo.InvariantCulture, $"TRIGGER:-PT{settings.RemindBefore}M")).End("VALARM");
                calendar.End("VEVENT");
            }
            return calendar.End("VCALENDAR").ToString();
        }
        finally
        {
            CultureInfo.CurrentUICulture = culture;
        }
    }
}
