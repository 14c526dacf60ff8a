using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.People;

/// <summary>新增人员: creates somebody who can sign in and must change the password then.</summary>
[Needs(Permission.PeopleManage)]
public sealed record AddPerson : PersonInput, IRequest<AddedPerson>
{
    public string UserName { get; set; } = "";

    /// <summary>A one-time password is made when left out.</summary>
    public string? Password { get; set; }
}

/// <param name="OneTimePassword">To be handed over; shown this once. Null when a password was given.</param>
public sealed record AddedPerson(Guid Id, string? OneTimePassword);

internal sealed class AddPersonValidator : AbstractValidator<AddPerson>
{
    public AddPersonValidator()
    {
        Include(new PersonInputValidator());
        RuleFor(r => r.UserName).NotEmpty().MaximumLength(50).Matches("^[a-zA-Z0-9._-]*$").WithMessage(_ => Text.Of("people.userName"));
        RuleFor(r => r.Password).MaximumLength(100);
    }
}

internal sealed class AddPersonHandler(CrmDb db, UserManager<Person> people) : IRequestHandler<AddPerson, AddedPerson>
{
    public async Task<AddedPerson> Handle(AddPerson request, CancellationToken cancellationToken)
    {
        await request.MustExistAsync(db, cancellationToken);
        var person = new Person { UserName = request.UserName, DisplayName = request.DisplayName.Trim(), Department = request.Department };
        var oneTime = string.IsNullOrEmpty(request.Password) ? Passwords.OneTime() : null;
        await people.MustBeStrongAsync(person, oneTime ?? request.Password!, "password");
        people.SetPassword(person, oneTime ?? request.Password!, mustChange: true);
        person.NormalizedUserName = people.NormalizeName(person.UserName);
        person.LockoutEnabled = true;

        db.Users.Add(person);
        await Rights.SetAsync(db, person, request, cancellationToken);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (CrmDatabase.IsDuplicate(exception))
        {
            throw new Refusal(RefusalCode.UserNameTaken, request.UserName) { Field = "userName" };
        }
        return new AddedPerson(person.Id, oneTime);
    }
}

/// <summary>Roles and parks of a person, brought to what was asked for.</summary>
internal static class Rights
{
    public static async Task SetAsync(CrmDb db, Person person, PersonInput wanted, CancellationToken cancel)
    {
        foreach (var gone in person.Parks.Where(p => !wanted.Parks.Contains(p.ParkId)).ToList()) person.Parks.Remove(gone);
        foreach (var id in wanted.Parks.Except(person.Parks.Select(p => p.ParkId)).ToList()) person.Parks.Add(new PersonPark(person.Id, id));

        var ids = await db.Roles.Where(r => wanted.Roles.Contains(r.Name!)).Select(r => r.Id).ToListAsync(cancel);
        var present = await db.UserRoles.Where(r => r.UserId == person.Id).ToListAsync(cancel);
        db.UserRoles.RemoveRange(present.Where(r => !ids.Contains(r.RoleId)));
        db.UserRoles.AddRange(ids.Except(present.Select(r => r.RoleId)).Select(id => new IdentityUserRole<Guid> { UserId = person.Id, RoleId = id }));
    }
}
