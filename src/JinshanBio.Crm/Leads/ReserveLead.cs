using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.FollowUps;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Texts;
using MediatR;

namespace JinshanBio.Crm.Leads;

/// <summary>储备: puts a lead aside until a day, with a reason. What was planned is cancelled; a right of first talk runs on and lapses by its own rules.</summary>
[Needs(Permission.LeadsWrite)]
public sealed record ReserveLead : IRequest
{
    public Guid Id { get; set; }

    /// <summary>The day on which it is taken up again; after today, within five years.</summary>
    public DateOnly? WakeOn { get; set; }
    public string? Reason { get; set; }
    public int? Version { get; set; }
}

/// <summary>唤醒: takes a lead in reserve up again before its day.</summary>
[Needs(Permission.LeadsWrite)]
public sealed record WakeLead : IRequest
{
    public Guid Id { get; set; }
    public int? Version { get; set; }
}

internal sealed class ReserveLeadValidator : AbstractValidator<ReserveLead>
{
    private const int YearsAhead = 5;

    public ReserveLeadValidator(TimeProvider clock)
    {
        RuleFor(r => r.WakeOn).NotNull()
            .Must(day => day is null || (day > Today(clock) && day <= Today(clock).AddYears(YearsAhead))).WithMessage(_ => Text.Of("leads.wakeOnRange", YearsAhead));
        RuleFor(r => r.Reason).Reason();
    }

    private static DateOnly Today(TimeProvider clock) => ShanghaiTime.Day(clock.GetUtcNow().UtcDateTime);
}

internal sealed class ReserveLeadHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<ReserveLead, Unit>, IRequestHandler<WakeLead, Unit>
{
    public async Task<Unit> Handle(ReserveLead request, CancellationToken cancellationToken)
    {
        var lead = await db.Leads.VisibleTo(actor).OneAsync(request.Id, cancellationToken);
        await db.ExpectAsync(lead, request.Version, cancellationToken);
        lead.Reserve(request.WakeOn!.Value, request.Reason!);
        await NextDue.CancelAllAsync(db, f => f.LeadId == lead.Id, clock.GetUtcNow().UtcDateTime, actor.Id, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }

    public async Task<Unit> Handle(WakeLead request, CancellationToken cancellationToken)
    {
        var lead = await db.Leads.VisibleTo(actor).OneAsync(request.Id, cancellationToken);
        await db.ExpectAsync(lead, request.Version, cancellationToken);
        lead.Wake();
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
