using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;

namespace JinshanBio.Crm.Projects;

/// <summary>修改项目: changes what is said about a project.</summary>
[Needs(Permission.ProjectsWrite)]
public sealed record EditProject : ProjectInput, IRequest
{
    public Guid Id { get; set; }

    /// <summary>The version the person read.</summary>
    public int? Version { get; set; }
}

internal sealed class EditProjectValidator : AbstractValidator<EditProject>
{
    public EditProjectValidator() => Include(new ProjectInputValidator());
}

internal sealed class EditProjectHandler(CrmDb db, Actor actor) : IRequestHandler<EditProject, Unit>
{
    public async Task<Unit> Handle(EditProject request, CancellationToken cancellationToken)
    {
        var project = await db.Projects.VisibleTo(actor).OneAsync(request.Id, cancellationToken);
        await db.ExpectAsync(project, request.Version, cancellationToken);
        project.Edit(request.ToTerms());
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
