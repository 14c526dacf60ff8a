namespace JinshanBio.Crm.Domain.Reports;

/// <summary>
/// 分录: what a change added to the running pipeline or took from it. The sum of all postings is the pipeline as it stands.
/// Postings are only ever added, so that changes at the same moment never wait for each other; see PipelineBook.
/// </summary>
public sealed class PipelinePosting
{
    private PipelinePosting() { }

    public PipelinePosting(string field, Guid ownerId, bool isProject, string stage, int count, decimal investment, decimal outputAtCapacity,
        decimal signed = 0, decimal fundsInPlace = 0, decimal annualOutput = 0)
    {
        (Field, OwnerId, IsProject, Stage, Count, Investment, OutputAtCapacity) = (field, ownerId, isProject, stage, count, investment, outputAtCapacity);
        (Signed, FundsInPlace, AnnualOutput) = (signed, fundsInPlace, annualOutput);
    }

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public string Field { get; private set; } = "";
    public Guid OwnerId { get; private set; }
    public bool IsProject { get; private set; }
    public string Stage { get; private set; } = "";
    public int Count { get; private set; }
    public decimal Investment { get; private set; }
    public decimal OutputAtCapacity { get; private set; }
    public decimal Signed { get; private set; }
    public decimal FundsInPlace { get; private set; }
    public decimal AnnualOutput { get; private set; }

    public bool IsNothing => Count == 0 && (Investment, OutputAtCapacity, Signed, FundsInPlace, AnnualOutput) == default;

    /// <summary>One posting for each field, owner, kind and stage, with the same sums; those that cancel each other out are left out.</summary>
    public static IEnumerable<PipelinePosting> Sum(IEnumerable<PipelinePosting> postings)
        => postings.GroupBy(p => (p.Field, p.OwnerId, p.IsProject, p.Stage))
            .Select(g => new PipelinePosting(g.Key.Field, g.Key.OwnerId, g.Key.IsProject, g.Key.Stage, g.Sum(p => p.Count), g.Sum(p => p.Investment), g.Sum(p => p.OutputAtCapacity),
                g.Sum(p => p.Signed), g.Sum(p => p.FundsInPlace), g.Sum(p => p.AnnualOutput)))
            .Where(p => !p.IsNothing);

    /// <summary>What a lead or project with these values adds to the pipeline, or takes from it: nothing when it is not live.</summary>
    public static IEnumerable<PipelinePosting> Of(PipelineFacts? facts, bool isProject, int sign) => facts is not { IsLive: true } ? []
        : [new PipelinePosting(facts.Field, facts.OwnerId, isProject, facts.Stage, sign, sign * facts.Investment, sign * facts.OutputAtCapacity,
            sign * facts.Signed, sign * facts.FundsInPlace, sign * facts.AnnualOutput)];
}
