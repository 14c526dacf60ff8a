using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Chain;

/// <summary>可发布供需的企业: enterprises here for which the person may post, by name.</summary>
[Needs(Permission.OffersWrite)]
public sealed record ListOfferEnterprises : IRequest<Page<OfferEnterprise>>, IPaged
{
    /// <summary>Part of the name.</summary>
    public string? Q { get; set; }
    public Guid? Enterprise { get; set; }

    /// <summary>There is one order; any name is refused.</summary>
    public string? Sort { get; set; }
    public int Page { get; set; } = 1;
    public int Size { get; set; } = Paging.DefaultSize;
}

/// <param name="Links">In which it works here.</param>
public sealed record OfferEnterprise(Guid Id, string Name, IReadOnlyList<string> Links);

internal sealed class ListOfferEnterprisesValidator : AbstractValidator<ListOfferEnterprises>
{
    public ListOfferEnterprisesValidator()
    {
        this.MustBePaged([]);
        RuleFor(r => r.Q).MaximumLength(100);
    }
}

internal sealed class ListOfferEnterprisesHandler(CrmDb db, Actor actor, Catalogue catalogue) : IRequestHandler<ListOfferEnterprises, Page<OfferEnterprise>>
{
    public async Task<Page<OfferEnterprise>> Handle(ListOfferEnterprises request, CancellationToken cancellationToken)
    {
        var here = Here.Enterprises(db, catalogue, actor);
        if (request.Enterprise is { } one) here = here.Where(e => e.Id == one);
        if (request.Q?.Trim().ToLowerInvariant() is { Length: > 0 } q) here = here.Where(e => e.Name.ToLower().Contains(q));
        var total = await here.Take(Paging.CountCap).CountAsync(cancellationToken);
        var page = await here.OrderBy(e => e.Name).ThenBy(e => e.Id).Select(e => new { e.Id, e.Name }).PageAsync(total, request, cancellationToken);
        var ids = page.Items.Select(e => e.Id).ToList();
        var links = await Here.LinksAsync(db, catalogue, db.Enterprises.Where(e => ids.Contains(e.Id)).Select(e => e.Id), cancellationToken);
        return new Page<OfferEnterprise>([.. page.Items.Select(e => new OfferEnterprise(e.Id, e.Name, [.. links[e.Id].Order(StringComparer.Ordinal)]))], total, request.Page, request.Size);
    }
}
