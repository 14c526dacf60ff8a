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
