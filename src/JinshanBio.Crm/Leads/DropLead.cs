using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.FirstTalks;
using JinshanBio.Crm.FollowUps;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;

namespace JinshanBio.Crm.Leads;

/// <summary>放弃线索: with a reason; its open follow-ups are cancelled, its right of first talk is free. It can be reopened.</summary>
[Needs(Permission.LeadsWrite)]
public sealed record DropLead : IRequest
{
    public Guid Id { get; set; }
    public string? Reason { get; set; }
    public int? Version { get; set; }
}

internal sealed class DropLeadValidator : AbstractValidator<DropLead>
{
    public DropLeadValidator() => RuleFor(r => r.Reason).Reason();
}

internal sealed class DropLeadHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<DropLead, Unit>
{
    public async Task<Unit> Handle(DropLead request, CancellationToken cancellationToken)
    {
        var lead = await db.Leads.VisibleTo(actor).OneAsync(request.Id, cancellationToken);
        await db.ExpectAsync(lead, request.Version, cancellationToken);
        lead.Drop(request.Reason!);
        var now = clock.GetUtcNow().UtcDateTime;
        await NextDue.CancelAllAsync(db, f => f.LeadId == lead.Id, now, actor.Id, cancellationToken);
        await db.EndFirstTalkAsync(lead, request.Reason!, now, actor.Id, cancellationToken);
        lead.PlanNext(null);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}

/// <summary>恢复线索: takes a dropped lead up again.</summary>
[Needs(Permission.LeadsWrite)]
public sealed record ReopenLead : IRequest
{
    public Guid Id { get; set; }
    public int? Version { get; set; }
}

internal sealed class ReopenLeadHandler(CrmDb db, Actor actor) : IRequestHandler<ReopenLead, Unit>
{
    public async Task<Unit> Handle(ReopenLead request, CancellationToken cancellationToken)
    {
        var lead = await db.Leads.VisibleTo(actor).OneAsync(request.Id, cancellationToken);
        await db.ExpectAsync(lead, request.Version, cancellationToken);
        lead.Reopen();
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
