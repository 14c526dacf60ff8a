namespace JinshanBio.Crm.Domain.Parks;

/// <summary>沿革: the child stands in the place of the parent, or of a part of it, from the day on.</summary>
public sealed class SpaceLineage
{
    private SpaceLineage() { }

    internal SpaceLineage(Guid parentId, Guid childId, DateOnly day) => (ParentId, ChildId, Day) = (parentId, childId, day);

    public Guid ParentId { get; private set; }
    public Guid ChildId { get; private set; }
    public DateOnly Day { get; private set; }
}

/// <summary>One of the parts a space is split into. Area in m².</summary>
public sealed record SpacePart(string Name, decimal AreaM2)
{
    /// <summary>As of the whole when left out.</summary>
    public string? Floor { get; init; }
}

/// <summary>So much of a booking, m², goes to a part.</summary>
/// <param name="Part">Index of the part.</param>
public sealed record SpaceShare(Guid BookingId, int Part, decimal AreaM2);
