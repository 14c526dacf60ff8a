using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Texts;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.People;

/// <summary>What an administrator says about a person.</summary>
public abstract record PersonInput
{
    public string DisplayName { get; set; } = "";

    /// <summary>Code of a department in the reference data.</summary>
    public string? Department { get; set; }

    /// <summary>officer, park-manager, leader, administrator.</summary>
    public List<string> Roles { get; set; } = [];

    /// <summary>Ids of the parks the person manages.</summary>
    public List<Guid> Parks { get; set; } = [];

    /// <exception cref="Refusal">NotFound beside department or parks.</exception>
    internal async Task MustExistAsync(CrmDb db, CancellationToken cancel)
    {
        if (!string.IsNullOrEmpty(Department) && !await db.ReferenceRecords.AnyAsync(r => r.Set == "departments" && r.Code == Department, cancel))
            throw new Refusal(RefusalCode.NotFound) { Field = "department" };
        if (await db.Parks.CountAsync(p => Parks.Contains(p.Id), cancel) != Parks.Distinct().Count())
            throw new Refusal(RefusalCode.NotFound) { Field = "parks" };
    }
}

internal sealed class PersonInputValidator : AbstractValidator<PersonInput>
{
    public PersonInputValidator()
    {
        RuleFor(r => r.DisplayName).NotEmpty().OneLine(50);
        RuleFor(r => r.Department).OneLine(32);
        RuleFor(r => r.Roles).NotEmpty().Must(roles => roles is null || roles.All(RoleCode.All.Contains)).WithMessage(_ => Text.Of("people.unknownRole"));
        RuleFor(r => r.Parks).NotNull();
    }
}
