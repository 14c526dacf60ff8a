using System.Text.Json;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Identity;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.People;

/// <summary>责任单位: the departments of the reference data, for the form of a person.</summary>
[Needs(Permission.PeopleManage)]
public sealed record ListDepartments : IRequest<IReadOnlyList<Named>>;

internal sealed class ListDepartmentsHandler(CrmDb db) : IRequestHandler<ListDepartments, IReadOnlyList<Named>>
{
    public async Task<IReadOnlyList<Named>> Handle(ListDepartments request, CancellationToken cancellationToken)
    {
        var records = await db.ReferenceRecords.AsNoTracking().Where(r => r.Set == "departments").OrderBy(r => r.Order).Select(r => new { r.Code, r.Data }).ToListAsync(cancellationToken);
        return [.. records.Select(r =>
        {
            var department = JsonDocument.Parse(r.Data).RootElement;
            return new Named(r.Code, department.GetProperty("name_zh").GetString()!, department.GetProperty("name_en").GetString()!);
        })];
    }
}
