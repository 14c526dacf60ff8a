using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.People;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Exports;

/// <summary>导出人员: who can sign in, with roles; for those who manage people.</summary>
[Needs(Permission.ListsExport)]
public sealed record ExportPeople : IRequest<ExportedFile>
{
    public string? Sort { get; set; }
    public ExportFormat Format { get; set; }
}

internal sealed class ExportPeopleValidator : AbstractValidator<ExportPeople>
{
    public ExportPeopleValidator()
    {
        RuleFor(r => r.Sort).SortedBy(ListPeople.Sortable.Names);
        RuleFor(r => r.Format).IsInEnum();
    }
}

internal sealed class ExportPeopleHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<ExportPeople, ExportedFile>
{
    public async Task<ExportedFile> Handle(ExportPeople request, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.PeopleManage)) throw new Refusal(RefusalCode.NotPermitted);
        var ids = await ListPeople.Sortable.Apply(db.Users.AsNoTracking(), request.Sort is { Length: > 0 } sort ? sort : "userName").Select(p => p.Id).ToListAsync(cancellationToken);
        return await db.ExportAsync(actor, clock, "people", request.Format, request, Columns, ids, chunk => LoadAsync(chunk, cancellationToken), cancellationToken);
    }

    private async Task<Dictionary<Guid, Row>> LoadAsync(List<Guid> ids, CancellationToken cancel)
    {
        var roles = (await db.UserRoles.Where(r => ids.Contains(r.UserId)).Join(db.Roles, u => u.RoleId, r => r.Id, (u, r) => new { u.UserId, r.Name }).ToListAsync(cancel)).ToLookup(r => r.UserId, r => r.Name!);
        var people = await db.Users.AsNoTracking().Where(p => ids.Contains(p.Id)).Select(p => new { p.Id, p.UserName, p.DisplayName, p.Disabled }).ToListAsync(cancel);
        return people.ToDictionary(p => p.Id, p => new Row(p.UserName!, p.DisplayName, string.Join(Text.Of("export.separator"), roles[p.Id].Select(r => Text.Of("role." + r))), p.Disabled));
    }

    private static readonly List<ExportColumn<Row>> Columns =
    [
        new("userName", p => p.UserName),
        new("displayName", p => p.DisplayName),
        new("roles", p => p.Roles),
        new("disabled", p => p.Disabled ? Text.Of("audit.yes") : Text.Of("audit.no")),
    ];

    private sealed record Row(string UserName, string DisplayName, string Roles, bool Disabled);
}
