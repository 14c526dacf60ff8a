using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Projects;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Enterprises;

/// <summary>企业详情: one enterprise with its leads and projects, and which colleagues already court it.</summary>
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
    public DateTime CreatedAt { get; init; }
    public int Version { get; init; }
    public IReadOnlyList<EnterpriseLead> Leads { get; init; } = [];
    public IReadOnlyList<ProjectRow> Projects { get; init; } = [];

    /// <summary>Who else has open leads or live projects here, so that nobody is courted twice.</summary>
    public IReadOnlyList<Colleague> Colleagues { get; init; } = [];
}

public sealed record EnterpriseLead(Guid Id, string Number, string? CodeName, string Field, string Stage, LeadStatus Status, decimal ExpectedInvestment, string OwnerName, DateTime? NextFollowUp);

/// <param name="Leads">How many open leads the colleague has with the enterprise.</param>
/// <param name="Projects">How many live projects.</param>
public sealed record Colleague(string DisplayName, int Leads, int Projects);

internal sealed class GetEnterpriseHandler(CrmDb db, Actor actor) : IRequestHandler<GetEnterprise, EnterpriseRecord>
{
    // More are found in the list, filtered by enterprise.
    private const int AtMost = 100;

    public async Task<EnterpriseRecord> Handle(GetEnterprise request, CancellationToken cancellationToken)
    {
        var enterprise = await db.Enterprises.AsNoTracking().OneAsync(request.Id, cancellationToken);
        return new EnterpriseRecord
        {
            Id = enterprise.Id, Name = enterprise.Name, CreditCode = enterprise.CreditCode, Country = enterprise.Country, Address = enterprise.Address,
            Kind = enterprise.Kind, CreatedAt = enterprise.CreatedAt, Version = enterprise.Version,
            Leads = actor.May(Permission.LeadsRead)
                ? await db.Leads.AsNoTracking().VisibleTo(actor).Where(l => l.EnterpriseId == enterprise.Id).OrderByDescending(l => l.Id).Take(AtMost)
                    .Select(l => new EnterpriseLead(l.Id, l.Number, l.CodeName, l.Field, l.Stage, l.Status, l.ExpectedInvestment,
                        db.Users.Where(p => p.Id == l.OwnerId).Select(p => p.DisplayName).First(), l.NextFollowUpAt)).ToListAsync(cancellationToken)
                : [],
            Projects = actor.May(Permission.ProjectsRead)
                ? await db.Projects.AsNoTracking().VisibleTo(actor).Where(p => p.EnterpriseId == enterprise.Id).OrderByDescending(p => p.Id).Take(AtMost)
                    .ToRows(db, actor).ToListAsync(cancellationToken)
                : [],
            Colleagues = actor.May(Permission.LeadsWrite) ? await ColleaguesAsync(enterprise.Id, cancellationToken) : [],
        };
    }

    private Task<List<Colleague>> ColleaguesAsync(Guid enterpriseId, CancellationToken cancel)
    {
        var leads = db.Leads.Where(l => l.EnterpriseId == enterpriseId && l.Status == LeadStatus.Open);
        var projects = db.Projects.Live().Where(p => p.EnterpriseId == enterpriseId);
        var owners = leads.Select(l => l.OwnerId).Union(projects.Select(p => p.OwnerId));
        return db.Users.AsNoTracking().Where(p => p.Id != actor.Id && owners.Contains(p.Id)).OrderBy(p => p.DisplayName)
            .Select(p => new Colleague(p.DisplayName, leads.Count(l => l.OwnerId == p.Id), projects.Count(x => x.OwnerId == p.Id))).ToListAsync(cancel);
    }
}
