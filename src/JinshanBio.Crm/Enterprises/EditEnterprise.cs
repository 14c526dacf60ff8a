using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Enterprises;

/// <summary>修改企业: changes what is said about an enterprise; a name that is given up stays on record as a former one.</summary>
[Needs(Permission.EnterprisesWrite)]
public sealed record EditEnterprise : EnterpriseInput, IRequest
{
    public Guid Id { get; set; }
    public int? Version { get; set; }
}

internal sealed class EditEnterpriseValidator : AbstractValidator<EditEnterprise>
{
    public EditEnterpriseValidator() => Include(new EnterpriseInputValidator());
}

internal sealed class EditEnterpriseHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<EditEnterprise, Unit>
{
    public async Task<Unit> Handle(EditEnterprise request, CancellationToken cancellationToken)
    {
        await using var turn = request.ParentId is null ? null : await db.Database.BeginTransactionAsync(cancellationToken);
        if (turn is not null) await Numbers.TakeAsync(db, EnterpriseTree.Turn, 1, cancellationToken);
        var now = clock.GetUtcNow().UtcDateTime;
        var enterprise = await db.Enterprises.Include(e => e.Keys).Include(e => e.Aliases).Include(e => e.Links).AsSplitQuery().OneAsync(request.Id, cancellationToken);
        enterprise.MustStand();
        await db.ExpectAsync(enterprise, request.Version, cancellationToken);
        await request.ApplyAsync(enterprise, db, catalogue, now, cancellationToken);
        enterprise.Rename(request.Name, now);
        enterprise.Identify(request.CreditCode);
        await AddEnterprise.MustBeFreeAsync(db, actor, enterprise, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        if (turn is not null) await turn.CommitAsync(cancellationToken);
        return Unit.Value;
    }
}
