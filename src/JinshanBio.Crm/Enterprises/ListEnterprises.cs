using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Enterprises;

/// <summary>企业列表: one page of the register.</summary>
[Needs(Permission.EnterprisesRead)]
public sealed record ListEnterprises : EnterpriseFilter, IRequest<Page<EnterpriseRow>>, IPaged
{
    public string? Sort { get; set; }
    public int Page { get; set; } = 1;
    public int Size { get; set; } = Paging.DefaultSize;

    internal static readonly Sorting<Enterprise> Sortable = new(e => e.Id)
    {
        ["name"] = e => e.Name,
        ["createdAt"] = e => e.Id,
    };
}

/// <param name="OpenLeads">Open leads that the person sees.</param>
/// <param name="Projects">Projects that the person sees.</param>
public sealed record EnterpriseRow(
    Guid Id, string Name, string? CreditCode, string Country, string? Kind, string? Address, int OpenLeads, int Projects, DateTime CreatedAt, int Version)
{
    /// <summary>GB/T 4754-2017.</summary>
    public string? IndustryCode { get; init; }
}

internal sealed class ListEnterprisesValidator : AbstractValidator<ListEnterprises>
{
    public ListEnterprisesValidator()
    {
        this.MustBePaged(ListEnterprises.Sortable.Names);
        Include(new EnterpriseFilterValidator());
    }
}

internal sealed class ListEnterprisesHandler(CrmDb db, Actor actor) : IRequestHandler<ListEnterprises, Page<EnterpriseRow>>
{
    public async Task<Page<EnterpriseRow>> Handle(ListEnterprises request, CancellationToken cancellationToken)
    {
        request.FitsMany = await db.FitsManyAsync(request.Q, cancellationToken);
        var leads = db.Leads.VisibleTo(actor).Where(l => l.Status == LeadStatus.Open);
        var projects = db.Projects.VisibleTo(actor);
        // Without the right to real names a count would tell that a code name stands for this enterprise.
        (leads, projects) = (leads.NamedFor(actor), projects.NamedFor(actor));
        var byRelevance = string.IsNullOrEmpty(request.Sort) && !string.IsNullOrWhiteSpace(request.Q) && !request.FitsMany;
        var sorting = byRelevance ? new Sorting<Enterprise>(e => e.Id) { ["relevance"] = EnterpriseSearch.Rank(db, request.Q!) } : ListEnterprises.Sortable;
        return await request.Rows(db, actor).PageAsync(sorting, byRelevance ? "-relevance" : request.Sort is { Length: > 0 } sort ? sort : "-createdAt", request, page => page
            .Select(e => new EnterpriseRow(e.Id, e.Name, e.CreditCode, e.Country, e.Kind, e.Address,
                leads.Count(l => l.EnterpriseId == e.Id), projects.Count(p => p.EnterpriseId == e.Id), e.CreatedAt, e.Version) { IndustryCode = e.IndustryCode }), cancellationToken, counted: !request.FitsMany);
    }
}
