using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Agreements;
using JinshanBio.Crm.Domain.Stages;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace JinshanBio.Crm.Agreements;

/// <summary>补登协议: projects that were signed before agreements were kept get theirs from the evidence of their signing. What looks like a deal signed twice is left for people.</summary>
[Needs(Permission.JobsManage)]
public sealed record RecordMissingAgreements : IRequest<string>;

internal sealed class RecordMissingAgreementsHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock, ILogger<RecordMissingAgreementsHandler> log) : IRequestHandler<RecordMissingAgreements, string>
{
    private const int Most = 5000;

    public async Task<string> Handle(RecordMissingAgreements request, CancellationToken cancellationToken)
    {
        var signed = catalogue.Stages.All.Where(s => s.Order >= Stage.SignedOrder).Select(s => s.Code).ToList();
        var lacking = await db.Projects.Where(p => signed.Contains(p.Stage)
                && !db.Agreements.Any(a => a.ProjectId == p.Id && a.Kind == AgreementKind.Formal && a.Status != AgreementStatus.Void))
            .OrderBy(p => p.Id).Select(p => p.Id).Take(Most).ToListAsync(cancellationToken);
        int recorded = 0, failed = 0;
        foreach (var id in lacking)
        {
            try
            {
                var project = await db.Projects.Include(p => p.Enterprise).Include(p => p.Evidence).SingleAsync(p => p.Id == id, cancellationToken);
                if (await db.AdoptAsync(project, wasSigned: true, null, actor, clock.GetUtcNow().UtcDateTime, cancellationToken)) recorded++;
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (Exception exception) when (exception is DbUpdateException or Refusal)
            {
                failed++;
                log.LogWarning(exception, "No agreement could be recorded for project {Project}", id);
            }
            db.ChangeTracker.Clear();
        }
        return Sentence.Of("job.said.agreements", recorded, failed);
    }
}
