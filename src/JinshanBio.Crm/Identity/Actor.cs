using System.Collections.Frozen;

namespace JinshanBio.Crm.Identity;

/// <summary>Who is asking: a signed-in person, the system itself, or nobody.</summary>
public sealed class Actor
{
    public Guid Id { get; init; }
    public string UserName { get; init; } = "";
    public string DisplayName { get; init; } = "";
    public IReadOnlyList<string> Roles { get; init; } = [];
    public IReadOnlySet<Permission> Permissions { get; init; } = FrozenSet<Permission>.Empty;

    /// <summary>Ids of the parks this person manages.</summary>
    public IReadOnlyList<Guid> Parks { get; init; } = [];
    public bool MustChangePassword { get; init; }

    /// <summary>Code of the department the person belongs to; it is the unit that holds a right of first talk.</summary>
    public string? Unit { get; init; }

    public bool IsNobody => Id == Guid.Empty;
    public bool May(Permission permission) => Permissions.Contains(permission);

    /// <summary>Not signed in.</summary>
    public static readonly Actor Nobody = new();

    /// <summary>Jobs and imports in the background; stands in the audit trail under this id.</summary>
    public static readonly Actor System = new()
    {
        Id = new Guid("00000000-0000-7000-8000-000000000001"),
        UserName = "system",
        Permissions = Enum.GetValues<Permission>().ToFrozenSet(),
    };
}

/// <summary>Holds the actor of the present scope; set once by the door through which the request came.</summary>
public sealed class ActorSlot
{
    public Actor Actor { get; set; } = Actor.Nobody;
}
