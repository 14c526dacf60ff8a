using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Commitments;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.People;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Commitments;

/// <summary>承诺详情: one promise with its ledger.</summary>
[Needs(Permission.ProjectsRead)]
public sealed record GetCommitment(Guid Id) : IRequest<CommitmentRecord>;

/// <summary>
/// A promise as a person may see it. Who may not know the names behind a code name gets no free text. Amounts as the measure says: yuan (a total),
/// yuan a year, people, or tons of standard coal a year.
/// </summary>
public sealed record CommitmentRecord
{
    public Guid Id { get; init; }
    public Guid ProjectId { get; init; }
    public int Version { get; init; }
    public CommitmentSide Side { get; init; }
    public CommitmentKind Kind { get; init; }
    public CommitmentMeasure Measure { get; init; }
    public string? What { get; init; }
    public decimal? Target { get; init; }
    public DateOnly Since { get; init; }
    public DateOnly DueDay { get; init; }
    public DateOnly FirstDueDay { get; init; }
    public Guid? ResponsibleId { get; init; }
    public string? ResponsibleName { get; init; }
    public string? Unit { get; init; }
    public string? Conditions { get; init; }
    public string? DocumentNumber { get; init; }
    public string? AgreementNumber { get; init; }
    public CommitmentStatus Status { get; init; }

    /// <summary>Verified.</summary>
    public decimal? Reached { get; init; }
    public DateOnly? ReachedOn { get; init; }

    /// <summary>Reported, verified or not.</summary>
    public decimal? Reported { get; init; }
    public DateOnly? ReportedOn { get; init; }
    public bool IsWaiting { get; init; }
    public DateOnly? KeptOn { get; init; }
    public DateOnly? BehindOn { get; init; }
    public string? ReleaseReason { get; init; }
    public required LightRow Light { get; init; }
    public IReadOnlyList<FulfilmentLine> Ledger { get; init; } = [];
    public IReadOnlyList<PostponementLine> Postponements { get; init; } = [];

    /// <summary>Verified share of the target, 0…1 and more; null for what is done or not.</summary>
    public decimal? Share => Target is > 0 ? decimal.Round((Reached ?? 0) / Target.Value, 4) : null;

    internal static async Task<IReadOnlyList<CommitmentRecord>> OfAsync(
        CrmDb db, Catalogue catalogue, IReadOnlyList<Commitment> commitments, DateOnly today, bool isOpen, Func<Commitment, bool> hasEnded, CancellationToken cancel)
    {
        var names = await db.NamesAsync(commitments.SelectMany(c => c.Ledger.Select(l => l.ById).Concat(c.Postponements.Select(p => p.ById)).Append(c.ResponsibleId ?? Guid.Empty)), cancel);
        string? Said(string? text) => isOpen ? text : null;
        return [.. commitments.Select(c => new CommitmentRecord
        {
            Id = c.Id, ProjectId = c.ProjectId, Version = c.Version, Side = c.Side, Kind = c.Kind, Measure = c.Rule.Measure, What = Said(c.What), Target = c.Target,
            Since = c.Since, DueDay = c.DueDay, FirstDueDay = c.FirstDueDay, ResponsibleId = c.ResponsibleId, ResponsibleName = c.ResponsibleId is { } person ? names.Of(person) : null, Unit = c.Unit,
            Conditions = Said(c.Conditions), DocumentNumber = Said(c.DocumentNumber), AgreementNumber = Said(c.AgreementNumber), Status = c.Status, Reached = c.Reached, ReachedOn = c.ReachedOn,
            Reported = c.Reported, ReportedOn = c.ReportedOn, IsWaiting = c.IsWaiting, KeptOn = c.KeptOn, BehindOn = c.BehindOn, ReleaseReason = Said(c.ReleaseReason),
            Light = LightRow.Of(LightFacts.Of(c), today, catalogue, hasEnded(c)),
            Ledger = [.. c.Ledger.OrderBy(l => l.Number).Select(l => new FulfilmentLine(l.Id, l.Number, l.Step, l.OfId, l.Day, l.Value, Said(l.Text), Said(l.DocumentNumber), l.At, l.ById, names.Of(l.ById),
                c.Reports.Contains(l), c.IsVerified(l)))],
            Postponements = [.. c.Postponements.OrderBy(p => p.At).Select(p => new PostponementLine(p.From, p.To, Said(p.Reason), Said(p.DocumentNumber), p.At, names.Of(p.ById)))],
        })];
    }
}

/// <param name="OfId">The report that a later line is about.</param>
/// <param name="IsStanding">A report that was neither withdrawn nor turned down.</param>
public sealed record FulfilmentLine(
    Guid Id, int Number, FulfilmentStep Step, Guid? OfId, DateOnly? Day, decimal? Value, string? Text, string? DocumentNumber, DateTime At, Guid ById, string By, bool IsStanding, bool IsVerified);

public sealed record PostponementLine(DateOnly From, DateOnly To, string? Reason, string? DocumentNumber, DateTime At, string By);

internal sealed class GetCommitmentHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<GetCommitment, CommitmentRecord>
{
    public async Task<CommitmentRecord> Handle(GetCommitment request, CancellationToken cancellationToken)
    {
        var commitment = await db.Commitments.AsNoTracking().VisibleTo(actor).Include(c => c.Project).Include(c => c.Ledger).Include(c => c.Postponements).AsSplitQuery()
            .OneAsync(request.Id, cancellationToken);
        var isOpen = actor.May(Permission.RealNames) || commitment.Project!.Title == commitment.Project.Name;
        return (await CommitmentRecord.OfAsync(db, catalogue, [commitment], clock.Today(), isOpen, c => c.Project!.IsClosed, cancellationToken))[0];
    }
}
