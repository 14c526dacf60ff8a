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
    Guid Id, string Name, string? CreditCode, string Country, string? Kind, string? Address, int OpenLeads, int Projects, DateTime CreatedAt, int Version);

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
        var enterprises = request.Rows(db, actor);
        var total = await enterprises.Take(Paging.CountCap).CountAsync(cancellationToken);
        var leads = db.Leads.VisibleTo(actor).Where(l => l.Status == LeadStatus.Open);
        var projects = db.Projects.VisibleTo(actor);
        return await ListEnterprises.Sortable.Apply(enterprises, request.Sort ?? "-createdAt")
            .Select(e => new EnterpriseRow(e.Id, e.Name, e.CreditCode, e.Country, e.Kind, e.Address,
                leads.Count(l => l.EnterpriseId == e.Id), projects.Count(p => p.EnterpriseId == e.Id), e.CreatedAt, e.Version))
            .PageAsync(total, request, cancellationToken);
    }
}
