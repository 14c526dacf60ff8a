using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.FollowUps;
using JinshanBio.Crm.HandOvers;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Lists;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Leads;

/// <summary>批量操作线索: one step on the leads that were picked, or on all that the filters leave; every row answers for itself.</summary>
[Needs(Permission.LeadsWrite)]
public sealed record StepOnLeads : LeadFilter, IRequest<StepResult>
{
    public LeadStep? Step { get; set; }

    /// <summary>Every row that the filters leave, not only the picked ones.</summary>
    public bool All { get; set; }

    /// <summary>For a label: the tag.</summary>
    public string? Label { get; set; }

    /// <summary>For screening: the stage.</summary>
    public string? To { get; set; }

    /// <summary>For a follow-up: when, what and about what.</summary>
    public DateTime? DueAt { get; set; }
    public FollowUpKind Kind { get; set; }
    public string? Note { get; set; }

    /// <summary>For assigning: the colleague; with the reason.</summary>
    public Guid? OwnerId { get; set; }

    /// <summary>For dropping.</summary>
    public string? Reason { get; set; }
}

public enum LeadStep
{
    /// <summary>打标签</summary>
    Label,
    /// <summary>去标签</summary>
    Unlabel,
    /// <summary>改阶段</summary>
    Screen,
    /// <summary>安排跟进</summary>
    FollowUp,
    /// <summary>分派: handed over to a colleague.</summary>
    Assign,
    /// <summary>放弃</summary>
    Drop,
}

internal sealed class StepOnLeadsValidator : AbstractValidator<StepOnLeads>
{
    public StepOnLeadsValidator()
    {
        Include(new LeadFilterValidator());
        RuleFor(r => r.Step).NotEmpty().IsInEnum();
        RuleFor(r => r.Ids).NotEmpty().When(r => !r.All).WithMessage(_ => Texts.Text.Of("steps.pickSome"));
    }
}

internal sealed class StepOnLeadsHandler(CrmDb db, Actor actor, Each each) : IRequestHandler<StepOnLeads, StepResult>
{
    public async Task<StepResult> Handle(StepOnLeads request, CancellationToken cancellationToken)
    {
        var filter = request.All ? request with { Ids = [] } : request;
        var rows = await filter.Rows(db, actor).OrderBy(l => l.Id).Take(Each.Most + 1)
            .Select(l => new SteppedRow(l.Id, l.Number, l.CodeName ?? l.Enterprise!.Name)).ToListAsync(cancellationToken);
        if (rows.Count > Each.Most) throw new Refusal(RefusalCode.TooManyRows, Each.Most);

        return request.Step switch
        {
            LeadStep.Label or LeadStep.Unlabel => await each.SendAsync(rows, id => new LabelLead { Id = id, Tag = request.Label ?? "", Remove = request.Step == LeadStep.Unlabel }, cancellationToken),
            LeadStep.Screen => await each.SendAsync(rows, id => new ScreenLead { Id = id, To = request.To ?? "" }, cancellationToken),
            LeadStep.FollowUp => await each.SendAsync(rows, id => new PlanFollowUp { LeadId = id, DueAt = request.DueAt, Kind = request.Kind, Note = request.Note }, cancellationToken),
            LeadStep.Drop => await each.SendAsync(rows, id => new DropLead { Id = id, Reason = request.Reason }, cancellationToken),
            LeadStep.Assign => await AssignAsync(request, rows, cancellationToken),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    // Owner by owner, so that each is told once and not row by row.
    private async Task<StepResult> AssignAsync(StepOnLeads request, List<SteppedRow> rows, CancellationToken cancel)
    {
        var ids = rows.ConvertAll(r => r.Id);
        var owners = await db.Leads.Where(l => ids.Contains(l.Id)).Select(l => new { l.Id, l.OwnerId }).ToDictionaryAsync(l => l.Id, l => l.OwnerId, cancel);
        return await each.SendTogetherAsync(rows.GroupBy(r => owners[r.Id]), (owner, some) => new HandOver { From = owner, To = request.OwnerId, LeadIds = [.. some], Reason = request.Reason }, cancel);
    }
}
