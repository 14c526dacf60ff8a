using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Enterprises;

/// <summary>修改联系人: changes what is said about a contact.</summary>
[Needs(Permission.ContactsWrite)]
public sealed record EditContact : ContactInput, IRequest
{
    public Guid EnterpriseId { get; set; }
    public Guid Id { get; set; }
    public int? Version { get; set; }
}

internal sealed class EditContactValidator : AbstractValidator<EditContact>
{
    public EditContactValidator() => Include(new ContactInputValidator());
}

internal sealed class EditContactHandler(CrmDb db) : IRequestHandler<EditContact, Unit>
{
    public async Task<Unit> Handle(EditContact request, CancellationToken cancellationToken)
    {
        var contact = await db.Contacts.Include(c => c.Keys).Where(c => c.EnterpriseId == request.EnterpriseId).OneAsync(request.Id, cancellationToken);
        await db.ExpectAsync(contact, request.Version, cancellationToken);
        contact.Edit(request.ToTerms());
        if (contact.IsPrimary)
            foreach (var other in await db.Contacts.Where(c => c.EnterpriseId == contact.EnterpriseId && c.IsPrimary && c.Id != contact.Id).ToListAsync(cancellationToken)) other.StandBack();
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
