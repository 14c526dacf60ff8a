using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Texts;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.FollowUps;

/// <summary>What is said about a follow-up when it is planned or edited.</summary>
public abstract record FollowUpInput
{
    /// <summary>Without a zone it is Shanghai's; a day alone means 09:00 there.</summary>
    public DateTime? DueAt { get; set; }
    public FollowUpKind Kind { get; set; }
    public string? Note { get; set; }

    /// <summary>Names: a colleague's is recognised, any other is somebody from outside.</summary>
    public List<string> Participants { get; set; } = [];

    /// <summary>Left out for a single one.</summary>
    public RepeatUnit? Repeat { get; set; }

    /// <summary>Every so many weeks or months; 1 when left out.</summary>
    public int? RepeatEvery { get; set; }
    public DateOnly? RepeatUntil { get; set; }
}

internal sealed class FollowUpInputValidator : AbstractValidator<FollowUpInput>
{
    public FollowUpInputValidator()
    {
        RuleFor(r => r.DueAt).NotEmpty().PlausibleTime();
        RuleFor(r => r.Kind).IsInEnum();
        RuleFor(r => r.Note).MaximumLength(4000);
        RuleFor(r => r.Participants).Must(p => p is null || Attendance.Names(p) is { Count: <= 20 } names && names.All(n => n.Length <= 50))
            .WithMessage(_ => Text.Of("followUps.participantsTooMany"));
        RuleFor(r => r.Repeat).IsInEnum();
        RuleFor(r => r.RepeatEvery).InclusiveBetween(1, 52).When(r => r.RepeatEvery is not null);
        RuleFor(r => r.RepeatUntil).PlausibleDay();
    }
}

/// <summary>参与人: names as people type them, and whose they are.</summary>
internal static class Attendance
{
    private static readonly char[] Between = [',', '，', '、', ';', '；', '\n'];

    public static IReadOnlyList<string> Names(IEnumerable<string> typed)
        => [.. typed.SelectMany(t => (t ?? "").Split(Between, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Distinct(StringComparer.Ordinal)];

    /// <summary>A name that exactly one active colleague has is that colleague's.</summary>
    public static async Task<IReadOnlyList<Participant>> ParticipantsAsync(this CrmDb db, IEnumerable<string>? typed, CancellationToken cancel)
    {
        var names = Names(typed ?? []);
        if (names.Count == 0) return [];
        var colleagues = await db.Users.AsNoTracking().Where(p => !p.Disabled && names.Contains(p.DisplayName)).Select(p => new { p.Id, p.DisplayName }).ToListAsync(cancel);
        return [.. names.Select(n => new Participant(colleagues.Where(c => c.DisplayName == n).ToList() is [var one] ? one.Id : null, n))];
    }
}
