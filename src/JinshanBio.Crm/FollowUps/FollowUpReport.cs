using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.Pipeline;

namespace JinshanBio.Crm.FollowUps;

/// <summary>What came of it, and what is to be done next.</summary>
public abstract record FollowUpReport
{
    /// <summary>In one word; may stand for the outcome in words.</summary>
    public FollowUpResult? Result { get; set; }
    public string? Outcome { get; set; }

    /// <summary>When the next one is due, in one tap; nothing is planned when it is left out together with the next due time.</summary>
    public NextChoice? Next { get; set; }

    /// <summary>Goes before <see cref="Next"/>; without a zone it is Shanghai's.</summary>
    public DateTime? NextDueAt { get; set; }

    /// <summary>Left out: what is usual at the stage, or the same again where a time is given.</summary>
    public FollowUpKind? NextKind { get; set; }

    internal NextStep? NextOf(FollowUpKind same, string stage, DateTime now, Workdays workdays)
    {
        if (NextDueAt is { } at) return new NextStep(NextKind ?? same, at.ToUtc());
        var today = ShanghaiTime.Day(now);
        var usual = NextStep.After(stage, Result, today, workdays);
        DateTime? due = Next switch
        {
            NextChoice.Suggested => usual.DueAt,
            NextChoice.NextWorkday => NextStep.At(workdays.Add(today, 1)),
            NextChoice.InThreeWorkdays => NextStep.At(workdays.Add(today, 3)),
            NextChoice.InAWeek => NextStep.At(workdays.Add(today.AddDays(6), 1)),
            NextChoice.InTwoWeeks => NextStep.At(workdays.Add(today.AddDays(13), 1)),
            NextChoice.None or null => null,
            _ => throw new ArgumentOutOfRangeException(nameof(same), Next, null),
        };
        return due is { } next ? new NextStep(NextKind ?? usual.Kind, next) : null;
    }
}

/// <summary>When the next one is due; always at 10:00 of a workday.</summary>
public enum NextChoice
{
    /// <summary>按阶段建议: kind and time that are usual at the stage.</summary>
    Suggested,
    NextWorkday,
    InThreeWorkdays,
    InAWeek,
    InTwoWeeks,
    /// <summary>不再安排</summary>
    None,
}

internal sealed class FollowUpReportValidator : AbstractValidator<FollowUpReport>
{
    public FollowUpReportValidator()
    {
        RuleFor(r => r.Outcome).NotEmpty().When(r => r.Result is null);
        RuleFor(r => r.Outcome).MaximumLength(4000);
        RuleFor(r => r.Result).IsInEnum();
        RuleFor(r => r.Next).IsInEnum();
        RuleFor(r => r.NextDueAt).PlausibleTime();
        RuleFor(r => r.NextKind).IsInEnum();
    }
}
