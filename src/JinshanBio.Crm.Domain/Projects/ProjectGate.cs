using JinshanBio.Crm.Domain.Stages;

namespace JinshanBio.Crm.Domain.Projects;

/// <summary>The gate of a stage: evidence and form fields that must be there before it is entered.</summary>
public sealed partial class Project
{
    /// <summary>
    /// Moves the project. Forward only to the next stage of its track, with that stage's evidence and fields; back with a reason.
    /// </summary>
    /// <param name="given">Evidence and form fields by key, so that the gate's questions can be answered in place.</param>
    /// <param name="records">What the project's other records (review, agreement, promises) say to the gate.</param>
    /// <exception cref="Refusal">ProjectClosed, StageUnchanged, StageNotOnTrack, StageNotNext, ReasonRequired,
    /// EvidenceMissing (with what is missing), AgreementNotFormal, FairCompetitionOpen, CreditCodeWrong, a fault of a field, and whatever stands in the way among the records.</exception>
    public void MoveTo(string to, StageTable stages, IReadOnlyDictionary<string, string?> given, string? reason, DateTime now, Guid byId, GateRecords? records = null)
    {
        if (IsClosed) throw new Refusal(RefusalCode.ProjectClosed, Number);
        if (to == Stage) throw new Refusal(RefusalCode.StageUnchanged, to) { Field = "to" };
        var target = stages.Of(Track).FirstOrDefault(s => s.Code == to)
            ?? throw new Refusal(RefusalCode.StageNotOnTrack, to) { Field = "to" };

        if (target.Order < stages[Stage].Order)
        {
            if (string.IsNullOrWhiteSpace(reason)) throw new Refusal(RefusalCode.ReasonRequired) { Field = "reason" };
        }
        else
        {
            var next = stages.Next(Track, Stage)!;
            if (next.Code != to) throw new Refusal(RefusalCode.StageNotNext, next.Code) { Field = "to" };
            if (records?.Obstacle is { } obstacle) throw obstacle;
            Answer(target, stages.Form, given, records ?? GateRecords.None, now, byId);
        }

        History.Add(new StageChange(Stage, to, now, byId, reason?.Trim()));
        (Stage, StageSince) = (to, now);
        RefreshTitle();
    }

    /// <summary>Keys of the evidence and of the form fields that entering the stage would still need beyond what is on record and given.</summary>
    public IReadOnlyList<string> Missing(Stage target, GateRecords? records = null)
        => [.. target.Evidence.Where(need => need.Required && !Has(need) && records?.Evidence.ContainsKey(need.Key) is not true).Select(need => need.Key)
            .Concat(target.Fields.Where(field => field.IsAskedOf(this) && Fact(field.Key) is null).Select(field => field.Key)).Distinct(StringComparer.Ordinal)];

    /// <summary>What a record says outweighs what is typed: the record is the fact. Of a key that both have, evidence is meant.</summary>
    private void Answer(Stage target, ProjectForm form, IReadOnlyDictionary<string, string?> given, GateRecords records, DateTime now, Guid byId)
    {
        foreach (var need in target.Evidence)
        {
            if ((records.Evidence.GetValueOrDefault(need.Key) ?? given.GetValueOrDefault(need.Key)) is not { } value || string.IsNullOrWhiteSpace(value)) continue;
            value = need.Check(value);
            if (Evidence.FirstOrDefault(e => e.Key == need.Key) is not { } known) Evidence.Add(new ProjectEvidence(Id, target.Code, need.Key, value, now, byId));
            else if (known.Value != value)
            {
                Superseded.Add(new SupersededEvidence(known, now, byId));
                known.Replace(value, now, byId);
            }
        }
        Fill(given.Where(g => !string.IsNullOrWhiteSpace(g.Value) && target.Evidence.All(need => need.Key != g.Key)), form, "evidence");
        if (Missing(target) is { Count: > 0 } missing) throw new Refusal(RefusalCode.EvidenceMissing, target.Code) { Field = "evidence", Missing = missing };
        if (target.Code == Stages.Stage.Signed) MustBeFitToSign();
    }

    /// <summary>Only a formal agreement signs, and not before the fair-competition review is concluded (公平竞争审查条例, in force since 2024-08-01).</summary>
    private void MustBeFitToSign()
    {
        if (Value(EvidenceNeed.AgreementType) != EvidenceNeed.FormalAgreement)
            throw new Refusal(RefusalCode.AgreementNotFormal) { Field = $"evidence.{EvidenceNeed.AgreementType}" };
        if (Value(EvidenceNeed.FairCompetition) == EvidenceNeed.ReviewPending)
            throw new Refusal(RefusalCode.FairCompetitionOpen) { Field = $"evidence.{EvidenceNeed.FairCompetition}" };
    }

    private bool Has(EvidenceNeed need)
        => Value(need.Key) is not null || (need.Key == EvidenceNeed.SigningCreditCode && Enterprise is { CreditCode: not null } or { Country: not EvidenceNeed.OwnCountry });

    private string? Value(string key) => Evidence.FirstOrDefault(e => e.Key == key)?.Value;
}

/// <summary>What the other records of a project say to the gate of a stage: evidence that they already are, and what stands in the way.</summary>
/// <param name="Evidence">By key of the evidence, in words: the number of the review, of the agreement.</param>
/// <param name="Obstacle">Thrown when the gate is tried, such as a review that was not passed.</param>
public sealed record GateRecords(IReadOnlyDictionary<string, string> Evidence, Refusal? Obstacle = null)
{
    public static readonly GateRecords None = new(new Dictionary<string, string>(StringComparer.Ordinal));
}
