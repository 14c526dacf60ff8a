using Microsoft.AspNetCore.Identity;

namespace JinshanBio.Crm.Identity;

/// <summary>人员: somebody who can sign in.</summary>
public sealed class Person : IdentityUser<Guid>
{
    public Person() => Id = Guid.CreateVersion7();

    public string DisplayName { get; set; } = "";

    /// <summary>Code of the department in the reference data, or null.</summary>
    public string? Department { get; set; }
    public bool Disabled { get; set; }

    /// <summary>The password was set by somebody else and must be changed at the next sign-in.</summary>
    public bool MustChangePassword { get; set; }
    public ICollection<PersonPark> Parks { get; } = [];
}

/// <summary>The person manages this park.</summary>
public sealed class PersonPark(Guid personId, Guid parkId)
{
    public Guid PersonId { get; private set; } = personId;
    public Guid ParkId { get; private set; } = parkId;
}

/// <summary>Codes of the roles; what they permit is reference data.</summary>
public static class RoleCode
{
    public const string Officer = "officer", ParkManager = "park-manager", Leader = "leader", Administrator = "administrator", Reviewer = "reviewer", ChainExpert = "chain-expert";
    public static readonly IReadOnlyList<string> All = [Officer, ParkManager, Leader, Administrator, Reviewer, ChainExpert];
}
