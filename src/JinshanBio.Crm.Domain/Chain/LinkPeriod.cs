namespace JinshanBio.Crm.Domain.Chain;

/// <summary>
/// 环节留痕: that an enterprise or a project was recorded in a link from one moment to the next. Written in the transaction of each change, as the periods of the
/// pipeline are, so that the coverage of a past day is what was known on that day.
/// </summary>
public sealed class LinkPeriod
{
    private LinkPeriod() { }

    public LinkPeriod(Guid subjectId, bool isProject, string link, DateTime from) => (SubjectId, IsProject, Link, From) = (subjectId, isProject, link, from);

    public Guid Id { get; private init; } = Guid.CreateVersion7();

    /// <summary>The project, or else the enterprise.</summary>
    public Guid SubjectId { get; private set; }
    public bool IsProject { get; private set; }
    public string Link { get; private set; } = "";

    /// <summary>UTC, inclusive.</summary>
    public DateTime From { get; private set; }

    /// <summary>UTC, exclusive; <see cref="ChainMap.Open"/> while it holds.</summary>
    public DateTime To { get; private set; } = ChainMap.Open;

    public void End(DateTime at) => To = at;
}
