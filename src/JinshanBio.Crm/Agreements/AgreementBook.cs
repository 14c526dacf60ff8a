using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Agreements;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Agreements;

/// <summary>What the steps of an agreement have in common: what counts, whose number it is, and whether the deal has been signed before.</summary>
internal static class AgreementBook
{
    /// <summary>The agreement with its measures, and its project with the enterprise.</summary>
    /// <exception cref="Refusal">NotFound, StaleVersion.</exception>
    public static async Task<Agreement> AgreementAsync(this CrmDb db, Actor actor, Guid id, int? version, CancellationToken cancel)
    {
        var agreement = await db.Agreements.VisibleTo(actor).Include(a => a.Project!.Enterprise).Include(a => a.Measures).OneAsync(id, cancel);
        await db.ExpectAsync(agreement, version, cancel);
        return agreement;
    }

    public static bool IsForeign(this Project project) => project.Enterprise!.Country != Domain.Stages.EvidenceNeed.OwnCountry;

    /// <summary>签约额: what the signed formal agreement and the increases of a project add up to, as they stand after this step.</summary>
    public static async Task CountSignedAsync(this CrmDb db, Project project, CancellationToken cancel)
    {
        var agreements = await db.Agreements.Where(a => a.ProjectId == project.Id && a.Status != AgreementStatus.Void).ToListAsync(cancel);
        project.CountSigned(agreements.Concat(db.Agreements.Local.Where(a => a.ProjectId == project.Id)).Distinct().Where(a => a.Counts).Sum(a => a.Amount));
    }

    /// <exception cref="Refusal">AgreementNumberTaken, with whose it is.</exception>
    public static async Task NumberMustBeFreeAsync(this CrmDb db, Agreement agreement, string field, CancellationToken cancel)
    {
        if (agreement.NumberKey is not { } key) return;
        var other = await db.Agreements.Where(a => a.NumberKey == key && a.Id != agreement.Id && a.Status != AgreementStatus.Void)
            .Join(db.Users, a => a.Project!.OwnerId, u => u.Id, (a, u) => new { a.Number, Project = a.Project!.Number, Owner = u.DisplayName }).FirstOrDefaultAsync(cancel);
        if (other is not null) throw new Refusal(RefusalCode.AgreementNumberTaken, other.Number!, other.Project, other.Owner) { Field = field };
    }

    /// <summary>重复签约 under another project of the same enterprise: refused with which and whose it is, unless somebody who may says why it is another deal.</summary>
    /// <exception cref="Refusal">DealSignedBefore.</exception>
    public static async Task MustBeNewDealAsync(this CrmDb db, Agreement agreement, Project project, string? reason, Actor actor, CancellationToken cancel)
    {
        if (agreement.Kind != AgreementKind.Formal) return;
        var code = agreement.InvestorCode;
        var signed = await db.Agreements.AsNoTracking().Where(a => a.ProjectId != project.Id && a.Kind == AgreementKind.Formal && a.Status == AgreementStatus.Signed
                && (a.Project!.EnterpriseId == project.EnterpriseId || (code != null && a.InvestorCode == code)))
            .Join(db.Users, a => a.Project!.OwnerId, u => u.Id, (a, u) => new { a.Number, a.Amount, a.SignedOn, Project = a.Project!.Number, a.Project.Name, Owner = u.DisplayName }).ToListAsync(cancel);
        if (signed.Find(s => SameDeal.Is(project.Name, agreement.Amount, s.Name, s.Amount)) is not { } same) return;
        if (actor.May(Permission.DuplicatesOverride) && !string.IsNullOrWhiteSpace(reason)) return;
        throw new Refusal(RefusalCode.DealSignedBefore, same.Project, same.Number ?? "–", same.Owner, same.SignedOn!.Value) { Field = "reason" };
    }
}
