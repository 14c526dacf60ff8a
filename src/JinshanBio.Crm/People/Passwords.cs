using System.Security.Cryptography;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Identity;
using Microsoft.AspNetCore.Identity;

namespace JinshanBio.Crm.People;

/// <summary>一次性密码, and what a refused password or user name means.</summary>
internal static class Passwords
{
    public static string OneTime() => "Js1-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    /// <exception cref="Refusal">PasswordTooWeak beside the field.</exception>
    public static async Task MustBeStrongAsync(this UserManager<Person> people, Person person, string password, string field)
    {
        foreach (var validator in people.PasswordValidators)
            if (!(await validator.ValidateAsync(people, person, password)).Succeeded)
                throw new Refusal(RefusalCode.PasswordTooWeak, people.Options.Password.RequiredLength) { Field = field };
    }

    /// <summary>Sets the password and ends every sign-in with the old one, once the person is saved.</summary>
    public static void SetPassword(this UserManager<Person> people, Person person, string password, bool mustChange)
    {
        person.PasswordHash = people.PasswordHasher.HashPassword(person, password);
        person.MustChangePassword = mustChange;
        person.EndSignIns();
    }

    public static void EndSignIns(this Person person) => person.SecurityStamp = Guid.NewGuid().ToString("N");
}
