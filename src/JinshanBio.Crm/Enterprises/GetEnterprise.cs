using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Projects;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Enterprises;

/// <summary>企业详情: one enterprise with its names, contacts, leads and projects, and which colleagues already court it.</summary>
[Needs(Permission.EnterprisesRead)]
public sealed record GetEnterprise(Guid Id) : IRequest<EnterpriseRecord>;

/// <summary>An enterprise with the leads and projects that the person sees.</summary>
public sealed record EnterpriseRecord
{
    public Guid Id { get; init; }
    public required string Name { get; init; }
    public string? CreditCode { get; init; }
    public required string Country { get; init; }
    public string? Address { get; init; }
    public string? Kind { get; init; }
    public EnterpriseSize? Size { get; init; }

    /// <summary>GB/T 4754-2017, two to four digits.</summary>
    public string? IndustryCode { get; init; }

    /// <summary>经营范围.</summary>
    public string? Scope { get; init; }
    public string? Group { get; init; }
    public Guid? ParentId { get; init; }
    public string? ParentName { get; init; }
    public bool IsChainLeader { get; init; }
    public IReadOnlyList<string> LeaderFields { get; init; } = [];
    public IReadOnlyList<string> Links { get; init; } = [];
    public IReadOnlyList<OtherName> Aliases { get; init; } = [];

    /// <summary>Why it was registered although others looked like it.</summary>
    public string? DuplicateReason { get; init; }

    /// <summary>The record to go on with, when this one was merged into it.</summary>
    public Guid? MergedInto { get; init; }
    public DateTime CreatedAt { get; init; }
    public int Version { get; init; }

    /// <summary>Enterprises that stand below it.</summary>
    public IReadOnlyList<RelatedEnterprise> Children { get; init; } = [];

    /// <summary>In full or masked, as the person may see them; the first one to call stands first.</summary>
    public IReadOnlyList<ContactRecord> Contacts { get; init; } = [];
    public IReadOnlyList<EnterpriseLead> Leads { get; init; } = [];
    public IReadOnlyList<ProjectRow> Projects { get; init; } = [];

    /// <summary>Who else has open leads or live projects here, so that nobody is courted twice.</summary>
    public IReadOnlyList<Colleague> Colleagues { get; init; } = [];

    /// <summary>Merges into this record that can still be undone, for those who may.</summary>
    public IReadOnlyList<UndoableMerge> Merges { get; init; } = [];
}

public sealed record RelatedEnterprise(Guid Id, string Name);

/// <param name="Until">Last moment at which it can be undone.</param>
public sealed record UndoableMerge(Guid Id, string LoserName, DateTime At, string By, DateTime Until);

public sealed record EnterpriseLead(Guid Id, string Number, string? CodeName, string Field, string Stage, LeadStatus Status, decimal ExpectedInvestment, string OwnerName, DateTime? NextFollowUp);

/// <param name="Leads">How many open leads the colleague has with the enterprise.</param>
/// <param name="Projects">How many live projects.</param>
public sealed record Colleague(string DisplayName, int Leads, int Projects);

internal sealed class GetEnterpriseHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<GetEnterprise, EnterpriseRecord>
{
    // More are found in the list, filtered by enterprise.
    private const int AtMost = 100;

    public async Task<EnterpriseRecord> Handle(GetEnterprise request, CancellationToken cancellationToken)
    {
        var enterprise = await db.Enterprises.AsNoTracking().Include(e => e.Aliases).Include(e => e.Links).AsSplitQuery().OneAsync(request.Id, cancellationToken);
        var contacts = await db.Contacts.AsNoTracking().Where(c => c.EnterpriseId == enterprise.Id).OrderByDescending(c => c.IsPrimary).ThenBy(c => c.Id).Take(AtMost).ToListAsync(cancellationToken);
        return new EnterpriseRecord
        {
            Id = enterprise.Id, Name = enterprise.Name, CreditCode = enterprise.CreditCode, Country = enterprise.Country, Address = enterprise.Address,
            Kind = enterprise.Kind, CreatedAt = enterprise.CreatedAt, Version = enterprise.Version, Size = enterprise.Size, Group = enterprise.Group,
            IsChainLeader = enterprise.IsChainLeader, LeaderFields = [.. enterprise.LeaderFields], DuplicateReason = enterprise.DuplicateReason, MergedInto = enterprise.MergedIntoId,
            IndustryCode = enterprise.IndustryCode, Scope = enterprise.Scope, ParentId = enterprise.ParentId,
            ParentName = enterprise.ParentId is { } parent ? await db.Enterprises.Where(e => e.Id == parent).Select(e => e.Name).FirstOrDefaultAsync(cancellationToken) : null,
            Links = [.. enterprise.Links.Select(l => l.Code).Order(StringComparer.Ordinal)],
            Aliases = [.. enterprise.Aliases.OrderBy(a => a.Kind).ThenByDescending(a => a.At).Select(a => new OtherName(a.Kind, a.Name, a.Until))],
            Children = await db.Enterprises.AsNoTracking().Where(e => e.ParentId == enterprise.Id).OrderBy(e => e.Name).Take(AtMost).Select(e => new RelatedEnterprise(e.Id, e.Name)).ToListAsync(cancellationToken),
            Contacts = contacts.ConvertAll(c => ContactRecord.Of(c, actor)),
            Leads = actor.May(Permission.LeadsRead) ? await LeadsAsync(enterprise.Id, cancellationToken) : [],
            Projects = actor.May(Permission.ProjectsRead) ? await ProjectsAsync(enterprise.Id, cancellationToken) : [],
            Colleagues = actor.May(Permission.LeadsWrite) ? await ColleaguesAsync(enterprise.Id, cancellationToken) : [],
            Merges = actor.May(Permission.EnterprisesMerge) ? await MergesAsync(enterprise.Id, cancellationToken) : [],
        };
    }

    private Task<List<EnterpriseLead>> LeadsAsync(Guid id, CancellationToken cancel)
        => Leads(id).OrderByDescending(l => l.Id).Take(AtMost).Select(l => new EnterpriseLead(l.Id, l.Number, l.CodeName, l.Field, l.Stage, l.Status, l.ExpectedInvestment,
            db.Users.Where(p => p.Id == l.OwnerId).Select(p => p.DisplayName).First(), l.NextFollowUpAt)).ToListAsync(cancel);

    private Task<List<ProjectRow>> ProjectsAsync(Guid id, CancellationToken cancel)
        => db.Projects.AsNoTracking().VisibleTo(actor).NamedFor(actor).Where(p => p.EnterpriseId == id).OrderByDescending(p => p.Id).Take(AtMost).ToRows(db, actor).ToListAsync(cancel);

    private IQueryable<Lead> Leads(Guid id) => db.Leads.AsNoTracking().VisibleTo(actor).NamedFor(actor).Where(l => l.EnterpriseId == id);

    private Task<List<Colleague>> ColleaguesAsync(Guid enterpriseId, CancellationToken cancel)
    {
        var leads = db.Leads.NamedFor(actor).Where(l => l.EnterpriseId == enterpriseId && l.Status == LeadStatus.Open);
        var projects = db.Projects.Live().NamedFor(actor).Where(p => p.EnterpriseId == enterpriseId);
        var owners = leads.Select(l => l.OwnerId).Union(projects.Select(p => p.OwnerId));
        return db.Users.AsNoTracking().Where(p => p.Id != actor.Id && owners.Contains(p.Id)).OrderBy(p => p.DisplayName)
            .Select(p => new Colleague(p.DisplayName, leads.Count(l => l.OwnerId == p.Id), projects.Count(x => x.OwnerId == p.Id))).ToListAsync(cancel);
    }

    private async Task<List<UndoableMerge>> MergesAsync(Guid id, CancellationToken cancel)
    {
        var since = clock.GetUtcNow().UtcDateTime.AddDays(-EnterpriseMerge.UndoDays);
        var merges = await db.EnterpriseMerges.AsNoTracking().Where(m => m.WinnerId == id && m.UndoneAt == null && m.At >= since).OrderByDescending(m => m.At)
            .Select(m => new { m.Id, Loser = db.Enterprises.Where(e => e.Id == m.LoserId).Select(e => e.Name).First(), m.At, By = db.Users.Where(p => p.Id == m.ById).Select(p => p.DisplayName).FirstOrDefault() ?? "" })
            .ToListAsync(cancel);
        return merges.ConvertAll(m => new UndoableMerge(m.Id, m.Loser, m.At, m.By, m.At.AddDays(EnterpriseMerge.UndoDays)));
    }
}
