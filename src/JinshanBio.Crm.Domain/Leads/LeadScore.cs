namespace JinshanBio.Crm.Domain.Leads;

/// <summary>线索评分: 0–100 in four parts, each term with its points and why. Nothing but the facts and the weights goes in.</summary>
public static class LeadScore
{
    public static ScoreCard Of(LeadFacts facts, ScoreWeights weights)
    {
        ScorePart[] parts =
        [
            Part("fit",
                Term("field", weights.Field, Priority(facts.FieldPriority), facts.FieldPriority),
                Term("hub", weights.Hub, facts.HubLinks > 0 ? 1 : 0, facts.HubLinks),
                Term("gap", weights.Gap, facts.Links == 0 ? 0 : (decimal)facts.GapLinks / facts.Links, facts.GapLinks, facts.Links)),
            Part("size",
                Term("investment", weights.Investment, weights.Steps.Count == 0 ? 0 : (decimal)Reached(facts, weights) / weights.Steps.Count, Reached(facts, weights), weights.Steps.Count)),
            Part("activity",
                Term("done", weights.Done, Math.Min(1, (decimal)facts.DoneRecently / weights.DoneForAll), facts.DoneRecently, weights.RecentDays),
                Term("overdue", weights.Overdue, facts.Overdue switch { 0 => 1, 1 => 0.5m, _ => 0 }, facts.Overdue)),
            Part("readiness",
                Term("stage", weights.Stage, facts.Stage switch { Stages.Stage.Lead => 0, Stages.Stage.Screened => 0.5m, _ => 1 }),
                Term("creditCode", weights.CreditCode, facts.IsIdentified ? 1 : 0, facts.IsIdentified ? 1 : 0),
                Term("nextStep", weights.NextStep, facts.IsNextPlanned ? 1 : 0, facts.IsNextPlanned ? 1 : 0)),
        ];
        return new ScoreCard(Math.Clamp(parts.Sum(p => p.Points), 0, 100), parts);
    }

    private static int Reached(LeadFacts facts, ScoreWeights weights) => weights.Steps.Count(step => facts.Investment >= step);

    /// <summary>The fields of the policy in their order; what serves all of them stands beside the second.</summary>
    private static decimal Priority(int order) => order switch { 1 => 1, 0 or 2 => 0.75m, 3 => 0.5m, _ => 0.25m };

    private static ScorePart Part(string key, params ScoreTerm[] terms) => new(key, terms.Sum(t => t.Points), terms.Sum(t => t.Max), terms);

    private static ScoreTerm Term(string key, int max, decimal share, params int[] values) => new(key, (int)Math.Round(max * share, MidpointRounding.AwayFromZero), max, values);
}

/// <summary>What is known about a lead when it is scored.</summary>
/// <param name="FieldPriority">Place of the field in the policy, from 1; 0 for what serves every field.</param>
/// <param name="HubLinks">Of its links, those that supply many others.</param>
/// <param name="GapLinks">Of its links, those in which nobody has landed here.</param>
/// <param name="Investment">Yuan.</param>
/// <param name="IsIdentified">The credit code is known, or it is a foreign firm, which has none.</param>
public sealed record LeadFacts(
    int FieldPriority, int Links, int HubLinks, int GapLinks, decimal Investment, int DoneRecently, int Overdue, string Stage, bool IsIdentified, bool IsNextPlanned);

/// <summary>评分权重: the most points each term gives, 100 together, and where they are reached. Reference data that an administrator changes.</summary>
/// <param name="Steps">Yuan; each one reached gives an equal part of the points for size.</param>
/// <param name="DoneForAll">So many follow-ups done give all points.</param>
/// <param name="RecentDays">Follow-ups done in so many days count.</param>
/// <param name="HubDegree">A link that supplies so many others is a hub.</param>
public sealed record ScoreWeights(
    int Field, int Hub, int Gap, int Investment, int Done, int Overdue, int Stage, int CreditCode, int NextStep,
    IReadOnlyList<decimal> Steps, int DoneForAll, int RecentDays, int HubDegree)
{
    public int Sum => Field + Hub + Gap + Investment + Done + Overdue + Stage + CreditCode + NextStep;
}

public sealed record ScoreCard(int Total, IReadOnlyList<ScorePart> Parts);

public sealed record ScorePart(string Key, int Points, int Max, IReadOnlyList<ScoreTerm> Terms);

/// <param name="Values">For the placeholders of the sentence that says why.</param>
public sealed record ScoreTerm(string Key, int Points, int Max, IReadOnlyList<int> Values);
