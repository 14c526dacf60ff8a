namespace JinshanBio.Crm.Domain.Parks;

/// <summary>硬约束: what excludes a space. A limit nobody stated does not apply; a facility nobody recorded is neither yes nor no.</summary>
public static class FitLimits
{
    public const string Area = "area", From = "from", Until = "until", Kind = "kind", ClearHeight = "clearHeight", FloorLoad = "floorLoad", Power = "power", DualPower = "dualPower",
        Steam = "steam", Cold = "cold", Water = "water", WasteWater = "wasteWater", WasteWaterClass = "wasteWaterClass", Hazard = "hazard", Biosafety = "biosafety", WetLab = "wetLab",
        CleanRoom = "cleanRoom", ChemicalPark = "chemicalPark";

    public static readonly IReadOnlyList<string> All = [Area, From, Until, Kind, ClearHeight, FloorLoad, Power, DualPower, Steam, Cold, Water, WasteWater, WasteWaterClass, Hazard, Biosafety, WetLab, CleanRoom, ChemicalPark];

    /// <summary>Every limit that applies, in the order of <see cref="All"/>.</summary>
    public static IReadOnlyList<FitReason> Of(SpaceNeed need, SpaceOffer offer)
    {
        var has = offer.Facilities;
        FitReason?[] reasons =
        [
            AtLeast(Area, need.AreaM2, offer.FreeM2),
            Reason(From, offer.AvailableFrom <= need.From, need.From, offer.AvailableFrom),
            Ends(need, offer),
            need.Plot is { } plot ? OneOf(Kind, plot, offer.Kind is { } kind ? kind == SpaceKind.Plot : null) : null,
            AtLeast(ClearHeight, need.ClearHeightM, has.ClearHeightM),
            AtLeast(FloorLoad, need.FloorLoad, has.FloorLoad),
            AtLeast(Power, need.PowerKva, has.PowerKva),
            Needed(DualPower, need.DualPower, has.DualPower),
            AtLeast(Steam, need.SteamTph, has.SteamTph),
            AtLeast(Cold, need.ColdKw, has.ColdKw),
            AtLeast(Water, need.WaterM3d, has.WaterM3d),
            AtLeast(WasteWater, need.WasteWaterM3d, has.WasteWaterM3d),
            need.WasteWater is { } waste and > Parks.WasteWaterClass.Domestic ? Level(WasteWaterClass, waste, has.WasteWater, offered => offered >= waste) : null,
            // 甲 comes first and is the greatest hazard.
            need.Hazard is { } hazard and < HazardClass.E ? Level(Hazard, hazard, has.Hazard, offered => offered <= hazard) : null,
            need.Biosafety is { } bsl and > 0 ? Level(Biosafety, bsl, has.Biosafety, offered => offered >= bsl) : null,
            Needed(WetLab, need.WetLab, has.WetLab),
            need.CleanRoom is { } clean and > Parks.CleanRoom.None ? Level(CleanRoom, clean, has.CleanRoom, offered => offered >= clean) : null,
            Needed(ChemicalPark, need.ChemicalPark, has.ChemicalPark),
        ];
        return [.. reasons.OfType<FitReason>()];
    }

    private static FitReason? Ends(SpaceNeed need, SpaceOffer offer)
    {
        if (offer.AvailableUntil is { } last) return need.Until is { } until ? Reason(Until, until <= last, until, last) : new(Until, FitVerdict.DoesNotFit, [last]);
        return need.Until is { } end ? new(Until, FitVerdict.Fits, [end]) : null;
    }

    private static FitReason? AtLeast(string key, decimal? need, decimal? offer)
    {
        if (need is not > 0) return null;
        if (offer is not { } there) return new(key, FitVerdict.Unknown, [need.Value]);
        return there >= need ? new(key, FitVerdict.Fits, [need.Value, there]) : new(key, FitVerdict.DoesNotFit, [need.Value, there, need.Value - there]);
    }

    private static FitReason? Needed(string key, bool? need, bool? offer) => need is true ? OneOf(key, true, offer) : null;

    private static FitReason OneOf(string key, bool need, bool? offer) => offer is { } there ? Reason(key, there == need, need, there) : new(key, FitVerdict.Unknown, [need]);

    private static FitReason Level<T>(string key, T need, T? offer, Func<T, bool> isMet) where T : struct
        => offer is { } there ? Reason(key, isMet(there), need, there) : new(key, FitVerdict.Unknown, [need]);

    private static FitReason Reason(string key, bool isMet, object need, object offer) => new(key, isMet ? FitVerdict.Fits : FitVerdict.DoesNotFit, [need, offer]);
}
