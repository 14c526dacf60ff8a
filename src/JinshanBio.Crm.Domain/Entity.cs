namespace JinshanBio.Crm.Domain;

/// <summary>What every record of the register has: a time-ordered id and the version that guards against overwriting.</summary>
public abstract class Entity
{
    public Guid Id { get; protected init; } = Guid.CreateVersion7();

    /// <summary>1 at creation, one more with each saved change; the ETag of the API.</summary>
    public int Version { get; private set; }
}
