namespace JinshanBio.Crm.Domain.Projects;

/// <summary>What is said about a project when it is opened or edited. Money in yuan, area in m².</summary>
public sealed record ProjectTerms(string Name, Stages.Track Track, decimal Investment, decimal OutputAtCapacity, decimal AreaM2);

public sealed class ProjectTag(Guid projectId, string name)
{
    public Guid ProjectId { get; private set; } = projectId;
    public string Name { get; private set; } = name;
}

public sealed class ProjectLink(Guid projectId, string code)
{
    public Guid ProjectId { get; private set; } = projectId;
    public string Code { get; private set; } = code;
}

/// <summary>佐证: one piece of evidence on record, such as a document number.</summary>
public sealed class ProjectEvidence(Guid projectId, string stage, string key, string value, DateTime at, Guid byId)
{
    public Guid ProjectId { get; private set; } = projectId;
    public string Stage { get; private set; } = stage;
    public string Key { get; private set; } = key;
    public string Value { get; private set; } = value;
    public DateTime At { get; private set; } = at;
    public Guid ById { get; private set; } = byId;

    internal void Replace(string value, DateTime at, Guid byId) => (Value, At, ById) = (value, at, byId);
}

/// <summary>旧佐证: what a piece of evidence said before it was replaced. Only added to.</summary>
public sealed class SupersededEvidence
{
    private SupersededEvidence() { }

    internal SupersededEvidence(ProjectEvidence old, DateTime now, Guid byId)
        => (ProjectId, Stage, Key, Value, At, ById, ReplacedAt, ReplacedById) = (old.ProjectId, old.Stage, old.Key, old.Value, old.At, old.ById, now, byId);

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid ProjectId { get; private init; }
    public string Stage { get; private init; } = "";
    public string Key { get; private init; } = "";
    public string Value { get; private init; } = "";
    public DateTime At { get; private init; }
    public Guid ById { get; private init; }
    public DateTime ReplacedAt { get; private init; }
    public Guid ReplacedById { get; private init; }
}

/// <summary>字段值: the answer to one question of the project form, in the form in which <see cref="FormField"/> keeps it.</summary>
public sealed class ProjectFact(Guid projectId, string key, string value)
{
    public Guid ProjectId { get; private set; } = projectId;
    public string Key { get; private set; } = key;
    public string Value { get; internal set; } = value;
}
