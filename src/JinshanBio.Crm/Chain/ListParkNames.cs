using JinshanBio.Crm.Data;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Chain;

/// <summary>载体名称: all parks of the district by name, to choose from; what is in them is another question.</summary>
[Needs(Permission.ChainRead)]
public sealed record ListParkNames : IRequest<IReadOnlyList<ParkName>>;

public sealed record ParkName(Guid Id, string Name);

internal sealed class ListParkNamesHandler(CrmDb db) : IRequestHandler<ListParkNames, IReadOnlyList<ParkName>>
{
    public async Task<IReadOnlyList<ParkName>> Handle(ListParkNames request, CancellationToken cancellationToken)
    {
        var english = Text.IsEnglish;
        return await db.Parks.AsNoTracking().OrderBy(p => p.Code).Select(p => new ParkName(p.Id, english ? p.NameEn : p.NameZh)).ToListAsync(cancellationToken);
    }
}
