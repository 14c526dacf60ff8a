using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Stages;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Leads;

/// <summary>研判: moves a lead among 线索, 初筛研判 and 首谈登记.</summary>
[Needs(Permission.LeadsWrite)]
public sealed record ScreenLead : IRequest
{
    public Guid Id { get; set; }
    public string To { get; set; } = "";
    public int? Version { get; set; }
}

internal sealed class ScreenLeadValidator : AbstractValidator<ScreenLead>
{
    private static readonly string[] Stages = [Stage.Lead, Stage.Screened, Stage.FirstTalk];

    public ScreenLeadValidator() => RuleFor(r => r.To).Must(to => Stages.Contains(to)).WithMessage(_ => Texts.Text.Of("validation.unknownStage"));
}

internal sealed class ScreenLeadHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<ScreenLead, Unit>
{
    public async Task<Unit> Handle(ScreenLead request, CancellationToken cancellationToken)
    {
        var lead = await db.Leads.VisibleTo(actor).OneAsync(request.Id, cancellationToken);
        await db.ExpectAsync(lead, request.Version, cancellationToken);
        lead.Screen(request.To, clock.GetUtcNow().UtcDateTime, actor.Id);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
