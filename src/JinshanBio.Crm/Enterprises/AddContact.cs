using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Enterprises;

/// <summary>登记联系人: adds a person whom one talks to at an enterprise.</summary>
[Needs(Permission.ContactsWrite)]
public sealed record AddContact : ContactInput, IRequest<Guid>
{
    public Guid EnterpriseId { get; set; }
}

internal sealed class AddContactValidator : AbstractValidator<AddContact>
{
    public AddContactValidator() => Include(new ContactInputValidator());
}

internal sealed class AddContactHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<AddContact, Guid>
{
    public async Task<Guid> Handle(AddContact request, CancellationToken cancellationToken)
    {
        var enterprise = await db.Enterprises.AsNoTracking().OneAsync(request.EnterpriseId, cancellationToken);
        enterprise.MustStand();
        var others = await db.Contacts.Where(c => c.EnterpriseId == enterprise.Id).ToListAsync(cancellationToken);
        // The first contact is the one to call.
        var contact = new Contact(enterprise.Id, request.ToTerms() with { IsPrimary = request.IsPrimary || others.Count == 0 }, clock.GetUtcNow().UtcDateTime, actor.Id);
        if (contact.IsPrimary) others.ForEach(o => o.StandBack());
        db.Contacts.Add(contact);
        await db.SaveChangesAsync(cancellationToken);
        return contact.Id;
    }
}
