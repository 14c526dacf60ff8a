using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Domain.Searching;
using JinshanBio.Crm.Identity;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Enterprises;

/// <summary>查找联系人: by name, pinyin, initials, phone (whole or its last digits) or e-mail. Who may not see contacts cannot find by them either.</summary>
[Needs(Permission.ContactsRead)]
public sealed record SearchContacts(string Q, int Size = 5) : IRequest<IReadOnlyList<FoundContact>>;

public sealed record FoundContact(Guid Id, string Name, string? Title, Guid EnterpriseId, string EnterpriseName);

internal sealed class SearchContactsValidator : AbstractValidator<SearchContacts>
{
    public SearchContactsValidator()
    {
        RuleFor(r => r.Q).NotEmpty().MaximumLength(100);
        RuleFor(r => r.Size).InclusiveBetween(1, 50);
    }
}

internal sealed class SearchContactsHandler(CrmDb db) : IRequestHandler<SearchContacts, IReadOnlyList<FoundContact>>
{
    public async Task<IReadOnlyList<FoundContact>> Handle(SearchContacts request, CancellationToken cancellationToken)
    {
        IQueryable<Guid>? ids = null;
        foreach (var from in ContactSearch.OfQuery(request.Q))
        {
            var to = SearchKeys.UpperBound(from);
            var some = db.ContactKeys.Where(k => string.Compare(k.Key, from) >= 0 && string.Compare(k.Key, to) < 0).Select(k => k.ContactId).Take(10 * request.Size);
            ids = ids is null ? some : ids.Concat(some);
        }
        if (ids is null) return [];
        return await db.Contacts.AsNoTracking().Where(c => ids.Contains(c.Id)).Join(db.Enterprises, c => c.EnterpriseId, e => e.Id, (c, e) => new { c, e })
            .OrderBy(x => x.c.Name).ThenBy(x => x.c.Id).Take(request.Size).Select(x => new FoundContact(x.c.Id, x.c.Name, x.c.Title, x.e.Id, x.e.Name)).ToListAsync(cancellationToken);
    }
}
