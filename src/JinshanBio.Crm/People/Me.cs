using JinshanBio.Crm.Identity;
using MediatR;

namespace JinshanBio.Crm.People;

/// <summary>本人: who is signed in and what that person may do.</summary>
[Needs(Permission.Account)]
public sealed record Me : IRequest<MyAccount>;

/// <param name="Parks">Ids of the parks the person manages.</param>
public sealed record MyAccount(
    Guid Id, string UserName, string DisplayName, IReadOnlyList<string> Roles, IReadOnlyList<Permission> Permissions, IReadOnlyList<Guid> Parks, bool MustChangePassword);

internal sealed class MeHandler(Actor actor) : IRequestHandler<Me, MyAccount>
{
    public Task<MyAccount> Handle(Me request, CancellationToken cancellationToken)
        => Task.FromResult(new MyAccount(actor.Id, actor.UserName, actor.DisplayName, actor.Roles, [.. actor.Permissions.Order()], actor.Parks, actor.MustChangePassword));
}
