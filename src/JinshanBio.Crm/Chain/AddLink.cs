using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Chain;

/// <summary>新增环节: puts a link on the map from now on. Answers its code.</summary>
[Needs(Permission.ChainKeep)]
public sealed record AddLink : LinkInput, IRequest<string>
{
    /// <summary>The next free one of the field when left out; a code that ever was used is not given again.</summary>
    public string? Code { get; set; }
}

internal sealed class AddLinkValidator : AbstractValidator<AddLink>
{
    public AddLinkValidator()
    {
        Include(new LinkInputValidator());
        RuleFor(r => r.Code).Matches("^[A-Z][A-Z0-9]{1,7}-[0-9]{2,4}$").When(r => !string.IsNullOrEmpty(r.Code)).WithMessage(_ => Text.Of("keep.codeShape"));
    }
}

internal sealed class AddLinkHandler(CrmDb db, Actor actor, Catalogue catalogue, CatalogueSlot slot, TimeProvider clock) : IRequestHandler<AddLink, string>
{
    public async Task<string> Handle(AddLink request, CancellationToken cancellationToken)
    {
        var terms = request.ToTerms(catalogue, []);
        // A free code is not looked at again: if somebody takes it meanwhile, the index says so and the next one is tried.
        var history = string.IsNullOrEmpty(request.Code) ? new LinkHistory(await NextCodeAsync(db, terms.Field, cancellationToken), []) : await db.LinkAsync(request.Code, cancellationToken);
        db.LinkEditions.Add(history.Add(terms, request.By(actor, clock)));
        await db.SaveMapAsync(slot, cancellationToken);
        return history.Code;
    }

    private static async Task<string> NextCodeAsync(CrmDb db, string field, CancellationToken cancel)
        => LinkHistory.NextCode(field, await db.LinkEditions.Where(l => l.Code.StartsWith(field + "-")).Select(l => l.Code).Distinct().ToListAsync(cancel));
}
