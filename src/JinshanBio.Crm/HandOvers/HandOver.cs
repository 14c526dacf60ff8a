using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.Domain.HandOvers;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.FollowUps;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.HandOvers;

/// <summary>
/// 交接: all or some of a person's leads, projects and open follow-ups go to a colleague. Stage, time at the stage and history stay as they are.
/// In batches, each with its history in one transaction; sent again after a break it goes on with what is left.
/// </summary>
[Needs(Permission.HandOver)]
public sealed record HandOver : IRequest<HandedOver>
{
    /// <summary>Whose work it is; one's own when left out.</summary>
    public Guid? From { get; set; }
    public Guid? To { get; set; }

    /// <summary>Everything: leads and projects whatever became of them, so that nothing stays with somebody who has left, and open follow-ups.</summary>
    public bool All { get; set; }

    /// <summary>With their open follow-ups; a lead that became a project goes together with it.</summary>
    public List<Guid> LeadIds { get; set; } = [];
    public List<Guid> ProjectIds { get; set; } = [];

    /// <summary>Alone, without their lead or project.</summary>
    public List<Guid> FollowUpIds { get; set; } = [];
    public string? Reason { get; set; }
}

/// <summary>How many of each went over.</summary>
public sealed record HandedOver(int Leads, int Projects, int FollowUps);

internal sealed class HandOverValidator : AbstractValidator<HandOver>
{
    private const int AtMost = 1000;

    public HandOverValidator()
    {
        RuleFor(r => r.To).NotEmpty();
        RuleFor(r => r.Reason).Reason();
        RuleFor(r => r.LeadIds).NotEmpty().When(r => !r.All && r.ProjectIds is { Count: 0 } && r.FollowUpIds is { Count: 0 });
        foreach (var ids in (System.Linq.Expressions.Expression<Func<HandOver, List<Guid>>>[])[r => r.LeadIds, r => r.ProjectIds, r => r.FollowUpIds])
            RuleFor(ids).Must(list => list is not null && list.Count <= AtMost).WithMessage(_ => Texts.Text.Of("handOver.tooMany", AtMost));
    }
}

internal sealed class HandOverHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<HandOver, HandedOver>
{
    private const int Batch = 250, Attempts = 5;

    private readonly Guid _id = Guid.CreateVersion7();
    private (int Leads, int Projects, int FollowUps) _done;

    public async Task<HandedOver> Handle(HandOver request, CancellationToken cancellationToken)
    {
        var from = request.From ?? actor.Id;
        if (from != actor.Id && !actor.May(Permission.EverybodysRows)) throw new Refusal(RefusalCode.NotPermitted);
        var names = await db.Users.AsNoTracking().Where(p => p.Id == from || p.Id == request.To).ToDictionaryAsync(p => p.Id, p => p.DisplayName, cancellationToken);
        if (!names.ContainsKey(from)) throw new Refusal(RefusalCode.NotFound) { Field = "from" };
        if (from == request.To || !(await db.ColleaguesAsync(catalogue, cancellationToken)).Any(c => c.Id == request.To)) throw new Refusal(RefusalCode.HandOverTarget) { Field = "to" };

        var way = new Way(from, request.To!.Value, request.Reason!.Trim());
        var (leads, projects) = (db.Leads.Where(l => l.OwnerId == from), db.Projects.Where(p => p.OwnerId == from));
        var followUps = db.FollowUps.Where(f => f.OwnerId == from && f.Status == FollowUpStatus.Open);
        if (request.All)
        {
            await EachAsync(leads, l => LeadsAsync(way, l, cancellationToken), cancellationToken);
            await EachAsync(projects, p => ProjectsAsync(way, p, cancellationToken), cancellationToken);
            await EachAsync(followUps, f => FollowUpsAsync(way, f), cancellationToken);
        }
        else
        {
            var chosen = await ChosenAsync(request, from, cancellationToken);
            foreach (var ids in chosen.Leads.Chunk(Batch)) await EachAsync(leads.Where(l => ids.Contains(l.Id)), l => LeadsAsync(way, l, cancellationToken), cancellationToken);
            foreach (var ids in chosen.Projects.Chunk(Batch)) await EachAsync(projects.Where(p => ids.Contains(p.Id)), p => ProjectsAsync(way, p, cancellationToken), cancellationToken);
            foreach (var ids in chosen.FollowUps.Chunk(Batch)) await EachAsync(followUps.Where(f => ids.Contains(f.Id)), f => FollowUpsAsync(way, f), cancellationToken);
        }
        if (_done != default) await TellAsync(way, names, cancellationToken);
        return new HandedOver(_done.Leads, _done.Projects, _done.FollowUps);
    }

    /// <summary>Batch by batch, until none is left with whom they were; what somebody saves meanwhile is read again.</summary>
    private async Task EachAsync<T>(IQueryable<T> which, Func<List<T>, Task<(int, int, int)>> move, CancellationToken cancel) where T : Entity
    {
        for (var attempt = 1; ;)
        {
            var rows = await which.OrderBy(r => r.Id).Take(Batch).ToListAsync(cancel);
            if (rows.Count == 0) return;
            var (leads, projects, followUps) = await move(rows);
            try
            {
                await db.SaveChangesAsync(cancel);
                _done = (_done.Leads + leads, _done.Projects + projects, _done.FollowUps + followUps);
                attempt = 1;
            }
            catch (DbUpdateConcurrencyException) when (attempt++ < Attempts) { /* once more on the fresh rows */ }
            db.ChangeTracker.Clear();
        }
    }

    private async Task<(int, int, int)> LeadsAsync(Way way, List<Lead> leads, CancellationToken cancel)
    {
        var ids = leads.ConvertAll(l => l.Id);
        var along = await db.FollowUps.Where(f => f.OwnerId == way.From && f.Status == FollowUpStatus.Open && f.LeadId != null && ids.Contains(f.LeadId.Value)).ToListAsync(cancel);
        foreach (var lead in leads)
        {
            lead.HandTo(way.To);
            Record(way, lead.Id, null, null);
        }
        foreach (var followUp in along) followUp.HandTo(way.To, Now);
        return (leads.Count, 0, along.Count);
    }

    private async Task<(int, int, int)> ProjectsAsync(Way way, List<Project> projects, CancellationToken cancel)
    {
        var ids = projects.ConvertAll(p => p.Id);
        var along = await db.FollowUps.Where(f => f.OwnerId == way.From && f.Status == FollowUpStatus.Open && f.ProjectId != null && ids.Contains(f.ProjectId.Value)).ToListAsync(cancel);
        foreach (var project in projects)
        {
            project.HandTo(way.To);
            Record(way, null, project.Id, null);
        }
        foreach (var followUp in along) followUp.HandTo(way.To, Now);
        return (0, projects.Count, along.Count);
    }

    private Task<(int, int, int)> FollowUpsAsync(Way way, List<FollowUp> followUps)
    {
        foreach (var followUp in followUps)
        {
            followUp.HandTo(way.To, Now);
            Record(way, null, null, followUp.Id);
        }
        return Task.FromResult((0, 0, followUps.Count));
    }

    /// <summary>What was chosen, with the leads of the projects and the projects of the leads.</summary>
    private async Task<(List<Guid> Leads, List<Guid> Projects, List<Guid> FollowUps)> ChosenAsync(HandOver request, Guid from, CancellationToken cancel)
    {
        var (leads, projects, followUps) = (request.LeadIds.Distinct().ToList(), request.ProjectIds.Distinct().ToList(), request.FollowUpIds.Distinct().ToList());
        if (await db.Leads.CountAsync(l => leads.Contains(l.Id) && l.OwnerId == from, cancel) != leads.Count) throw new Refusal(RefusalCode.NotFound) { Field = "leadIds" };
        if (await db.Projects.CountAsync(p => projects.Contains(p.Id) && p.OwnerId == from, cancel) != projects.Count) throw new Refusal(RefusalCode.NotFound) { Field = "projectIds" };
        if (await db.FollowUps.CountAsync(f => followUps.Contains(f.Id) && f.OwnerId == from, cancel) != followUps.Count) throw new Refusal(RefusalCode.NotFound) { Field = "followUpIds" };
        var together = await db.Projects.Where(p => projects.Contains(p.Id) || leads.Contains(p.LeadId)).Select(p => new { p.Id, p.LeadId }).ToListAsync(cancel);
        return ([.. leads.Union(together.Select(t => t.LeadId))], [.. projects.Union(together.Select(t => t.Id))], followUps);
    }

    private async Task TellAsync(Way way, Dictionary<Guid, string> names, CancellationToken cancel)
    {
        string Number(int n) => n.ToString(System.Globalization.CultureInfo.InvariantCulture);
        string[] args = [names[way.From], names[way.To], Number(_done.Leads), Number(_done.Projects), Number(_done.FollowUps), way.Reason];
        foreach (var person in (Guid[])[way.From, way.To]) db.Notices.Add(new Notice(person, NoticeKind.HandedOver, $"handed-over:{_id}", args, "/follow-ups", Now));
        await db.SaveChangesAsync(cancel);
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private void Record(Way way, Guid? lead, Guid? project, Guid? followUp)
        => db.OwnerChanges.Add(new OwnerChange(_id, lead, project, followUp, way.From, way.To, way.Reason, Now, actor.Id));

    private sealed record Way(Guid From, Guid To, string Reason);
}
