using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Enterprises;

/// <summary>修改企业: changes what is said about an enterprise.</summary>
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

internal sealed class EditEnterpriseHandler(CrmDb db) : IRequestHandler<EditEnterprise, Unit>
{
    public async Task<Unit> Handle(EditEnterprise request, CancellationToken cancellationToken)
    {
        var enterprise = await db.Enterprises.Include(e => e.Keys).OneAsync(request.Id, cancellationToken);
        await db.ExpectAsync(enterprise, request.Version, cancellationToken);
        enterprise.Rename(request.Name);
        enterprise.Identify(request.CreditCode);
        enterprise.Describe(request.Address, request.Kind, request.Country ?? enterprise.Country);
        await AddEnterprise.MustBeFreeAsync(db, enterprise, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
