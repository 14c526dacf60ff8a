using System.Text.Json.Serialization;
using FluentValidation;
using JinshanBio.Crm.Agreements;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Projects;

/// <summary>推进阶段: moves a project to the next stage with that stage's evidence, or back with a reason.</summary>
[Needs(Permission.ProjectsWrite)]
public sealed record MoveProject : IRequest
{
    public Guid Id { get; set; }

    /// <summary>Code of the stage, such as S50.</summary>
    public string To { get; set; } = "";

    /// <summary>
    /// What the stage asks for, by key: evidence and fields of the project form (amounts in yuan). What is on record already need not be given again.
    /// </summary>
    [JsonConverter(typeof(LooseTexts))]
    public Dictionary<string, string?> Evidence { get; set; } = [];
    public string? Reason { get; set; }
    public int? Version { get; set; }

    /// <summary>Fields are as a person types them: amounts in ten thousands.</summary>
    [JsonIgnore]
    public bool Typed { get; set; }
}

internal sealed class MoveProjectValidator : AbstractValidator<MoveProject>
{
    public MoveProjectValidator()
    {
        RuleFor(r => r.To).NotEmpty().MaximumLength(8);
        RuleForEach(r => r.Evidence).ChildRules(item => item.RuleFor(e => e.Value).MaximumLength(1000).OverridePropertyName("value"));
        RuleFor(r => r.Reason).MaximumLength(500);
    }
}

internal sealed class MoveProjectHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<MoveProject, Unit>
{
    public async Task<Unit> Handle(MoveProject request, CancellationToken cancellationToken)
    {
        var project = await db.Projects.VisibleTo(actor).Include(p => p.Enterprise).Include(p => p.Evidence).OneAsync(request.Id, cancellationToken);
        await db.ExpectAsync(project, request.Version, cancellationToken);
        // A query of its own: joined with the evidence it would be read once for each piece of it.
        await db.Entry(project).Collection(p => p.Facts).LoadAsync(cancellationToken);
        if (catalogue.Stages.Find(request.To) is { } to)
            FormTexts.Read(request.Evidence, project, catalogue.Stages.Form, request.Typed, "evidence", [.. to.Evidence.Select(need => need.Key)]);
        // From here on they are kept values, also when the request is handled again.
        request.Typed = false;
        var (from, now) = (project.Stage, clock.GetUtcNow().UtcDateTime);
        project.MoveTo(request.To, catalogue.Stages, request.Evidence, request.Reason, now, actor.Id,
            await db.GateAsync(project, request.To, cancellationToken));
        await db.KeepAgreementAsync(project, from, request.Reason, actor, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
