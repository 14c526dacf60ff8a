using System.Text.Json.Serialization;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Stages;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Projects;

/// <summary>项目信息表: the questions asked about a project on its track, with the answers on record and what the next stage still needs.</summary>
[Needs(Permission.ProjectsRead)]
public sealed record GetProjectForm(Guid Id) : IRequest<ProjectFormRecord>;

public sealed record ProjectFormRecord
{
    public Guid Id { get; init; }
    public int Version { get; init; }
    public Track Track { get; init; }
    public required string Stage { get; init; }

    /// <summary>Code of the next stage; null at the end of the track or when the project has ended.</summary>
    public string? NextStage { get; init; }

    /// <summary>In the order of the form. A person who may not know the name behind a code name gets no field in which it may stand.</summary>
    public IReadOnlyList<FormRow> Fields { get; init; } = [];

    /// <summary>Answers on record by key, in the form in which they are sent back.</summary>
    [JsonConverter(typeof(LooseTexts))]
    public Dictionary<string, string?> Values { get; init; } = [];

    /// <summary>What follows from the answers; nothing of it is stored.</summary>
    public required PerMu PerMu { get; init; }
}

/// <param name="Unit">As shown; an amount is in yuan (CNY) or US dollars (USD) here and in ten thousands on screen.</param>
/// <param name="RequiredFrom">Code of the stage before which it must be filled, or null.</param>
/// <param name="IsAsked">False for what another answer makes needless at present.</param>
/// <param name="IsMissing">The next stage needs it and it is not there.</param>
public sealed record FormRow(string Key, string Name, string Group, FormType Type, string? Unit, string? Hint, IReadOnlyList<FormChoice> Options, string? RequiredFrom, bool IsAsked, bool IsRequiredNext, bool IsMissing)
{
    [JsonIgnore]
    public FormField Field { get; init; } = null!;
}

public sealed record FormChoice(string Key, string Name);

internal sealed class GetProjectFormHandler(CrmDb db, Actor actor, Catalogue catalogue) : IRequestHandler<GetProjectForm, ProjectFormRecord>
{
    public async Task<ProjectFormRecord> Handle(GetProjectForm request, CancellationToken cancellationToken)
    {
        var project = await db.Projects.AsNoTracking().VisibleTo(actor).Include(p => p.Facts).OneAsync(request.Id, cancellationToken);
        var isOpen = actor.May(Permission.RealNames) || project.Title == project.Name;
        var next = project.IsClosed ? null : catalogue.Stages.Next(project.Track, project.Stage);
        var fields = catalogue.Stages.Form.Fields.Where(f => f.Tracks.Contains(project.Track) && (isOpen || !f.IsTelling)).ToList();
        return new ProjectFormRecord
        {
            Id = project.Id, Version = project.Version, Track = project.Track, Stage = project.Stage, NextStage = next?.Code, PerMu = project.PerMu(),
            Fields = [.. fields.Select(f => Row(project, f, next))],
            Values = fields.Where(f => project.Fact(f.Key) is not null).ToDictionary(f => f.Key, f => project.Fact(f.Key), StringComparer.Ordinal),
        };
    }

    private static FormRow Row(Project project, FormField field, Stage? next)
    {
        var asked = field.Type == FormType.Calc || field.IsAskedOf(project);
        var needed = asked && field.Type != FormType.Calc && next is not null && field.IsRequiredAt(next.Order);
        return new FormRow(field.Key, field.Name(), field.Group(), field.Type, field.Money ?? field.Unit(), field.Hint(), [.. field.Options.Select(o => new FormChoice(o.Key, Text.Pick(o.NameZh, o.NameEn)))],
            field.RequiredFrom, asked, needed, needed && project.Fact(field.Key) is null) { Field = field };
    }
}
