using System.Text.Json;
using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Audit;

/// <summary>审计: who changed what, newest first.</summary>
[Needs(Permission.AuditRead)]
public sealed record ListAudit : IRequest<Page<AuditRow>>, IPaged
{
    /// <summary>Type of the record, such as Lead; its parts (Lead.Link.…) come along.</summary>
    public string? Subject { get; set; }
    public Guid? SubjectId { get; set; }
    public Guid? Actor { get; set; }

    /// <summary>Without a zone it is Shanghai's.</summary>
    public DateTime? From { get; set; }

    /// <summary>Exclusive.</summary>
    public DateTime? To { get; set; }

    /// <summary>There is one order; any name is refused.</summary>
    public string? Sort { get; set; }
    public int Page { get; set; } = 1;
    public int Size { get; set; } = Paging.DefaultSize;
}

/// <param name="ActorName">Empty for the system itself.</param>
/// <param name="Version">Of the record after the change; 0 for records without one.</param>
public sealed record AuditRow(
    Guid Id, DateTime At, Guid ActorId, string ActorName, string Subject, Guid SubjectId, int Version, AuditAction Action, IReadOnlyList<FieldChange> Changes);

/// <param name="Field">Name of the property in camelCase.</param>
public sealed record FieldChange(string Field, string? From, string? To);

internal sealed class ListAuditValidator : AbstractValidator<ListAudit>
{
    public ListAuditValidator()
    {
        this.MustBePaged([]);
        RuleFor(r => r.Subject).MaximumLength(64);
        RuleFor(r => r.From).PlausibleTime();
        RuleFor(r => r.To).PlausibleTime();
    }
}

internal sealed class ListAuditHandler(CrmDb db, Actor actor) : IRequestHandler<ListAudit, Page<AuditRow>>
{
    public async Task<Page<AuditRow>> Handle(ListAudit request, CancellationToken cancellationToken)
    {
        var records = db.AuditRecords.AsNoTracking();
        if (request.Subject is { Length: > 0 } subject) records = records.Where(r => r.Subject == subject || r.Subject.StartsWith(subject + "."));
        if (request.SubjectId is { } id) records = records.Where(r => r.SubjectId == id);
        if (request.Actor is { } by) records = records.Where(r => r.ActorId == by);
        if (request.From is { } from) records = records.Where(r => r.At >= from.RangeStart());
        if (request.To is { } to) records = records.Where(r => r.At < to.RangeEnd());
        var total = await records.Take(Paging.CountCap).CountAsync(cancellationToken);
        return await records.PageOfRowsAsync(db, actor, total, request, cancellationToken);
    }
}

internal static class AuditQueries
{
    public static async Task<Page<AuditRow>> PageOfRowsAsync(this IQueryable<AuditRecord> records, CrmDb db, Actor actor, int total, IPaged paged, CancellationToken cancel)
    {
        var page = await records.OrderByDescending(r => r.At).ThenByDescending(r => r.Id)
            .Select(r => new { Record = r, By = db.Users.Where(p => p.Id == r.ActorId).Select(p => p.DisplayName).FirstOrDefault() ?? "" })
            .PageAsync(total, paged, cancel);
        return new Page<AuditRow>([.. page.Items.Select(x => new AuditRow(x.Record.Id, x.Record.At, x.Record.ActorId, x.By, x.Record.Subject, x.Record.SubjectId,
            x.Record.SubjectVersion, x.Record.Action, Read(x.Record, actor)))], page.Total, page.Number, page.Size);
    }

    private static IReadOnlyList<FieldChange> Read(AuditRecord record, Actor actor)
    {
        // The trail of a contact tells no more than the contact itself does.
        var isHidden = record.Subject == nameof(Contact) && !actor.May(Permission.ContactsRead);
        return [.. JsonSerializer.Deserialize<Dictionary<string, JsonElement[]>>(record.Changes)!
            .Select(c => isHidden && AuditTrail.Personal.Contains(c.Key) ? new FieldChange(Camel(c.Key), Hidden, Hidden) : new FieldChange(Camel(c.Key), Show(c.Value[0]), Show(c.Value[1])))];
    }

    private const string Hidden = "***";

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private static string? Show(JsonElement value) => value.ValueKind == JsonValueKind.Null ? null : value.ToString();
}
