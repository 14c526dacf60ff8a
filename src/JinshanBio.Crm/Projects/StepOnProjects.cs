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

namespace JinshanBio.Crm.Projects;

/// <summary>批量操作项目: one step on the projects that were picked, or on all that the filters leave; every row answers for itself.</summary>
[Needs(Permission.ProjectsWrite)]
public sealed record StepOnProjects : ProjectFilter, IRequest<StepResult>
{
    public ProjectStep? Step { get; set; }

    /// <summary>Every row that the filters leave, not only the picked ones.</summary>
    public bool All { get; set; }

    /// <summary>For a label: the tag.</summary>
    public string? Label { get; set; }

    /// <summary>For a move: the stage; a row without that stage's evidence on record says what it lacks.</summary>
    public string? To { get; set; }

    /// <summary>For a move back.</summary>
    public string? Reason { get; set; }

    /// <summary>For a follow-up: when, what and about what.</summary>
    public DateTime? DueAt { get; set; }
    public FollowUpKind Kind { get; set; }
    public string? Note { get; set; }

    /// <summary>For assigning: the colleague; with the reason.</summary>
    public Guid? OwnerId { get; set; }
}

public enum ProjectStep
{
    /// <summary>打标签</summary>
    Label,
    /// <summary>去标签</summary>
    Unlabel,
    /// <summary>推进阶段</summary>
    Move,
    /// <summary>安排跟进</summary>
    FollowUp,
    /// <summary>分派: handed over to a colleague.</summary>
    Assign,
}

internal sealed class StepOnProjectsValidator : AbstractValidator<StepOnProjects>
{
    public StepOnProjectsValidator()
    {
        Include(new ProjectFilterValidator());
        RuleFor(r => r.Step).NotEmpty().IsInEnum();
        RuleFor(r => r.Ids).NotEmpty().When(r => !r.All).WithMessage(_ => Texts.Text.Of("steps.pickSome"));
    }
}

internal sealed class StepOnProjectsHandler(CrmDb db, Actor actor, Each each) : IRequestHandler<StepOnProjects, StepResult>
{
    public async Task<StepResult> Handle(StepOnProjects request, CancellationToken cancellationToken)
    {
        var filter = request.All ? request with { Ids = [] } : request;
        var rows = await filter.Rows(db, actor).OrderBy(p => p.Id).Take(Each.Most + 1)
            .Select(p => new SteppedRow(p.Id, p.Number, p.Title)).ToListAsync(cancellationToken);
        if (rows.Count > Each.Most) throw new Refusal(RefusalCode.TooManyRows, Each.Most);

        return request.Step switch
        {
            ProjectStep.Label or ProjectStep.Unlabel => await each.SendAsync(rows, id => new LabelProject { Id = id, Tag = request.Label ?? "", Remove = request.Step == ProjectStep.Unlabel }, cancellationToken),
            ProjectStep.Move => await each.SendAsync(rows, id => new MoveProject { Id = id, To = request.To ?? "", Reason = request.Reason }, cancellationToken),
            ProjectStep.FollowUp => await each.SendAsync(rows, id => new PlanFollowUp { ProjectId = id, DueAt = request.DueAt, Kind = request.Kind, Note = request.Note }, cancellationToken),
            ProjectStep.Assign => await AssignAsync(request, rows, cancellationToken),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    // Owner by owner, so that each is told once and not row by row.
    private async Task<StepResult> AssignAsync(StepOnProjects request, List<SteppedRow> rows, CancellationToken cancel)
    {
        var ids = rows.ConvertAll(r => r.Id);
        var owners = await db.Projects.Where(p => ids.Contains(p.Id)).Select(p => new { p.Id, p.OwnerId }).ToDictionaryAsync(p => p.Id, p => p.OwnerId, cancel);
        return await each.SendTogetherAsync(rows.GroupBy(r => owners[r.Id]), (owner, some) => new HandOver { From = owner, To = request.OwnerId, ProjectIds = [.. some], Reason = request.Reason }, cancel);
    }
}
