using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Documents;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.People;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Documents;

/// <summary>The lead, project or space that documents hang on, as the person may know it.</summary>
/// <param name="Title">What stands on its lists: the code name while it is confidential.</param>
/// <param name="IsOpen">The person may know the names behind the code name.</param>
internal sealed record Papers(Guid? LeadId, Guid? ProjectId, string Title, bool IsOpen, Guid? SpaceId = null)
{
    public IQueryable<Document> Of(CrmDb db, Actor actor)
    {
        var visible = db.Documents.AsNoTracking().VisibleTo(actor);
        if (SpaceId is { } space) return visible.Where(d => d.SpaceId == space);
        if (ProjectId is not { } project) return visible.Where(d => d.LeadId == LeadId);
        return LeadId is { } lead && actor.May(Permission.LeadsRead) ? visible.Where(d => d.ProjectId == project || d.LeadId == lead) : visible.Where(d => d.ProjectId == project);
    }

    public DocumentRow Row(Document d, Dictionary<Guid, string> names) => new(d.Id, d.Number, d.Edition, d.Purpose, d.Label, IsOpen ? d.Title : null, IsOpen ? d.FileName : null,
        d.ContentType, d.Size, IsOpen ? d.Sha256 : null, d.At, names.Of(d.ById), ProjectId is not null && d.LeadId is not null, IsOpen && d.RemovedAt is null,
        d.RemovedAt, d.RemovedById is { } by ? names.Of(by) : null, IsOpen ? d.RemovalReason : null, d.Version);
}

internal static class PapersOf
{
    /// <exception cref="Refusal">NotFound when there is none, or the person may not see it.</exception>
    public static async Task<Papers> PapersAsync(this CrmDb db, Actor actor, Guid? leadId, Guid? projectId, CancellationToken cancel, Guid? spaceId = null)
    {
        if (spaceId is { } space)
            return await db.Spaces.AsNoTracking().VisibleTo(actor).Where(s => s.Id == space).Select(s => new Papers(null, null, s.Name, true, s.Id)).SingleOrDefaultAsync(cancel) ?? throw new Refusal(RefusalCode.NotFound);
        var names = actor.May(Permission.RealNames);
        var found = projectId is { } project
            ? await db.Projects.AsNoTracking().VisibleTo(actor).Where(p => p.Id == project)
                .Select(p => new Papers(p.LeadId, p.Id, p.Title, names || p.Title == p.Name)).SingleOrDefaultAsync(cancel)
            : actor.May(Permission.LeadsRead) ? await db.Leads.AsNoTracking().VisibleTo(actor).Where(l => l.Id == leadId)
                .Select(l => new Papers(l.Id, null, db.Projects.Where(p => p.LeadId == l.Id).Select(p => p.Title).FirstOrDefault() ?? l.CodeName ?? l.Enterprise!.Name,
                    names || l.OwnerId == actor.Id || l.CodeName == null)).SingleOrDefaultAsync(cancel)
            : null;
        return found ?? throw new Refusal(RefusalCode.NotFound);
    }

    /// <summary>The document and what it hangs on.</summary>
    /// <exception cref="Refusal">NotFound.</exception>
    public static async Task<(Document Document, Papers Papers)> DocumentAsync(this CrmDb db, Actor actor, Guid id, CancellationToken cancel)
    {
        var document = await db.Documents.AsNoTracking().VisibleTo(actor).FirstOrDefaultAsync(d => d.Id == id, cancel) ?? throw new Refusal(RefusalCode.NotFound);
        return (document, await db.PapersAsync(actor, document.LeadId, document.ProjectId, cancel, document.SpaceId));
    }
}
