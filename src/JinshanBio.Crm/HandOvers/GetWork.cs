using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Identity;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.HandOvers;

/// <summary>在手工作: what stands with a person and can be handed over.</summary>
[Needs(Permission.HandOver)]
public sealed record GetWork : IRequest<PersonWork>
{
    /// <summary>Oneself when left out.</summary>
    public Guid? From { get; set; }
}

/// <param name="Leads">Open ones, the first hundred by their next follow-up.</param>
/// <param name="Projects">Live ones, the first hundred.</param>
/// <param name="AllLeads">Whatever became of them.</param>
public sealed record PersonWork(
    Guid PersonId, string Name, bool Disabled, IReadOnlyList<WorkRow> Leads, IReadOnlyList<WorkRow> Projects, int AllLeads, int AllProjects, int OpenFollowUps);

public sealed record WorkRow(Guid Id, string Number, string Title, string Stage, DateTime? NextFollowUp);

internal sealed class GetWorkHandler(CrmDb db, Actor actor) : IRequestHandler<GetWork, PersonWork>
{
    private const int AtMost = 100;

    public async Task<PersonWork> Handle(GetWork request, CancellationToken cancellationToken)
    {
        var id = request.From ?? actor.Id;
        if (id != actor.Id && !actor.May(Permission.EverybodysRows)) throw new Refusal(RefusalCode.NotPermitted);
        var person = await db.Users.AsNoTracking().FirstOrDefaultAsync(p => p.Id == id, cancellationToken) ?? throw new Refusal(RefusalCode.NotFound);
        var (leads, projects) = (db.Leads.AsNoTracking().Where(l => l.OwnerId == id), db.Projects.AsNoTracking().Where(p => p.OwnerId == id));
        return new PersonWork(id, person.DisplayName, person.Disabled,
            await leads.Where(l => l.Status == LeadStatus.Open).OrderBy(l => l.NextFollowUpAt).ThenBy(l => l.Id).Take(AtMost)
                .Select(l => new WorkRow(l.Id, l.Number, l.CodeName ?? l.Enterprise!.Name, l.Stage, l.NextFollowUpAt)).ToListAsync(cancellationToken),
            await projects.Where(p => !p.IsClosed).OrderBy(p => p.Id).Take(AtMost).Select(p => new WorkRow(p.Id, p.Number, p.Title, p.Stage, p.NextFollowUpAt)).ToListAsync(cancellationToken),
            await leads.CountAsync(cancellationToken), await projects.CountAsync(cancellationToken),
            await db.FollowUps.CountAsync(f => f.OwnerId == id && f.Status == FollowUpStatus.Open, cancellationToken));
    }
}
