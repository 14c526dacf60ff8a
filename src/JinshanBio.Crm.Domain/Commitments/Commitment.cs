using JinshanBio.Crm.Domain.Projects;

namespace JinshanBio.Crm.Domain.Commitments;

/// <summary>
/// 承诺: what one side of a deal has promised the other by a day. Its ledger says how far it is kept; the columns that lists and reminders ask for are
/// folded from it with each line. The colour of its light is not stored: it changes by itself with the days, see <see cref="Light"/>.
/// </summary>
public sealed class Commitment : Entity
{
    private Commitment() { }

    /// <exception cref="Refusal">CommitmentTarget, DocumentRequired.</exception>
    public Commitment(Guid projectId, CommitmentKind kind, CommitmentTerms terms, DateTime now, Guid byId)
    {
        (ProjectId, Kind, Side, CreatedAt, CreatedById) = (projectId, kind, CommitmentRule.Of(kind).Side, now, byId);
        Write(terms);
        FirstDueDay = DueDay;
        Fold();
    }

    public Guid ProjectId { get; private set; }
    public Project? Project { get; private set; }
    public CommitmentSide Side { get; private set; }
    public CommitmentKind Kind { get; private set; }

    /// <summary>What exactly, in words.</summary>
    public string? What { get; private set; }

    /// <summary>In the measure of the kind; null for what is done or not.</summary>
    public decimal? Target { get; private set; }

    /// <summary>The day from which it runs, such as that of the agreement.</summary>
    public DateOnly Since { get; private set; }
    public DateOnly DueDay { get; private set; }

    /// <summary>The due day as it was first agreed.</summary>
    public DateOnly FirstDueDay { get; private set; }

    /// <summary>责任人: null for whoever owns the project.</summary>
    public Guid? ResponsibleId { get; private set; }

    /// <summary>责任单位: code of a department.</summary>
    public string? Unit { get; private set; }
    public string? Conditions { get; private set; }

    /// <summary>文号: the public document that a measure rests on.</summary>
    public string? DocumentNumber { get; private set; }

    /// <summary>Which agreement it stands in.</summary>
    public string? AgreementNumber { get; private set; }
    public CommitmentStatus Status { get; private set; }

    /// <summary>Verified, as of <see cref="ReachedOn"/>.</summary>
    public decimal? Reached { get; private set; }
    public DateOnly? ReachedOn { get; private set; }

    /// <summary>Reported, verified or not, as of <see cref="ReportedOn"/>.</summary>
    public decimal? Reported { get; private set; }
    public DateOnly? ReportedOn { get; private set; }

    /// <summary>Some report waits to be verified.</summary>
    public bool IsWaiting { get; private set; }
    public DateOnly? KeptOn { get; private set; }

    /// <summary>A ceiling that the last verified year lies above.</summary>
    public bool IsExceeded { get; private set; }

    /// <summary>From this day on it is behind plan unless more is verified; null where that cannot be.</summary>
    public DateOnly? BehindOn { get; private set; }
    public string? ReleaseReason { get; private set; }

    /// <summary>What has been said about the present due day. The job sets it past the aggregate; see WarnOfCommitments.</summary>
    public CommitmentTold Told { get; private set; }

    /// <summary>One more with each new due day: a warning is said once per round.</summary>
    public int Round { get; private set; }

    /// <summary>How many lines the ledger has.</summary>
    public int Entries { get; private set; }
    public DateTime CreatedAt { get; private set; }
    public Guid CreatedById { get; private set; }
    public ICollection<Fulfilment> Ledger { get; } = [];
    public ICollection<Postponement> Postponements { get; } = [];

    public CommitmentRule Rule => CommitmentRule.Of(Kind);

    /// <summary>按时序的进度要求: behind plan is whoever has reached a share that is smaller than the share of time that is over by more than this.</summary>
    public const decimal Tolerance = 0.2m;

    /// <summary>What was agreed (target, days) is corrected only while nothing hangs on it and it is not over; later it is postponed, or released and promised anew.</summary>
    /// <exception cref="Refusal">CommitmentReleased, CommitmentFixed, CommitmentTarget, DocumentRequired.</exception>
    public void Edit(CommitmentTerms terms, DateOnly today)
    {
        MustStand();
        var isOther = (terms.Target, terms.DueDay, terms.Since) != (Target, DueDay, Since);
        if (isOther && (Entries > 0 || Postponements.Count > 0 || DueDay < today)) throw new Refusal(RefusalCode.CommitmentFixed) { Field = "dueDay" };
        if (terms.DueDay != DueDay) (FirstDueDay, Told, Round) = (terms.DueDay, CommitmentTold.Nothing, Round + 1);
        Write(terms);
        Fold();
    }

    /// <summary>填报履约.</summary>
    /// <exception cref="Refusal">CommitmentReleased, CommitmentTarget.</exception>
    public Fulfilment Report(FulfilmentReport report, DateTime now, Guid byId)
    {
        MustStand();
        if (Rule.HasTarget != report.Value is not null) throw new Refusal(RefusalCode.CommitmentTarget) { Field = "value" };
        return Add(new Fulfilment(Id, Entries + 1, FulfilmentStep.Reported, now, byId)
        { Day = report.Day, Value = report.Value, Text = report.Text.Trim(), DocumentNumber = Trimmed(report.DocumentNumber) });
    }

    /// <summary>核实: confirms a report or turns it down; also one that was verified before. Nobody verifies what is one's own.</summary>
    /// <exception cref="Refusal">NotFound, CommitmentReleased, FulfilmentOwn, FulfilmentSettled.</exception>
    public void Verify(Guid reportId, bool isConfirmed, string? reason, DateTime now, Guid byId)
    {
        MustStand();
        var report = Standing(reportId);
        if (report.ById == byId) throw new Refusal(RefusalCode.FulfilmentOwn);
        if (isConfirmed && IsVerified(report)) throw new Refusal(RefusalCode.FulfilmentSettled);
        if (!isConfirmed && string.IsNullOrWhiteSpace(reason)) throw new Refusal(RefusalCode.ReasonRequired) { Field = "reason" };
        Add(new Fulfilment(Id, Entries + 1, isConfirmed ? FulfilmentStep.Verified : FulfilmentStep.Rejected, now, byId) { OfId = report.Id, Text = Trimmed(reason) });
    }

    /// <summary>更正: takes a report back that has not been verified yet. What was verified is turned down by whoever verifies.</summary>
    /// <exception cref="Refusal">NotFound, CommitmentReleased, FulfilmentSettled.</exception>
    public void Withdraw(Guid reportId, string reason, DateTime now, Guid byId)
    {
        MustStand();
        var report = Standing(reportId);
        if (IsVerified(report)) throw new Refusal(RefusalCode.FulfilmentSettled);
        Add(new Fulfilment(Id, Entries + 1, FulfilmentStep.Withdrawn, now, byId) { OfId = report.Id, Text = reason.Trim() });
    }

    /// <summary>延期: an agreed change, with the document in which it was agreed.</summary>
    /// <exception cref="Refusal">CommitmentReleased, CommitmentKept, PostponeNotLater.</exception>
    public void Postpone(DateOnly to, string reason, string documentNumber, DateTime now, Guid byId)
    {
        MustStand();
        if (Status == CommitmentStatus.Kept) throw new Refusal(RefusalCode.CommitmentKept);
        if (to <= DueDay) throw new Refusal(RefusalCode.PostponeNotLater) { Field = "newDueDay" };
        Postponements.Add(new Postponement(Id, DueDay, to, reason.Trim(), documentNumber.Trim(), now, byId));
        (DueDay, Told, Round) = (to, CommitmentTold.Nothing, Round + 1);
        Fold();
    }

    /// <summary>解除: both sides no longer hold to it, or it was entered by mistake. It stays on record.</summary>
    /// <exception cref="Refusal">CommitmentReleased.</exception>
    public void Release(string reason)
    {
        MustStand();
        (Status, ReleaseReason) = (CommitmentStatus.Released, reason.Trim());
    }

    /// <summary>Reports that were neither withdrawn nor turned down, by their day; of one day the later line stands.</summary>
    public IReadOnlyList<Fulfilment> Reports
        => [.. Ledger.Where(l => l.Step == FulfilmentStep.Reported && !Ledger.Any(x => x.OfId == l.Id && x.Step is FulfilmentStep.Withdrawn or FulfilmentStep.Rejected)).OrderBy(l => l.Day).ThenBy(l => l.Number)];

    public bool IsVerified(Fulfilment report) => Ledger.Any(l => l.OfId == report.Id && l.Step == FulfilmentStep.Verified);

    private Fulfilment Add(Fulfilment line)
    {
        Ledger.Add(line);
        Entries = line.Number;
        Fold();
        return line;
    }

    private void Write(CommitmentTerms terms)
    {
        if (Rule.HasTarget ? terms.Target is not > 0 : terms.Target is not null) throw new Refusal(RefusalCode.CommitmentTarget) { Field = "target" };
        if (Kind == CommitmentKind.MeasureDelivered && string.IsNullOrWhiteSpace(terms.DocumentNumber)) throw new Refusal(RefusalCode.DocumentRequired) { Field = "documentNumber" };
        (Target, Since, DueDay, ResponsibleId, Unit) = (terms.Target, terms.Since, terms.DueDay, terms.ResponsibleId, Trimmed(terms.Unit));
        (What, Conditions, DocumentNumber, AgreementNumber) = (Trimmed(terms.What), Trimmed(terms.Conditions), Trimmed(terms.DocumentNumber), Trimmed(terms.AgreementNumber));
    }

    private void Fold()
    {
        var reports = Reports;
        var verified = reports.Where(IsVerified).ToList();
        IsWaiting = verified.Count < reports.Count;
        (Reported, ReportedOn) = reports.Count > 0 ? (reports[^1].Value, reports[^1].Day) : (null, null);
        (Reached, ReachedOn) = verified.Count > 0 ? (verified[^1].Value, verified[^1].Day) : (null, null);
        IsExceeded = Rule.IsCeiling && Reached > Target;
        // Kept since the first of the last reports in a row that meet it: a total that was corrected below the target, or a weaker year, opens it again.
        KeptOn = verified.AsEnumerable().Reverse().TakeWhile(Meets).LastOrDefault()?.Day;
        Status = KeptOn is null ? CommitmentStatus.Open : CommitmentStatus.Kept;
        BehindOn = Status == CommitmentStatus.Open ? BehindFrom() : null;
    }

    /// <summary>A ceiling is judged by the year that ends on the due day or later; until then it is only held or exceeded.</summary>
    private bool Meets(Fulfilment report) => !Rule.HasTarget || (Rule.IsCeiling ? report.Value <= Target && report.Day >= DueDay : report.Value >= Target);

    private DateOnly? BehindFrom()
    {
        var days = DueDay.DayNumber - Since.DayNumber;
        if (!Rule.GrowsWithTime || days <= 0) return null;
        var from = Since.AddDays((int)decimal.Floor(((Reached ?? 0) / Target!.Value + Tolerance) * days) + 1);
        return from <= DueDay ? from : null;
    }

    private Fulfilment Standing(Guid reportId)
    {
        var report = Ledger.FirstOrDefault(l => l.Id == reportId && l.Step == FulfilmentStep.Reported) ?? throw new Refusal(RefusalCode.NotFound);
        return Reports.Contains(report) ? report : throw new Refusal(RefusalCode.FulfilmentSettled);
    }

    private void MustStand()
    {
        if (Status == CommitmentStatus.Released) throw new Refusal(RefusalCode.CommitmentReleased);
    }

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
