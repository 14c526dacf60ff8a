using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Agreements;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Agreements;

/// <summary>登记协议: writes down an agreement of a project as a draft. A project has one formal agreement; a supplement adds its increase.</summary>
[Needs(Permission.ProjectsWrite)]
public sealed record RecordAgreement : AgreementInput, IRequest<Guid>
{
    /// <summary>The project.</summary>
    public Guid Id { get; set; }
    public AgreementKind? Kind { get; set; }
}

internal sealed class RecordAgreementValidator : AbstractValidator<RecordAgreement>
{
    public RecordAgreementValidator()
    {
        Include(new AgreementInputValidator());
        RuleFor(r => r.Kind).NotNull().IsInEnum();
        RuleFor(r => r.Amount).NotNull().GreaterThan(0).When(r => r.Kind == AgreementKind.Supplement && r.Currency is null);
    }
}

internal sealed class RecordAgreementHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<RecordAgreement, Guid>
{
    public async Task<Guid> Handle(RecordAgreement request, CancellationToken cancellationToken)
    {
        var project = await db.Projects.VisibleTo(actor).Include(p => p.Enterprise).OneAsync(request.Id, cancellationToken);
        if (project.IsClosed) throw new Refusal(RefusalCode.ProjectClosed, project.Number);
        var formal = await db.Agreements.Where(a => a.ProjectId == project.Id && a.Kind == AgreementKind.Formal && a.Status != AgreementStatus.Void).FirstOrDefaultAsync(cancellationToken);
        if (request.Kind == AgreementKind.Formal && formal is not null) throw new Refusal(RefusalCode.AgreementExists, formal.Number ?? "–") { Field = "kind" };
        if (request.Kind == AgreementKind.Supplement && formal is not { Status: AgreementStatus.Signed }) throw new Refusal(RefusalCode.AgreementNotThere) { Field = "kind" };

        var agreement = new Agreement(project.Id, request.Kind!.Value, request.ToTerms(project), clock.GetUtcNow().UtcDateTime, actor.Id);
        await db.NumberMustBeFreeAsync(agreement, "number", cancellationToken);
        db.Agreements.Add(agreement);
        await db.SaveChangesAsync(cancellationToken);
        return agreement.Id;
    }
}
