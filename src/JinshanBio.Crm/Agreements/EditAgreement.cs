using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Identity;
using MediatR;

namespace JinshanBio.Crm.Agreements;

/// <summary>修改协议: a draft in everything, a signed one in what is not counted.</summary>
[Needs(Permission.ProjectsWrite)]
public sealed record EditAgreement : AgreementInput, IRequest
{
    /// <summary>The agreement.</summary>
    public Guid Id { get; set; }
    public int? Version { get; set; }
}

internal sealed class EditAgreementValidator : AbstractValidator<EditAgreement>
{
    public EditAgreementValidator() => Include(new AgreementInputValidator());
}

internal sealed class EditAgreementHandler(CrmDb db, Actor actor) : IRequestHandler<EditAgreement, Unit>
{
    public async Task<Unit> Handle(EditAgreement request, CancellationToken cancellationToken)
    {
        var agreement = await db.AgreementAsync(actor, request.Id, request.Version, cancellationToken);
        agreement.Edit(request.ToTerms(agreement.Project!));
        await db.NumberMustBeFreeAsync(agreement, "number", cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
