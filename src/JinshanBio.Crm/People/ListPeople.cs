using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.People;

/// <summary>人员列表: who can sign in, with roles and parks.</summary>
[Needs(Permission.PeopleManage)]
public sealed record ListPeople : IRequest<Page<PersonRow>>, IPaged
{
    /// <summary>Part of the user name or display name.</summary>
    public string? Q { get; set; }
    public string? Role { get; set; }
    public bool? Disabled { get; set; }
    public string? Sort { get; set; }
    public int Page { get; set; } = 1;
    public int Size { get; set; } = Paging.DefaultSize;

    internal static readonly Sorting<Person> Sortable = new(p => p.Id)
    {
        ["userName"] = p => p.UserName,
        ["displayName"] = p => p.DisplayName,
    };
}

/// <param name="Parks">Ids of the parks the person manages.</param>
/// <param name="LockedUntil">UTC, after wrong passwords; null when not locked.</param>
public sealed record PersonRow(
    Guid Id, string UserName, string DisplayName, string? Department, IReadOnlyList<string> Roles, IReadOnlyList<Guid> Parks, bool Disabled,
    bool MustChangePassword, DateTime? LockedUntil);

/// <summary>One person, for the form.</summary>
[Needs(Permission.PeopleManage)]
public sealed record GetPerson(Guid Id) : IRequest<PersonRow>;

internal sealed class ListPeopleValidator : AbstractValidator<ListPeople>
{
    public ListPeopleValidator()
    {
        this.MustBePaged(ListPeople.Sortable.Names);
        RuleFor(r => r.Q).MaximumLength(100);
    }
}

internal sealed class ListPeopleHandler(CrmDb db, TimeProvider clock) : IRequestHandler<ListPeople, Page<PersonRow>>, IRequestHandler<GetPerson, PersonRow>
{
    public async Task<Page<PersonRow>> Handle(ListPeople request, CancellationToken cancellationToken)
    {
        var people = db.Users.AsNoTracking();
        if (request.Q?.Trim().ToLowerInvariant() is { Length: > 0 } q) people = people.Where(p => p.UserName!.ToLower().Contains(q) || p.DisplayName.ToLower().Contains(q));
        if (request.Disabled is { } disabled) people = people.Where(p => p.Disabled == disabled);
        if (request.Role is { Length: > 0 } role) people = people.Where(p => db.UserRoles.Any(r => r.UserId == p.Id && db.Roles.Any(x => x.Id == r.RoleId && x.Name == role)));

        var total = await people.Take(Paging.CountCap).CountAsync(cancellationToken);
        var page = await ListPeople.Sortable.Apply(people.Include(p => p.Parks), request.Sort ?? "userName").PageAsync(total, request, cancellationToken);
        return new Page<PersonRow>(await ToRowsAsync(page.Items, cancellationToken), page.Total, page.Number, page.Size);
    }

    public async Task<PersonRow> Handle(GetPerson request, CancellationToken cancellationToken)
    {
        var person = await db.Users.AsNoTracking().Include(p => p.Parks).FirstOrDefaultAsync(p => p.Id == request.Id, cancellationToken) ?? throw new Refusal(RefusalCode.NotFound);
        return (await ToRowsAsync([person], cancellationToken))[0];
    }

    private async Task<IReadOnlyList<PersonRow>> ToRowsAsync(IReadOnlyList<Person> people, CancellationToken cancel)
    {
        var ids = people.Select(p => p.Id).ToList();
        var roles = (await db.UserRoles.Where(r => ids.Contains(r.UserId)).Join(db.Roles, u => u.RoleId, r => r.Id, (u, r) => new { u.UserId, r.Name })
            .ToListAsync(cancel)).ToLookup(r => r.UserId, r => r.Name!);
        var now = clock.GetUtcNow();
        return [.. people.Select(p => new PersonRow(p.Id, p.UserName!, p.DisplayName, p.Department, [.. roles[p.Id].OrderBy(RoleCode.All.IndexOf)],
            [.. p.Parks.Select(x => x.ParkId)], p.Disabled, p.MustChangePassword, p.LockoutEnd > now ? p.LockoutEnd.Value.UtcDateTime : null))];
    }
}

file static class RoleOrder
{
    public static int IndexOf(this IReadOnlyList<string> roles, string role) => roles.Index().FirstOrDefault(r => r.Item == role).Index;
}
