using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Identity;
using MediatR;

namespace JinshanBio.Crm.Chain;

/// <summary>修改环节: ends the present edition and opens the next. What says the same makes none.</summary>
[Needs(Permission.ChainKeep)]
public sealed record EditLink : LinkInput, IRequest
{
    public string Code { get; set; } = "";

    /// <summary>The edition that was read: the number of editions of the link.</summary>
    public int? Version { get; set; }

    /// <summary>What the link says now, as this request would say it.</summary>
    public static EditLink Of(string code, LinkTerms terms) => new()
    {
        Code = code, Field = terms.Field, AlsoFields = [.. terms.AlsoFields], Tier = terms.Tier, NameZh = terms.NameZh, NameEn = terms.NameEn, Products = [.. terms.Products],
        IndustryCodes = [.. terms.IndustryCodes], Constraints = [.. terms.Constraints], IsEnabling = terms.IsEnabling, Slot = terms.Slot,
    };
}

internal sealed class EditLinkValidator : AbstractValidator<EditLink>
{
    public EditLinkValidator() => Include(new LinkInputValidator());
}

internal sealed class EditLinkHandler(CrmDb db, Actor actor, Catalogue catalogue, CatalogueSlot slot, TimeProvider clock) : IRequestHandler<EditLink, Unit>
{
    public async Task<Unit> Handle(EditLink request, CancellationToken cancellationToken)
    {
        var history = await db.LinkAsync(request.Code, cancellationToken);
        await db.ExpectAsync(history, request.Version, cancellationToken);
        if (history.Revise(request.ToTerms(catalogue, history.Last!.Evidence), request.By(actor, clock)) is not { } next) return Unit.Value;
        db.LinkEditions.Add(next);
        await db.SaveMapAsync(slot, cancellationToken);
        return Unit.Value;
    }
}
