using JinshanBio.Crm.Data;
using JinshanBio.Crm.Identity;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Imports;

/// <summary>已存方案: the saved mappings that a person may use, one's own first.</summary>
[Needs(Permission.ImportsRun)]
public sealed record ListMappings : IRequest<IReadOnlyList<MappingLine>>
{
    /// <summary>Both when left out.</summary>
    public ImportKind? Kind { get; set; }
}

/// <param name="Own">May be renamed and deleted.</param>
public sealed record MappingLine(Guid Id, ImportKind Kind, string Name, bool Shared, string OwnerName, bool Own, IReadOnlyList<ImportColumn> Columns, DateTime CreatedAt);

internal sealed class ListMappingsHandler(CrmDb db, Actor actor) : IRequestHandler<ListMappings, IReadOnlyList<MappingLine>>
{
    // Nobody chooses among more; the names of one person stand first.
    private const int Most = 200;

    public async Task<IReadOnlyList<MappingLine>> Handle(ListMappings request, CancellationToken cancellationToken)
    {
        var mappings = db.ImportMappings.AsNoTracking().VisibleTo(actor);
        if (request.Kind is { } kind) mappings = mappings.Where(m => m.Kind == kind);
        return await mappings.OrderBy(m => m.OwnerId == actor.Id ? 0 : 1).ThenBy(m => m.Name).ThenBy(m => m.Id).Take(Most)
            .Select(m => new MappingLine(m.Id, m.Kind, m.Name, m.Shared, db.Users.Where(p => p.Id == m.OwnerId).Select(p => p.DisplayName).First(),
                m.OwnerId == actor.Id, m.Columns, m.CreatedAt)).ToListAsync(cancellationToken);
    }
}
