namespace JinshanBio.Crm.Domain.Parks;

/// <summary>载体: an incubator, accelerator or industrial park that can take projects. It may have several of these roles.</summary>
public sealed class Park : Entity
{
    private Park() { }

    public Park(string code, string nameZh, string nameEn) => (Code, NameZh, NameEn) = (code, nameZh, nameEn);

    /// <summary>Code of the reference record, such as CAR-06.</summary>
    public string Code { get; private set; } = "";
    public string NameZh { get; private set; } = "";
    public string NameEn { get; private set; } = "";
    public ICollection<ParkRole> Roles { get; private set; } = [];

    /// <summary>Fields the policy places here; many-to-many.</summary>
    public ICollection<string> Fields { get; private set; } = [];

    /// <summary>一城一港一湾一园一谷, or null.</summary>
    public string? LayoutSlot { get; private set; }
    public string? Source { get; private set; }
    public ICollection<Space> Spaces { get; } = [];

    public void Describe(string nameZh, string nameEn, IEnumerable<ParkRole> roles, IEnumerable<string> fields, string? layoutSlot, string? source)
        => (NameZh, NameEn, Roles, Fields, LayoutSlot, Source) = (nameZh, nameEn, [.. roles], [.. fields], layoutSlot, source);
}

public enum ParkRole
{
    /// <summary>孵化器</summary>
    Incubator,
    /// <summary>加速器</summary>
    Accelerator,
    /// <summary>产业园</summary>
    IndustrialPark,
}

/// <summary>空间: a rentable part of a park. Never holds more than its area, whoever accepts at the same moment.</summary>
public sealed class Space : Entity
{
    private Space() { }

    public Space(Guid parkId, SpaceTerms terms)
    {
        ParkId = parkId;
        Edit(terms);
    }

    public Guid ParkId { get; private set; }
    public Park? Park { get; private set; }
    public string Name { get; private set; } = "";

    /// <summary>m².</summary>
    public decimal AreaM2 { get; private set; }

    /// <summary>Reserved for accepted projects that have not moved in, m².</summary>
    public decimal HeldM2 { get; private set; }

    /// <summary>Taken by projects that moved in, m².</summary>
    public decimal OccupiedM2 { get; private set; }
    public DateOnly AvailableFrom { get; private set; }
    public decimal? ClearHeightM { get; private set; }

    /// <summary>kN/m².</summary>
    public decimal? FloorLoad { get; private set; }

    /// <summary>Rent, yuan per m² and day.</summary>
    public decimal? Rent { get; private set; }

    public decimal FreeM2 => AreaM2 - HeldM2 - OccupiedM2;

    /// <exception cref="Refusal">SpaceTooSmall.</exception>
    public void Edit(SpaceTerms terms)
    {
        if (terms.AreaM2 < HeldM2 + OccupiedM2) throw new Refusal(RefusalCode.SpaceTooSmall, HeldM2 + OccupiedM2) { Field = "areaM2" };
        (Name, AreaM2, AvailableFrom) = (terms.Name.Trim(), terms.AreaM2, terms.AvailableFrom);
        (ClearHeightM, FloorLoad, Rent) = (terms.ClearHeightM, terms.FloorLoad, terms.Rent);
    }

    /// <exception cref="Refusal">SpaceOverbooked with the free area, SpaceNotYetAvailable with the day.</exception>
    internal void Hold(decimal areaM2, DateOnly from)
    {
        if (from < AvailableFrom) throw new Refusal(RefusalCode.SpaceNotYetAvailable, Name, AvailableFrom) { Field = "spaceId" };
        if (areaM2 > FreeM2) throw new Refusal(RefusalCode.SpaceOverbooked, Name, FreeM2, areaM2) { Field = "spaceId" };
        HeldM2 += areaM2;
    }

    internal void Release(decimal areaM2) => HeldM2 -= areaM2;

    internal void Occupy(decimal areaM2) => (HeldM2, OccupiedM2) = (HeldM2 - areaM2, OccupiedM2 + areaM2);

    internal void Vacate(decimal areaM2) => OccupiedM2 -= areaM2;
}

/// <summary>What is said about a space. Area in m², height in m, load in kN/m², rent in yuan per m² and day.</summary>
public sealed record SpaceTerms(string Name, decimal AreaM2, DateOnly AvailableFrom, decimal? ClearHeightM, decimal? FloorLoad, decimal? Rent);
