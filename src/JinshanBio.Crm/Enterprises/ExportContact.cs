using System.Globalization;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Enterprises;

/// <summary>导出个人信息: everything that is kept about one contact, to be handed to that person (个人信息保护法 art. 45).</summary>
[Needs(Permission.ContactsRead)]
public sealed record ExportContact(Guid EnterpriseId, Guid Id) : IRequest<PersonalData>;

/// <param name="RegisteredBy">Who put it on record.</param>
public sealed record PersonalData(
    Guid Id, string Enterprise, string Name, string? Title, string? Phone, string? Email, string? WeChat, string? Note, bool IsPrimary, DateTime RegisteredAt, string RegisteredBy)
{
    /// <summary>One line for each thing that is kept.</summary>
    public IEnumerable<IReadOnlyList<string?>> Rows() =>
    [
        [Text.Of("input.displayName"), Name], [Text.Of("input.enterpriseName"), Enterprise], [Text.Of("input.title"), Title], [Text.Of("input.phone"), Phone], [Text.Of("input.email"), Email],
        [Text.Of("input.weChat"), WeChat], [Text.Of("input.note"), Note], [Text.Of("input.isPrimary"), Text.Of(IsPrimary ? "audit.yes" : "audit.no")],
        [Text.Of("input.createdAt"), RegisteredAt.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)], [Text.Of("contacts.registeredBy"), RegisteredBy],
    ];
}

internal sealed class ExportContactHandler(CrmDb db) : IRequestHandler<ExportContact, PersonalData>
{
    public async Task<PersonalData> Handle(ExportContact request, CancellationToken cancellationToken)
    {
        var contact = await db.Contacts.AsNoTracking().Where(c => c.EnterpriseId == request.EnterpriseId).OneAsync(request.Id, cancellationToken);
        var enterprise = await db.Enterprises.Where(e => e.Id == contact.EnterpriseId).Select(e => e.Name).SingleAsync(cancellationToken);
        var by = await db.Users.Where(p => p.Id == contact.CreatedById).Select(p => p.DisplayName).FirstOrDefaultAsync(cancellationToken) ?? "";
        return new PersonalData(contact.Id, enterprise, contact.Name, contact.Title, contact.Phone, contact.Email, contact.WeChat, contact.Note, contact.IsPrimary, contact.CreatedAt, by);
    }
}
