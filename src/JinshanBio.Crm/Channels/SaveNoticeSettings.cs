using System.Globalization;
using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Channels;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Channels;

/// <summary>提醒时间: how long before, and when to be left in peace.</summary>
[Needs(Permission.Account)]
public sealed record SaveNoticeSettings : IRequest
{
    /// <summary>Minutes: 0 for none, 15, 30, 60, 120 or 1440.</summary>
    public int RemindBefore { get; set; }

    /// <summary>"21:00"; equal to <see cref="QuietTo"/> for no quiet hours.</summary>
    public string QuietFrom { get; set; } = "";
    public string QuietTo { get; set; } = "";
    public bool InEnglish { get; set; }

    public static readonly IReadOnlyList<int> LeadTimes = [0, 15, 30, 60, 120, 1440];

    internal static int? Minutes(string? clock)
        => TimeOnly.TryParseExact(clock, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? (time.Hour * 60) + time.Minute : null;
}

internal sealed class SaveNoticeSettingsValidator : AbstractValidator<SaveNoticeSettings>
{
    public SaveNoticeSettingsValidator()
    {
        RuleFor(r => r.RemindBefore).Must(SaveNoticeSettings.LeadTimes.Contains).WithMessage(_ => Text.Of("channels.unknownLeadTime"));
        RuleFor(r => r.QuietFrom).Must(t => SaveNoticeSettings.Minutes(t) is not null).WithMessage(_ => Text.Of("channels.clockTime"));
        RuleFor(r => r.QuietTo).Must(t => SaveNoticeSettings.Minutes(t) is not null).WithMessage(_ => Text.Of("channels.clockTime"));
    }
}

internal sealed class SaveNoticeSettingsHandler(CrmDb db, Actor actor) : IRequestHandler<SaveNoticeSettings, Unit>
{
    public async Task<Unit> Handle(SaveNoticeSettings request, CancellationToken cancellationToken)
    {
        var settings = await db.NoticeSettings.FirstOrDefaultAsync(s => s.PersonId == actor.Id, cancellationToken);
        if (settings is null) db.NoticeSettings.Add(settings = new NoticeSettings(actor.Id));
        settings.Set(request.RemindBefore, SaveNoticeSettings.Minutes(request.QuietFrom)!.Value, SaveNoticeSettings.Minutes(request.QuietTo)!.Value, request.InEnglish);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
