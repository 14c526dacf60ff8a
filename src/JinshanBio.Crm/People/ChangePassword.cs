using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.People;

/// <summary>修改密码: one's own; every sign-in with the old one ends, so the door signs the person in again.</summary>
[Needs(Permission.Account)]
public sealed record ChangePassword : IRequest
{
    public string Current { get; set; } = "";
    public string New { get; set; } = "";
}

internal sealed class ChangePasswordValidator : AbstractValidator<ChangePassword>
{
    public ChangePasswordValidator()
    {
        RuleFor(r => r.Current).NotEmpty().MaximumLength(100);
        RuleFor(r => r.New).NotEmpty().MaximumLength(100);
        RuleFor(r => r.New).NotEqual(r => r.Current).When(r => r.New.Length > 0).WithMessage(_ => Text.Of("people.samePassword"));
    }
}

internal sealed class ChangePasswordHandler(CrmDb db, Actor actor, UserManager<Person> people, ActorDirectory directory) : IRequestHandler<ChangePassword, Unit>
{
    public async Task<Unit> Handle(ChangePassword request, CancellationToken cancellationToken)
    {
        var person = await db.Users.FirstOrDefaultAsync(p => p.Id == actor.Id, cancellationToken) ?? throw new Refusal(RefusalCode.NotFound);
        // Counted like a sign-in: an open session is no way to guess the password.
        if (await people.IsLockedOutAsync(person)) throw new Refusal(RefusalCode.LockedOut);
        if (!await people.CheckPasswordAsync(person, request.Current))
        {
            await people.AccessFailedAsync(person);
            throw new Refusal(RefusalCode.SignInFailed) { Field = "current" };
        }
        await people.MustBeStrongAsync(person, request.New, "new");
        people.SetPassword(person, request.New, mustChange: false);
        await db.SaveChangesAsync(cancellationToken);
        directory.Forget(person.Id);
        return Unit.Value;
    }
}
