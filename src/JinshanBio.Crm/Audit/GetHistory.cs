using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Audit;

/// <summary>变更记录: what was changed on a lead or project that the person sees, newest first.</summary>
[Needs(Permission.Account)]
public sealed record GetHistory : IRequest<Page<AuditRow>>, IPaged
{
    public Guid SubjectId { get; set; }

    /// <summary>There is one order; any name is refused.</summary>
    public string? Sort { get; set; }
    public int Page { get; set; } = 1;
    public int Size { get; set; } = Paging.DefaultSize;
}

internal sealed class GetHistoryValidator : AbstractValidator<GetHistory>
{
    public GetHistoryValidator() => this.MustBePaged([]);
}

internal sealed class GetHistoryHandler(CrmDb db, Actor actor) : IRequestHandler<GetHistory, Page<AuditRow>>
{
    public async Task<Page<AuditRow>> Handle(GetHistory request, CancellationToken cancellationToken)
    {
        if (!await IsVisibleAsync(request.SubjectId, cancellationToken)) throw new Refusal(RefusalCode.NotFound);
        var records = db.AuditRecords.AsNoTracking().Where(r => r.SubjectId == request.SubjectId);
        var total = await records.Take(Paging.CountCap).CountAsync(cancellationToken);
        return await records.PageOfRowsAsync(db, actor, total, request, cancellationToken);
    }

    private async Task<bool> IsVisibleAsync(Guid id, CancellationToken cancel)
    {
        if (actor.May(Permission.LeadsRead) && await db.Leads.VisibleTo(actor).AnyAsync(l => l.Id == id, cancel)) return true;
        // The trail holds names: without the right to them it opens at signing.
        var mayKnow = actor.May(Permission.RealNames);
        return actor.May(Permission.ProjectsRead) && await db.Projects.VisibleTo(actor).AnyAsync(p => p.Id == id && (mayKnow || p.Title == p.Name), cancel);
    }
}
