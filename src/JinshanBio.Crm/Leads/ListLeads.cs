using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Enterprises;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Leads;

/// <summary>线索列表: one page of the leads a person may see.</summary>
[Needs(Permission.LeadsRead)]
public sealed record ListLeads : LeadFilter, IRequest<Page<LeadRow>>, IPaged
{
    public string? Sort { get; set; }
    public int Page { get; set; } = 1;
    public int Size { get; set; } = Paging.DefaultSize;

    internal static readonly Sorting<Lead> Sortable = new(l => l.Id)
    {
        ["number"] = l => l.Number,
        ["expectedInvestment"] = l => l.ExpectedInvestment,
        ["nextFollowUp"] = l => l.NextFollowUpAt,
        ["score"] = l => l.Score,
        ["stage"] = l => l.Stage,
        ["field"] = l => l.Field,
        ["createdAt"] = l => l.Id,
    };
}

/// <param name="Title">The code name where there is one, else the enterprise's name.</param>
public sealed record LeadRow(
    Guid Id, string Number, string Title, Guid EnterpriseId, string Field, string Stage, LeadStatus Status, LeadSource Source,
    decimal ExpectedInvestment, Guid OwnerId, string OwnerName, DateTime? NextFollowUp, DateTime CreatedAt, int Version)
{
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>0–100.</summary>
    public int Score { get; init; }
}

internal sealed class ListLeadsValidator : AbstractValidator<ListLeads>
{
    public ListLeadsValidator()
    {
        this.MustBePaged(ListLeads.Sortable.Names);
        Include(new LeadFilterValidator());
    }
}

internal sealed class ListLeadsHandler(CrmDb db, Actor actor) : IRequestHandler<ListLeads, Page<LeadRow>>
{
    public async Task<Page<LeadRow>> Handle(ListLeads request, CancellationToken cancellationToken)
    {
        request.FitsMany = await db.FitsManyAsync(request.Q, cancellationToken);
        var byRelevance = string.IsNullOrEmpty(request.Sort) && !string.IsNullOrWhiteSpace(request.Q) && !request.FitsMany;
        var page = await request.Rows(db, actor).PageAsync(byRelevance ? LeadSearch.ByRelevance(db, request.Q!.Trim()) : ListLeads.Sortable,
            byRelevance ? "-relevance" : request.Sort is { Length: > 0 } sort ? sort : "-createdAt", request, page => page
            .Select(l => new LeadRow(l.Id, l.Number, l.CodeName ?? l.Enterprise!.Name, l.EnterpriseId, l.Field, l.Stage, l.Status, l.Source,
                l.ExpectedInvestment, l.OwnerId, db.Users.Where(p => p.Id == l.OwnerId).Select(p => p.DisplayName).First(),
                l.NextFollowUpAt, l.CreatedAt, l.Version) { Score = l.Score }), cancellationToken, counted: !request.FitsMany);
        var ids = page.Items.Select(l => l.Id).ToList();
        var tags = (await db.Set<LeadTag>().AsNoTracking().Where(t => ids.Contains(t.LeadId)).OrderBy(t => t.Name).ToListAsync(cancellationToken)).ToLookup(t => t.LeadId, t => t.Name);
        return page with { Items = [.. page.Items.Select(l => tags[l.Id].Any() ? l with { Tags = [.. tags[l.Id]] } : l)] };
    }
}
