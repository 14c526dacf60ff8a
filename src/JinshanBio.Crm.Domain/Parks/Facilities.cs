namespace JinshanBio.Crm.Domain.Parks;

/// <summary>What a space offers to a process. A value that is null is not known, which is neither yes nor no.</summary>
public sealed record Facilities
{
    /// <summary>层高 that is free for use, m.</summary>
    public decimal? ClearHeightM { get; init; }

    /// <summary>楼面荷载, kN/m².</summary>
    public decimal? FloorLoad { get; init; }

    /// <summary>可供用电负荷, kVA.</summary>
    public decimal? PowerKva { get; init; }

    /// <summary>双回路.</summary>
    public bool? DualPower { get; init; }

    /// <summary>蒸汽, t/h; 0 when there is none.</summary>
    public decimal? SteamTph { get; init; }

    /// <summary>冷量, kW; 0 when there is none.</summary>
    public decimal? ColdKw { get; init; }

    /// <summary>供水, m³/d.</summary>
    public decimal? WaterM3d { get; init; }

    /// <summary>废水接纳量, m³/d.</summary>
    public decimal? WasteWaterM3d { get; init; }
    public WasteWaterClass? WasteWater { get; init; }
    public HazardClass? Hazard { get; init; }

    /// <summary>生物安全等级 up to which work is allowed: 0 for none, 1 to 4 for BSL-1 to BSL-4.</summary>
    public int? Biosafety { get; init; }
    public bool? WetLab { get; init; }
    public CleanRoom? CleanRoom { get; init; }

    /// <summary>In a recognised chemical park 认定化工园区.</summary>
    public bool? ChemicalPark { get; init; }

    /// <summary>What a part of it offers: the same qualities. Nobody knows yet how much of the supplies it gets, unless there are none.</summary>
    internal Facilities OfPart()
    {
        static decimal? None(decimal? supply) => supply == 0 ? 0 : null;
        return this with { PowerKva = None(PowerKva), SteamTph = None(SteamTph), ColdKw = None(ColdKw), WaterM3d = None(WaterM3d), WasteWaterM3d = None(WasteWaterM3d) };
    }

    /// <summary>What several offer as one: supplies add up; of height and load the least counts; a quality in which they differ is not known.</summary>
    internal static Facilities OfWhole(IReadOnlyList<Facilities> parts)
    {
        T? Same<T>(Func<Facilities, T?> of) where T : struct => parts.Select(of).Distinct().Count() == 1 ? of(parts[0]) : null;
        decimal? Sum(Func<Facilities, decimal?> of) => parts.All(p => of(p) is not null) ? parts.Sum(of) : null;
        decimal? Least(Func<Facilities, decimal?> of) => parts.All(p => of(p) is not null) ? parts.Min(of) : null;
        return new()
        {
            ClearHeightM = Least(p => p.ClearHeightM), FloorLoad = Least(p => p.FloorLoad), PowerKva = Sum(p => p.PowerKva), DualPower = Same(p => p.DualPower), SteamTph = Sum(p => p.SteamTph),
            ColdKw = Sum(p => p.ColdKw), WaterM3d = Sum(p => p.WaterM3d), WasteWaterM3d = Sum(p => p.WasteWaterM3d), WasteWater = Same(p => p.WasteWater), Hazard = Same(p => p.Hazard),
            Biosafety = Same(p => p.Biosafety), WetLab = Same(p => p.WetLab), CleanRoom = Same(p => p.CleanRoom), ChemicalPark = Same(p => p.ChemicalPark),
        };
    }
}

/// <summary>废水接纳类别: each takes what the ones before it take.</summary>
public enum WasteWaterClass
{
    /// <summary>仅生活污水</summary>
    Domestic,
    /// <summary>一般工业废水</summary>
    Industrial,
    /// <summary>高浓度或含生物活性废水, with treatment of its own</summary>
    Biological,
}

/// <summary>火灾危险性类别, GB 50016: from 甲 (greatest hazard) to 戊; a space takes its own class and every lesser one.</summary>
public enum HazardClass
{
    /// <summary>甲类</summary>
    A,
    /// <summary>乙类</summary>
    B,
    /// <summary>丙类</summary>
    C,
    /// <summary>丁类</summary>
    D,
    /// <summary>戊类</summary>
    E,
}

/// <summary>洁净等级, GMP of China: each is cleaner than the ones before it.</summary>
public enum CleanRoom
{
    None,
    D,
    C,
    B,
    A,
}
