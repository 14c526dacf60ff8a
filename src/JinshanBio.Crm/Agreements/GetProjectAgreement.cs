using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Agreements;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.People;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Agreements;

/// <summary>项目的协议: every agreement of a project with the measures promised, the fair-competition review, and what is counted.</summary>
[Needs(Permission.ProjectsRead)]
public sealed record GetProjectAgreement(Guid ProjectId) : IRequest<ProjectAgreements>;

/// <summary>One agreement.</summary>
[Needs(Permission.ProjectsRead)]
public sealed record GetAgreement(Guid Id) : IRequest<AgreementRecord>;

/// <summary>Money in yuan. Who may not know the name behind a code name gets kinds, states, days and amounts, and neither parties nor free text.</summary>
public sealed record ProjectAgreements
{
    public Guid ProjectId { get; init; }

    /// <summary>签约额: formal agreement and increases; a letter of intent never counts.</summary>
    public decimal SignedAmount { get; init; }
    public decimal Investment { get; init; }

    /// <summary>The investor's name and credit code as the register has them; for a new agreement.</summary>
    public string? InvestorName { get; init; }
    public string? InvestorCode { get; init; }
    public bool IsForeign { get; init; }

    /// <summary>Null while nobody has begun it.</summary>
    public FairCompetitionRecord? FairCompetition { get; init; }

    /// <summary>The formal one first, then its increases, then the others; what is void last.</summary>
    public IReadOnlyList<AgreementRecord> Agreements { get; init; } = [];
}

public sealed record FairCompetitionRecord(
    FairCompetitionState State, bool IsConcluded, string? DocumentNumber, DateOnly? Day, string? ReviewedBy, string? Basis, bool IsFromEvidence, int Version);

public sealed record AgreementRecord
{
    public Guid Id { get; init; }
    public Guid ProjectId { get; init; }
    public AgreementKind Kind { get; init; }
    public AgreementStatus Status { get; init; }

    /// <summary>It is part of the signed amount.</summary>
    public bool Counts { get; init; }
    public string? Number { get; init; }
    public string? OurParty { get; init; }
    public string? InvestorName { get; init; }
    public string? InvestorCode { get; init; }
    public decimal Amount { get; init; }
    public string? Currency { get; init; }
    public decimal? ForeignAmount { get; init; }
    public decimal? Rate { get; init; }
    public DateOnly? RateDay { get; init; }
    public string? Performance { get; init; }
    public DateOnly? SignedOn { get; init; }
    public string? Place { get; init; }
    public string? Event { get; init; }
    public DateTime RecordedAt { get; init; }
    public required string RecordedBy { get; init; }
    public string? SignedBy { get; init; }
    public string? OverrideReason { get; init; }

    /// <summary>Recorded by the move to S60 from typed evidence.</summary>
    public bool IsFromEvidence { get; init; }
    public string? VoidReason { get; init; }
    public DateTime? VoidedAt { get; init; }
    public string? VoidedBy { get; init; }
    public IReadOnlyList<MeasureLine> Measures { get; init; } = [];

    /// <summary>What a draft still needs to be signed, as paths of inputs: "number", "measures.PM-31.documentNumber", "fairCompetition".</summary>
    public IReadOnlyList<string> Lacking { get; init; } = [];
    public int Version { get; init; }
}

/// <param name="Way">How much fair-competition review this kind needs.</param>
public sealed record MeasureLine(
    Guid Id, string Kind, string Name, MeasureWay Way, string? DocumentNumber, string? DocumentTitle, DateOnly? DocumentDate, decimal? Amount, bool WithoutAmount, string? Conditions, string? Unit, string? UnitName, string? StatutoryBasis);

internal sealed class GetProjectAgreementHandler(CrmDb db, Actor actor, Catalogue catalogue) : IRequestHandler<GetProjectAgreement, ProjectAgreements>, IRequestHandler<GetAgreement, AgreementRecord>
{
    public async Task<ProjectAgreements> Handle(GetProjectAgreement request, CancellationToken cancellationToken)
    {
        var project = await db.Projects.AsNoTracking().VisibleTo(actor).Include(p => p.Enterprise).OneAsync(request.ProjectId, cancellationToken);
        var agreements = await db.Agreements.AsNoTracking().Include(a => a.Measures).Where(a => a.ProjectId == project.Id).ToListAsync(cancellationToken);
        var review = await ReviewAsync(project.Id, cancellationToken);
        var open = IsOpen(project);
        return new ProjectAgreements
        {
            ProjectId = project.Id, SignedAmount = project.SignedAmount, Investment = project.Investment, IsForeign = project.IsForeign(),
            InvestorName = open ? project.Enterprise!.Name : null, InvestorCode = open ? project.Enterprise!.CreditCode : null,
            FairCompetition = review is null ? null : new FairCompetitionRecord(review.State, review.IsConcluded, open ? review.DocumentNumber : null, review.Day, open ? review.ReviewedBy : null,
                open ? review.Basis : null, review.IsFromEvidence, review.Version),
            Agreements = await DescribeAsync([.. agreements.OrderBy(a => a.Status == AgreementStatus.Void).ThenBy(Rank).ThenBy(a => a.RecordedAt)], project, review, cancellationToken),
        };
    }

    public async Task<AgreementRecord> Handle(GetAgreement request, CancellationToken cancellationToken)
    {
        var agreement = await db.Agreements.AsNoTracking().VisibleTo(actor).Include(a => a.Measures).Include(a => a.Project!.Enterprise).OneAsync(request.Id, cancellationToken);
        return (await DescribeAsync([agreement], agreement.Project!, await ReviewAsync(agreement.ProjectId, cancellationToken), cancellationToken))[0];
    }

    private static int Rank(Agreement agreement) => agreement.Kind switch { AgreementKind.Formal => 0, AgreementKind.Supplement => 1, AgreementKind.Framework => 2, _ => 3 };

    private bool IsOpen(Project project) => actor.May(Permission.RealNames) || project.Title == project.Name;

    private Task<FairCompetition?> ReviewAsync(Guid projectId, CancellationToken cancel) => db.FairCompetitionReviews.AsNoTracking().FirstOrDefaultAsync(f => f.ProjectId == projectId, cancel);

    private async Task<List<AgreementRecord>> DescribeAsync(List<Agreement> agreements, Project project, FairCompetition? review, CancellationToken cancel)
    {
        var names = agreements.Count == 0 ? [] : await db.NamesAsync(agreements.SelectMany(a => (Guid[])[a.RecordedById, a.SignedById ?? Guid.Empty, a.VoidedById ?? Guid.Empty]), cancel);
        return agreements.ConvertAll(a => Describe(a, project, review, names, IsOpen(project)));
    }

    private AgreementRecord Describe(Agreement a, Project project, FairCompetition? review, Dictionary<Guid, string> names, bool open) => new()
    {
        Id = a.Id, ProjectId = a.ProjectId, Kind = a.Kind, Status = a.Status, Counts = a.Counts, Version = a.Version,
        Amount = a.Amount, Currency = a.Currency, ForeignAmount = a.ForeignAmount, Rate = a.Rate, RateDay = a.RateDay, SignedOn = a.SignedOn, RecordedAt = a.RecordedAt, IsFromEvidence = a.IsFromEvidence,
        RecordedBy = names.Of(a.RecordedById), SignedBy = a.SignedById is { } signer ? names.Of(signer) : null, VoidedAt = a.VoidedAt, VoidedBy = a.VoidedById is { } voider ? names.Of(voider) : null,
        Number = open ? a.Number : null, OurParty = open ? a.OurParty : null, InvestorName = open ? a.InvestorName : null, InvestorCode = open ? a.InvestorCode : null, Performance = open ? a.Performance : null,
        Place = open ? a.Place : null, Event = open ? a.Event : null, OverrideReason = open ? a.OverrideReason : null, VoidReason = open ? a.VoidReason : null,
        Measures = [.. a.Measures.OrderBy(m => m.Kind, StringComparer.Ordinal).ThenBy(m => m.Id).Select(m => new MeasureLine(m.Id, m.Kind, catalogue.MeasureName(m.Kind),
            catalogue.MeasureWays.GetValueOrDefault(m.Kind), open ? m.DocumentNumber : null, open ? m.DocumentTitle : null, m.DocumentDate, m.Amount, m.WithoutAmount, open ? m.Conditions : null,
            m.Unit, m.Unit is null ? null : catalogue.UnitName(m.Unit), open ? m.StatutoryBasis : null))],
        Lacking = a.Status != AgreementStatus.Draft ? [] : Lacking(a, project, review),
    };

    private List<string> Lacking(Agreement a, Project project, FairCompetition? review)
    {
        List<string> lacking = [.. a.Lacks(catalogue.MeasureWays, project.IsForeign())];
        if (a.Kind is not (AgreementKind.Formal or AgreementKind.Supplement)) return lacking;
        if (review is not { IsConcluded: true }) lacking.Add("fairCompetition");
        else if (!review.IsReviewed) lacking.AddRange(a.Measures.Where(m => catalogue.MeasureWays.GetValueOrDefault(m.Kind) is MeasureWay.Medium or MeasureWay.High).Select(m => $"measures.{m.Kind}.fairCompetition").Distinct());
        return lacking;
    }
}
