using System.Text.Json.Serialization;
using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Projects;

/// <summary>填写项目信息表: takes some answers over. What is left out stays as it is, an empty answer removes what was there.</summary>
[Needs(Permission.ProjectsWrite)]
public sealed record FillProjectForm : IRequest
{
    public Guid Id { get; set; }

    /// <summary>By key of the field. Amounts in yuan (US dollars for foreign capital), options by their key, days as yyyy-MM-dd, true or false.</summary>
    [JsonConverter(typeof(LooseTexts))]
    public Dictionary<string, string?> Values { get; set; } = [];

    /// <summary>The version the person read.</summary>
    public int? Version { get; set; }

    /// <summary>The answers are as a person types them: amounts in ten thousands.</summary>
    [JsonIgnore]
    public bool Typed { get; set; }
}

internal sealed class FillProjectFormValidator : AbstractValidator<FillProjectForm>
{
    public FillProjectFormValidator() => RuleFor(r => r.Values).NotNull().Must(v => v is null || v.Count <= 200);
}

internal sealed class FillProjectFormHandler(CrmDb db, Actor actor, Catalogue catalogue) : IRequestHandler<FillProjectForm, Unit>
{
    public async Task<Unit> Handle(FillProjectForm request, CancellationToken cancellationToken)
    {
        var project = await db.Projects.VisibleTo(actor).Include(p => p.Facts).OneAsync(request.Id, cancellationToken);
        FormTexts.Read(request.Values, project, catalogue.Stages.Form, request.Typed, "values");
        // From here on they are kept values, also when the request is handled again.
        request.Typed = false;
        await db.ExpectAsync(project, request.Version, cancellationToken);
        project.Fill(request.Values, catalogue.Stages.Form);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
