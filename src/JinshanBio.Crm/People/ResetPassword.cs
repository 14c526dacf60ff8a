using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Identity;
using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.People;

/// <summary>重置密码: gives a person a one-time password, ends every sign-in and unlocks the account. Answers the password, once.</summary>
[Needs(Permission.PeopleManage)]
public sealed record ResetPassword(Guid Id) : IRequest<string>;

internal sealed class ResetPasswordHandler(CrmDb db, UserManager<Person> people, ActorDirectory directory) : IRequestHandler<ResetPassword, string>
{
    public async Task<string> Handle(ResetPassword request, CancellationToken cancellationToken)
    {
        var person = await db.Users.FirstOrDefaultAsync(p => p.Id == request.Id, cancellationToken) ?? throw new Refusal(RefusalCode.NotFound);
        var oneTime = Passwords.OneTime();
        people.SetPassword(person, oneTime, mustChange: true);
        person.Unlock();
        await db.SaveChangesAsync(cancellationToken);
        directory.Forget(person.Id);
        return oneTime;
    }
}

/// <summary>解锁: lets a person try again who was locked out after wrong passwords.</summary>
[Needs(Permission.PeopleManage)]
public sealed record UnlockPerson(Guid Id) : IRequest;

internal sealed class UnlockPersonHandler(CrmDb db) : IRequestHandler<UnlockPerson, Unit>
{
    public async Task<Unit> Handle(UnlockPerson request, CancellationToken cancellationToken)
    {
        var person = await db.Users.FirstOrDefaultAsync(p => p.Id == request.Id, cancellationToken) ?? throw new Refusal(RefusalCode.NotFound);
        person.Unlock();
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}

file static class Locks
{
    public static void Unlock(this Person person) => (person.LockoutEnd, person.AccessFailedCount) = (null, 0);
}
