using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Projects;

/// <summary>打标签: puts a tag on a project, or takes it off.</summary>
[Needs(Permission.ProjectsWrite)]
public sealed record LabelProject : IRequest
{
    public Guid Id { get; set; }
    public string Tag { get; set; } = "";
    public bool Remove { get; set; }
}

internal sealed class LabelProjectValidator : AbstractValidator<LabelProject>
{
    public LabelProjectValidator() => RuleFor(r => r.Tag).Tag();
}

internal sealed class LabelProjectHandler(CrmDb db, Actor actor) : IRequestHandler<LabelProject, Unit>
{
    public async Task<Unit> Handle(LabelProject request, CancellationToken cancellationToken)
    {
        var project = await db.Projects.VisibleTo(actor).Include(r => r.Tags).OneAsync(request.Id, cancellationToken);
        if (request.Remove) project.Unlabel(request.Tag);
        else project.Label(request.Tag);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
