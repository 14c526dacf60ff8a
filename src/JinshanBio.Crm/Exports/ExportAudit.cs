using FluentValidation;
using JinshanBio.Crm.Audit;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Exports;

/// <summary>导出审计: who changed what in a range of time, newest first; for those who may read the trail.</summary>
[Needs(Permission.ListsExport)]
public sealed record ExportAudit : IRequest<ExportedFile>
{
    public string? Subject { get; set; }
    public Guid? SubjectId { get; set; }
    public Guid? Actor { get; set; }

    /// <summary>Without a zone it is Shanghai's.</summary>
    public DateTime? From { get; set; }

    /// <summary>A day alone is inside.</summary>
    public DateTime? To { get; set; }
    public ExportFormat Format { get; set; }
}

internal sealed class ExportAuditValidator : AbstractValidator<ExportAudit>
{
    public ExportAuditValidator()
    {
        RuleFor(r => r.Subject).MaximumLength(64);
        RuleFor(r => r.From).PlausibleTime();
        RuleFor(r => r.To).PlausibleTime();
        RuleFor(r => r.Format).IsInEnum();
    }
}

internal sealed class ExportAuditHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<ExportAudit, ExportedFile>
{
    public async Task<ExportedFile> Handle(ExportAudit request, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.AuditRead)) throw new Refusal(RefusalCode.NotPermitted);
        var records = db.AuditRecords.AsNoTracking();
        if (request.Subject is { Length: > 0 } subject) records = records.Where(r => r.Subject == subject || r.Subject.StartsWith(subject + "."));
        if (request.SubjectId is { } id) records = records.Where(r => r.SubjectId == id);
        if (request.Actor is { } by) records = records.Where(r => r.ActorId == by);
        if (request.From?.RangeStart() is { } from) records = records.Where(r => r.At >= from);
        if (request.To?.RangeEnd() is { } to) records = records.Where(r => r.At < to);
        var ids = await records.OrderByDescending(r => r.At).ThenByDescending(r => r.Id).Select(r => r.Id).ToListAsync(cancellationToken);
        return await db.ExportAsync(actor, clock, "audit", request.Format, request, Columns, ids, chunk => LoadAsync(chunk, cancellationToken), cancellationToken);
    }

    private Task<Dictionary<Guid, Row>> LoadAsync(List<Guid> ids, CancellationToken cancel)
        => db.AuditRecords.AsNoTracking().Where(r => ids.Contains(r.Id))
            .Select(r => new Row(r, db.Users.Where(p => p.Id == r.ActorId).Select(p => p.DisplayName).FirstOrDefault())).ToDictionaryAsync(r => r.Record.Id, cancel);

    private static readonly List<ExportColumn<Row>> Columns =
    [
        new("at", r => r.Record.At),
        new("by", r => r.By ?? Text.Of("audit.system")),
        new("subject", r => r.Record.Subject),
        new("systemId", r => r.Record.SubjectId),
        new("action", r => Text.Of(r.Record.Action)),
        new("changes", r => r.Record.Changes),
    ];

    private sealed record Row(AuditRecord Record, string? By);
}
