using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Leads;

/// <summary>打标签: puts a tag on a lead, or takes it off.</summary>
[Needs(Permission.LeadsWrite)]
public sealed record LabelLead : IRequest
{
    public Guid Id { get; set; }
    public string Tag { get; set; } = "";
    public bool Remove { get; set; }
}

internal sealed class LabelLeadValidator : AbstractValidator<LabelLead>
{
    public LabelLeadValidator() => RuleFor(r => r.Tag).Tag();
}

internal sealed class LabelLeadHandler(CrmDb db, Actor actor) : IRequestHandler<LabelLead, Unit>
{
    public async Task<Unit> Handle(LabelLead request, CancellationToken cancellationToken)
    {
        var lead = await db.Leads.VisibleTo(actor).Include(r => r.Tags).OneAsync(request.Id, cancellationToken);
        if (request.Remove) lead.Unlabel(request.Tag);
        else lead.Label(request.Tag);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
