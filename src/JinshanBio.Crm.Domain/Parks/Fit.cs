namespace JinshanBio.Crm.Domain.Parks;

/// <summary>
/// 选址匹配: how one space stands to the needs of one project. First the hard limits, each with its verdict; then 0 to 100 points that say how well it
/// would suit, also where it does not fit, so that near misses can be compared. Nothing but what is handed over goes in.
/// </summary>
public static class Fit
{
    /// <param name="weights">Points of each term; a sum other than 100 is scaled.</param>
    /// <param name="chain">Who supplies whom.</param>
    public static FitAnswer Judge(SpaceNeed need, SpaceOffer offer, FitWeights weights, SupplyGraph chain)
    {
        var reasons = FitLimits.Of(need, offer);
        FitPoint[] points = [Field(need, offer, weights), Links(need, offer, weights, chain), Growth(need, offer, weights), Date(need, offer, weights), Price(need, offer, weights), Role(need, offer, weights)];
        var (sum, most) = (points.Sum(p => p.Points), points.Sum(p => p.Of));
        return new FitAnswer(reasons.Select(r => r.Verdict).DefaultIfEmpty(FitVerdict.Fits).Max(), reasons,
            most == 0 ? 0 : Math.Clamp(most == 100 ? sum : decimal.Round(sum / most * 100, 1), 0, 100), points);
    }

    private static FitPoint Field(SpaceNeed need, SpaceOffer offer, FitWeights weights)
        => need.Field == weights.SharedField ? Point("field", weights.Field, 1, "shared")
            : offer.ParkFields.Contains(need.Field) ? Point("field", weights.Field, 1, "own", need.Field) : Point("field", weights.Field, 0, "other", need.Field);

    private static FitPoint Links(SpaceNeed need, SpaceOffer offer, FitWeights weights, SupplyGraph chain)
    {
        var around = offer.NeighbourLinks.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        List<string> suppliers = [.. around.Where(n => need.Links.Any(own => chain.Supplies(n, own)))];
        List<string> buyers = [.. around.Where(n => need.Links.Any(own => chain.Supplies(own, n)))];
        var all = suppliers.Union(buyers, StringComparer.Ordinal).Count();
        var share = Math.Min(1, (decimal)all / Math.Max(1, weights.LinksForAll));
        return Point("links", weights.Links, share, need.Links.Count == 0 ? "unstated" : all == 0 ? "none" : "some", suppliers, buyers);
    }

    private static FitPoint Growth(SpaceNeed need, SpaceOffer offer, FitWeights weights)
    {
        var wanted = need.GrowthM2 ?? decimal.Round(need.AreaM2 * weights.GrowthShare, 2);
        if (wanted <= 0) return Point("growth", weights.Growth, 1, "unneeded");
        return Point("growth", weights.Growth, Math.Clamp(offer.GrowthM2 / wanted, 0, 1), need.GrowthM2 is null ? "assumed" : "stated", wanted, offer.GrowthM2);
    }

    private static FitPoint Date(SpaceNeed need, SpaceOffer offer, FitWeights weights)
    {
        var idleFrom = offer.IdleFrom ?? offer.AvailableFrom;
        var (early, idle) = (need.From.DayNumber - offer.AvailableFrom.DayNumber, need.From.DayNumber - idleFrom.DayNumber);
        if (early < 0) return Point("date", weights.Date, 0, "late", -early);
        // Only a space that is still to come can be late.
        if (idleFrom <= offer.AvailableFrom && early < weights.ReadyDays) return Point("date", weights.Date, 0.5m + (0.5m * early / weights.ReadyDays), "tight", early);
        return idle <= weights.IdleDays ? Point("date", weights.Date, 1, "ready", Math.Max(0, idle))
            : Point("date", weights.Date, Math.Max(0, 1 - ((decimal)(idle - weights.IdleDays) / Math.Max(1, weights.IdleDays))), "idle", idle);
    }

    private static FitPoint Price(SpaceNeed need, SpaceOffer offer, FitWeights weights)
    {
        if (offer.Rent is not { } rent) return Point("price", weights.Price, 0.5m, "unknown");
        if (need.MaxRent is not { } most) return Point("price", weights.Price, 1, "unstated", rent);
        if (rent <= most) return Point("price", weights.Price, 1, "within", rent, most);
        var above = most * weights.RentTolerance;
        return Point("price", weights.Price, above <= 0 ? 0 : Math.Max(0, 1 - ((rent - most) / above)), "above", rent, most);
    }

    private static FitPoint Role(SpaceNeed need, SpaceOffer offer, FitWeights weights)
    {
        var wanted = need.Role ?? (need.AreaM2 <= weights.IncubatorM2 ? ParkRole.Incubator : need.AreaM2 <= weights.AcceleratorM2 ? ParkRole.Accelerator : ParkRole.IndustrialPark);
        if (offer.ParkRoles.Count == 0) return Point("role", weights.Role, 0.5m, "unknown", wanted);
        var steps = offer.ParkRoles.Min(role => Math.Abs((int)role - (int)wanted));
        return Point("role", weights.Role, steps switch { 0 => 1, 1 => 0.5m, _ => 0 }, steps switch { 0 => "right", 1 => "near", _ => "far" }, wanted);
    }

    private static FitPoint Point(string key, int most, decimal share, params object[] args) => new(key, decimal.Round(most * share, 1, MidpointRounding.AwayFromZero), most, args);
}
