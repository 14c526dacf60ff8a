using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Domain.Searching;
using JinshanBio.Crm.Identity;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Enterprises;

/// <summary>查找企业: the best few for a text, best first, with the name that fits. Answers fast however many fit.</summary>
[Needs(Permission.EnterprisesRead)]
public sealed record SearchEnterprises(string Q, int Size = 5) : IRequest<FoundEnterprises>;

/// <param name="Total">Exact up to a thousand.</param>
public sealed record FoundEnterprises(IReadOnlyList<FoundEnterprise> Items, int Total);

/// <param name="MatchedName">The other name that fits, where the registered one does not.</param>
public sealed record FoundEnterprise(Guid Id, string Name, string? MatchedName, string? Kind, string Country);

internal sealed class SearchEnterprisesValidator : AbstractValidator<SearchEnterprises>
{
    public SearchEnterprisesValidator()
    {
        RuleFor(r => r.Q).NotEmpty().MaximumLength(100);
        RuleFor(r => r.Size).InclusiveBetween(1, 50);
    }
}

internal sealed class SearchEnterprisesHandler(CrmDb db, Actor actor) : IRequestHandler<SearchEnterprises, FoundEnterprises>
{
    // Of each kind of hit so many are looked at; among them the shortest names win.
    private const int EachKind = 50;

    public async Task<FoundEnterprises> Handle(SearchEnterprises request, CancellationToken cancellationToken)
    {
        if (db.IdsOf(actor, request.Q) is not { } all) return new([], 0);
        var total = await all.Distinct().Take(EnterpriseSearch.Many + 1).CountAsync(cancellationToken);
        var kinds = await BestAsync(request.Q, cancellationToken);
        foreach (var id in await all.Take(EachKind).ToListAsync(cancellationToken)) kinds.TryAdd(id, KeyKind.Initials + 1);

        var ids = kinds.Keys.ToList();
        var core = EnterpriseName.Core(request.Q);
        var rows = await db.Enterprises.AsNoTracking().Where(e => ids.Contains(e.Id)).Select(e => new { e.Id, e.Name, e.CoreName, e.Kind, e.Country }).ToListAsync(cancellationToken);
        var best = rows.OrderBy(e => e.CoreName == core ? 0 : 1).ThenBy(e => kinds[e.Id]).ThenBy(e => e.Name.Length).ThenBy(e => e.Name, StringComparer.Ordinal).Take(request.Size).ToList();
        var shown = best.ConvertAll(e => e.Id);
        var aliases = (await db.EnterpriseAliases.AsNoTracking().Where(a => shown.Contains(a.EnterpriseId)).Select(a => new { a.EnterpriseId, a.Name }).ToListAsync(cancellationToken)).ToLookup(a => a.EnterpriseId, a => a.Name);
        return new([.. best.Select(e => new FoundEnterprise(e.Id, e.Name, Fits(e.Name, request.Q) ? null : aliases[e.Id].FirstOrDefault(a => Fits(a, request.Q)), e.Kind, e.Country))], total);
    }

    private static bool Fits(string name, string q)
    {
        var from = SearchKeys.OfQuery(q);
        return from.Length > 0 && SearchKeys.Of(name).Any(k => k.StartsWith(from, StringComparison.Ordinal));
    }

    private async Task<Dictionary<Guid, KeyKind>> BestAsync(string q, CancellationToken cancel)
    {
        var from = SearchKeys.OfQuery(q);
        if (from.Length == 0) return [];
        var to = SearchKeys.UpperBound(from);
        IQueryable<EnterpriseKey>? keys = null;
        foreach (var kind in Enum.GetValues<KeyKind>())
        {
            var some = db.EnterpriseKeys.Where(k => k.Kind == kind && string.Compare(k.Key, from) >= 0 && string.Compare(k.Key, to) < 0).Take(EachKind);
            keys = keys is null ? some : keys.Concat(some);
        }
        var hits = await keys!.Select(k => new { k.EnterpriseId, k.Kind }).ToListAsync(cancel);
        return hits.GroupBy(h => h.EnterpriseId).ToDictionary(g => g.Key, g => g.Min(h => h.Kind));
    }
}
