using System.Linq.Expressions;
using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Domain.Searching;
using JinshanBio.Crm.Enterprises;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Leads;

/// <summary>线索列表: one page of the leads a person may see.</summary>
[Needs(Permission.LeadsRead)]
public sealed record ListLeads : IRequest<Page<LeadRow>>, IPaged
{
    /// <summary>Part of the enterprise's name, pinyin or initials, the code name, or the number XS-….</summary>
    public string? Q { get; set; }
    public string? Field { get; set; }
    public string? Stage { get; set; }

    /// <summary>Open when left out.</summary>
    public LeadStatus? Status { get; set; }
    public Guid? Owner { get; set; }
    public LeadSource? Source { get; set; }
    public Guid? Enterprise { get; set; }
    public string? Link { get; set; }
    public string? Sort { get; set; }
    public int Page { get; set; } = 1;
    public int Size { get; set; } = Paging.DefaultSize;

    internal static readonly Sorting<Lead> Sortable = new(l => l.Id)
    {
        ["number"] = l => l.Number,
        ["expectedInvestment"] = l => l.ExpectedInvestment,
        ["nextFollowUp"] = l => l.NextFollowUpAt,
        ["stage"] = l => l.Stage,
        ["field"] = l => l.Field,
        ["createdAt"] = l => l.Id,
    };
}

/// <param name="Title">The code name where there is one, else the enterprise's name.</param>
public sealed record LeadRow(
    Guid Id, string Number, string Title, Guid EnterpriseId, string Field, string Stage, LeadStatus Status, LeadSource Source,
    decimal ExpectedInvestment, Guid OwnerId, string OwnerName, DateTime? NextFollowUp, DateTime CreatedAt, int Version);

internal sealed class ListLeadsValidator : AbstractValidator<ListLeads>
{
    public ListLeadsValidator()
    {
        this.MustBePaged(ListLeads.Sortable.Names);
        RuleFor(r => r.Q).MaximumLength(100);
    }
}

internal sealed class ListLeadsHandler(CrmDb db, Actor actor) : IRequestHandler<ListLeads, Page<LeadRow>>
{
    public async Task<Page<LeadRow>> Handle(ListLeads request, CancellationToken cancellationToken)
    {
        var status = request.Status ?? LeadStatus.Open;
        var leads = db.Leads.AsNoTracking().VisibleTo(actor).Where(l => l.Status == status);
        if (request.Field is { Length: > 0 } field) leads = leads.Where(l => l.Field == field);
        if (request.Stage is { Length: > 0 } stage) leads = leads.Where(l => l.Stage == stage);
        if (request.Owner is { } owner) leads = leads.Where(l => l.OwnerId == owner);
        if (request.Source is { } source) leads = leads.Where(l => l.Source == source);
        if (request.Enterprise is { } enterprise) leads = leads.Where(l => l.EnterpriseId == enterprise);
        if (request.Link is { Length: > 0 } link) leads = leads.Where(l => l.Links.Any(x => x.Code == link));
        leads = leads.Search(db, request.Q);

        return await leads.PageAsync(ListLeads.Sortable, request.Sort ?? "-createdAt", request, page => page
            .Select(l => new LeadRow(l.Id, l.Number, l.CodeName ?? l.Enterprise!.Name, l.EnterpriseId, l.Field, l.Stage, l.Status, l.Source,
                l.ExpectedInvestment, l.OwnerId, db.Users.Where(p => p.Id == l.OwnerId).Select(p => p.DisplayName).First(),
                l.NextFollowUpAt, l.CreatedAt, l.Version)), cancellationToken);
    }
}

internal static class LeadSearch
{
    /// <summary>By number when it reads like one, else by enterprise or the beginning of the code name.</summary>
    public static IQueryable<Lead> Search(this IQueryable<Lead> leads, CrmDb db, string? q)
    {
        q = q?.Trim();
        if (string.IsNullOrEmpty(q)) return leads;
        if (q.StartsWith("XS-", StringComparison.OrdinalIgnoreCase))
        {
            var from = q.ToUpperInvariant();
            return leads.Where(l => l.Number.StartsWith(from));
        }
        if (db.IdsOf(q) is not { } enterprises) return leads.Where(_ => false);
        // Two index searches put together: an "or" would read every lead.
        var end = SearchKeys.UpperBound(q);
        var found = db.Leads.Where(l => enterprises.Contains(l.EnterpriseId)).Select(l => l.Id)
            .Concat(db.Leads.Where(l => string.Compare(l.CodeName, q) >= 0 && string.Compare(l.CodeName, end) < 0).Select(l => l.Id));
        return leads.Where(l => found.Contains(l.Id));
    }
}
