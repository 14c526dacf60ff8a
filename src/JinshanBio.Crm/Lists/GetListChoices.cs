using JinshanBio.Crm.Data;
using JinshanBio.Crm.Identity;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Lists;

/// <summary>视图与列: how a person has arranged one list: the own and the shared views, and the columns.</summary>
[Needs(Permission.Account)]
public sealed record GetListChoices : IRequest<ListChoices>
{
    public ListName List { get; set; }
}

/// <param name="Columns">Names in the order shown; empty when the person has not chosen.</param>
public sealed record ListChoices(IReadOnlyList<ViewRow> Views, IReadOnlyList<string> Columns);

/// <param name="Query">Query string of the list without "?".</param>
/// <param name="IsMine">May be changed and removed by the reader.</param>
public sealed record ViewRow(Guid Id, string Name, string Query, bool IsShared, bool IsMine, string OwnerName, int Version);

internal sealed class GetListChoicesHandler(CrmDb db, Actor actor) : IRequestHandler<GetListChoices, ListChoices>
{
    public async Task<ListChoices> Handle(GetListChoices request, CancellationToken cancellationToken)
    {
        var views = await db.SavedViews.AsNoTracking().VisibleTo(actor).Where(v => v.List == request.List)
            .OrderBy(v => v.OwnerId == actor.Id ? 0 : 1).ThenBy(v => v.Name).Take(SaveView.Most)
            .Select(v => new ViewRow(v.Id, v.Name, v.Query, v.IsShared, v.OwnerId == actor.Id,
                db.Users.Where(p => p.Id == v.OwnerId).Select(p => p.DisplayName).First(), v.Version)).ToListAsync(cancellationToken);
        var columns = await db.ChosenColumns.AsNoTracking().Where(c => c.PersonId == actor.Id && c.List == request.List)
            .Select(c => c.Columns).FirstOrDefaultAsync(cancellationToken);
        return new ListChoices(views, columns?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? []);
    }
}
