using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Agreements;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Stages;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Agreements;

/// <summary>作废协议: it counts no more. A formal agreement takes its supplements along; while the project's stage rests on it, the project goes back first, and that voids it.</summary>
[Needs(Permission.ProjectsWrite)]
public sealed record VoidAgreement : IRequest
{
    /// <summary>The agreement.</summary>
    public Guid Id { get; set; }
    public string? Reason { get; set; }
    public int? Version { get; set; }
}

internal sealed class VoidAgreementValidator : AbstractValidator<VoidAgreement>
{
    public VoidAgreementValidator() => RuleFor(r => r.Reason).Reason();
}

internal sealed class VoidAgreementHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<VoidAgreement, Unit>
{
    public async Task<Unit> Handle(VoidAgreement request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var agreement = await db.AgreementAsync(actor, request.Id, request.Version, cancellationToken);
        var project = agreement.Project!;
        var isSignature = agreement is { Kind: AgreementKind.Formal, Status: AgreementStatus.Signed };
        if (isSignature && !project.IsClosed && Stage.OrderOf(project.Stage) >= Stage.SignedOrder) throw new Refusal(RefusalCode.AgreementHoldsStage, agreement.Number ?? "–");
        agreement.Void(request.Reason!, now, actor.Id);
        if (isSignature) await db.VoidSupplementsAsync(project, request.Reason!, now, actor.Id, cancellationToken);
        await db.CountSignedAsync(project, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}

internal static class Voiding
{
    /// <summary>What increased an agreement falls with it.</summary>
    public static async Task VoidSupplementsAsync(this CrmDb db, Project project, string reason, DateTime now, Guid byId, CancellationToken cancel)
    {
        var increases = await db.Agreements.Where(a => a.ProjectId == project.Id && a.Kind == AgreementKind.Supplement && a.Status != AgreementStatus.Void).ToListAsync(cancel);
        foreach (var increase in increases) increase.Void(reason, now, byId);
    }
}
