using System.Text.Json;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Agreements;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Stages;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Texts;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Agreements;

/// <summary>What agreement and fair-competition review say to the gate of S60, and what a move over that line does to them: a project at S60 or beyond has its agreement.</summary>
internal static class AgreementGate
{
    private const string AgreementNumber = "agreementNumber", EventCheck = "eventCheck";

    public static async Task<GateRecords> AgreementGateAsync(this CrmDb db, Project project, CancellationToken cancel)
    {
        var formal = await db.Agreements.AsNoTracking().FirstOrDefaultAsync(a => a.ProjectId == project.Id && a.Kind == AgreementKind.Formal && a.Status != AgreementStatus.Void, cancel);
        var review = await db.FairCompetitionReviews.AsNoTracking().FirstOrDefaultAsync(f => f.ProjectId == project.Id, cancel);
        var evidence = new Dictionary<string, string>(StringComparer.Ordinal);
        if (review is not null) evidence[EvidenceNeed.FairCompetition] = Word(review.State);
        if (formal is null) return new GateRecords(evidence);
        if (formal.Status == AgreementStatus.Draft) return new GateRecords(evidence, new Refusal(RefusalCode.AgreementUnsigned, formal.Number ?? "–"));
        if (formal.Number is { } number) evidence[AgreementNumber] = number;
        evidence[EvidenceNeed.AgreementType] = EvidenceNeed.FormalAgreement;
        if (formal.InvestorCode is { } code) evidence[EvidenceNeed.SigningCreditCode] = code;
        evidence[EventCheck] = formal.OverrideReason is { } reason ? Text.Of("agreements.checkedAnother", reason) : Text.Of("agreements.checkedNew");
        return new GateRecords(evidence);
    }

    /// <summary>
    /// After a move. Forward over the line with typed evidence alone, that evidence becomes the agreement, over the project's investment and signed today. Back over the
    /// line, the signed agreement and its increases are void for the reason of the move: a stage and its agreement never say different things.
    /// </summary>
    /// <exception cref="Refusal">AgreementNumberTaken, DealSignedBefore.</exception>
    public static async Task KeepAgreementAsync(this CrmDb db, Project project, string from, string? reason, Actor actor, DateTime now, CancellationToken cancel)
    {
        var (wasSigned, isSigned) = (Stage.OrderOf(from) >= Stage.SignedOrder, Stage.OrderOf(project.Stage) >= Stage.SignedOrder);
        if (!wasSigned && !isSigned) return;
        var formal = await db.Agreements.FirstOrDefaultAsync(a => a.ProjectId == project.Id && a.Kind == AgreementKind.Formal && a.Status == AgreementStatus.Signed, cancel);
        if (isSigned && !wasSigned && formal is null) await db.AdoptAsync(project, wasSigned: false, reason, actor, now, cancel);
        if (isSigned || formal is null) return;
        formal.Void(reason!, now, actor.Id);
        await db.VoidSupplementsAsync(project, reason!, now, actor.Id, cancel);
        project.CountSigned(0);
    }

    /// <summary>Makes the evidence of a signing the agreement that it speaks of.</summary>
    /// <returns>False where no number was ever given.</returns>
    /// <exception cref="Refusal">AgreementNumberTaken, DealSignedBefore.</exception>
    public static async Task<bool> AdoptAsync(this CrmDb db, Project project, bool wasSigned, string? reason, Actor actor, DateTime now, CancellationToken cancel)
    {
        var known = project.Evidence.ToDictionary(e => e.Key, StringComparer.Ordinal);
        if (known.GetValueOrDefault(AgreementNumber) is not { } number) return false;
        // A project that was signed before agreements were kept was signed when its evidence was given.
        var day = ShanghaiTime.Day(wasSigned ? number.At : now);
        var agreement = Agreement.FromEvidence(project, number.Value, project.Enterprise!.Name, known.GetValueOrDefault(EvidenceNeed.SigningCreditCode)?.Value ?? project.Enterprise.CreditCode, day, now, actor.Id);
        try { await db.NumberMustBeFreeAsync(agreement, $"evidence.{AgreementNumber}", cancel); }
        catch (Refusal taken) when (taken.Code == RefusalCode.AgreementNumberTaken)
        {
            // Somebody signed this very project in the same moment: the move is handled again on the project as it stands now.
            if (await db.Agreements.AnyAsync(a => a.ProjectId == project.Id && a.Kind == AgreementKind.Formal && a.Status == AgreementStatus.Signed && a.NumberKey == agreement.NumberKey, cancel))
                throw new DbUpdateConcurrencyException("The project was signed meanwhile.", taken);
            throw;
        }
        await db.MustBeNewDealAsync(agreement, project, reason, actor, cancel);
        if (!string.IsNullOrWhiteSpace(reason)) agreement.ExplainDeal(reason);
        db.Agreements.Add(agreement);
        project.CountSigned(agreement.Amount);
        if (known.GetValueOrDefault(EvidenceNeed.FairCompetition) is not { } finding || !Enum.TryParse<FairCompetitionState>(finding.Value, ignoreCase: true, out var state)) return true;
        if (await db.FairCompetitionReviews.AnyAsync(f => f.ProjectId == project.Id, cancel)) return true;
        var review = new FairCompetition(project.Id);
        review.Adopt(state, day);
        db.FairCompetitionReviews.Add(review);
        return true;
    }

    /// <summary>The option of the evidence that a state is.</summary>
    private static string Word(FairCompetitionState state) => JsonNamingPolicy.CamelCase.ConvertName(state.ToString());
}
