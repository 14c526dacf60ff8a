namespace JinshanBio.Crm.Domain.Chain;

/// <summary>Somebody who makes something here, or is likely to: an enterprise in the district, or one of its projects.</summary>
/// <param name="ProjectId">Null for the business that an enterprise has here already.</param>
/// <param name="Output">Yuan a year, known or taken for its size class.</param>
/// <param name="Likelihood">0–1; 1 for what operates.</param>
/// <param name="Links">Codes. Its output is spread over them in equal parts, so that it counts once.</param>
public sealed record ChainSubject(Guid EnterpriseId, Guid? ProjectId, SupplyPhase Phase, string? Stage, decimal Output, decimal Likelihood, IReadOnlyList<string> Links)
{
    /// <summary>Whether the output is on record, and not taken for the size class.</summary>
    public bool IsOutputKnown { get; init; } = true;

    /// <summary>Yuan a year to be reckoned with, in each of its links.</summary>
    public decimal ExpectedPerLink => Links.Count == 0 ? 0 : Output * Likelihood / Links.Count;

    /// <summary>
    /// One enterprise's business here and its producing projects are one thing: what its projects make is part of what it makes. So of the two the larger counts in
    /// each link; projects that do not produce yet come on top.
    /// </summary>
    public static IReadOnlyList<ChainSubject> CountedOnce(IEnumerable<ChainSubject> subjects)
    {
        var all = subjects.Where(s => s.Links.Count > 0).ToList();
        var produced = all.Where(s => s.ProjectId is not null && s.Phase == SupplyPhase.Operating).ToLookup(s => s.EnterpriseId);
        return [.. all.Select(subject =>
        {
            if (subject.ProjectId is not null || !produced.Contains(subject.EnterpriseId)) return subject;
            var rest = Math.Max(0, subject.Output - produced[subject.EnterpriseId].Sum(p => p.Output));
            return subject with { Output = rest };
        })];
    }
}

/// <summary>How far a supply is.</summary>
public enum SupplyPhase
{
    /// <summary>在产: operates.</summary>
    Operating,
    /// <summary>落地: registered here and not producing yet.</summary>
    Landed,
    /// <summary>在谈: in talks, under review or signed.</summary>
    Pipeline,
}
