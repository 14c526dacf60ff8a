using System.Text.Json;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Enterprises;

/// <summary>
/// 删除个人信息: erases a contact everywhere it stands, also in the audit trail and in remembered answers (个人信息保护法 art. 47). What stays is
/// that a contact was erased, by whom and when. It cannot be undone.
/// </summary>
[Needs(Permission.ContactsWrite)]
public sealed record EraseContact : IRequest
{
    public Guid EnterpriseId { get; set; }
    public Guid Id { get; set; }
}

internal sealed class EraseContactHandler(CrmDb db) : IRequestHandler<EraseContact, Unit>
{
    public async Task<Unit> Handle(EraseContact request, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var contact = await db.Contacts.Include(c => c.Keys).Where(c => c.EnterpriseId == request.EnterpriseId).OneAsync(request.Id, cancellationToken);
        db.Contacts.Remove(contact);
        await db.SaveChangesAsync(cancellationToken);
        await RedactAsync(contact.Id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Unit.Value;
    }

    // Past the change tracker: the trail is never edited but for this, and removing from it must not be written into it again.
    private async Task RedactAsync(Guid id, CancellationToken cancel)
    {
        foreach (var record in await db.AuditRecords.AsNoTracking().Where(r => r.SubjectId == id).Select(r => new { r.Id, r.Changes }).ToListAsync(cancel))
        {
            var changes = JsonSerializer.Deserialize<Dictionary<string, JsonElement[]>>(record.Changes)!;
            var kept = JsonSerializer.Serialize(changes.ToDictionary(c => c.Key, c => AuditTrail.Personal.Contains(c.Key) ? (object)new[] { "***", "***" } : c.Value, StringComparer.Ordinal));
            await db.AuditRecords.Where(r => r.Id == record.Id).ExecuteUpdateAsync(r => r.SetProperty(x => x.Changes, kept), cancel);
        }
        // The answers to requests with an Idempotency-Key are kept as they were sent.
        var mark = id.ToString();
        await db.IdempotentAnswers.Where(a => a.Body!.Contains(mark)).ExecuteDeleteAsync(cancel);
    }
}
