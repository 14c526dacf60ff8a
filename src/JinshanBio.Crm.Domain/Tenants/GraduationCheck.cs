using JinshanBio.Crm.Domain.Parks;

namespace JinshanBio.Crm.Domain.Tenants;

/// <summary>毕业判定: whether a tenant is ready to go on, what of it is missing and by how much, and whether it has stayed too long.</summary>
/// <param name="Wanted">How many of the conditions must hold.</param>
/// <param name="StayEnds">The last day of the longest stay; null where none is set.</param>
public sealed record GraduationCheck(GraduationState State, int Held, int Wanted, bool IsOverdue, DateOnly? StayEnds, IReadOnlyList<ConditionResult> Conditions)
{
    public static GraduationCheck Of(TenantFacts tenant, GraduationRules rules, DateOnly today)
    {
        if (tenant.Role == ParkRole.IndustrialPark) return new(GraduationState.NoneAhead, 0, 0, false, null, []);
        if (rules.For(tenant.Role, today) is not { } terms) return new(GraduationState.NotSet, 0, 0, false, null, []);

        List<ConditionResult> all = [.. Judge(tenant, terms, today)];
        var ends = terms.MostMonths is { } most ? tenant.MovedInOn.AddMonths(most).AddDays(-1) : (DateOnly?)null;
        int Count(params ReadOnlySpan<ConditionState> states)
        {
            var count = 0;
            foreach (var c in all) if (states.Contains(c.State)) count++;
            return count;
        }
        var held = Count(ConditionState.Held);
        var state = all.Count == 0 ? GraduationState.NotSet
            : held >= terms.Wanted ? GraduationState.Met
            : Count(ConditionState.Held, ConditionState.Near) >= terms.Wanted ? GraduationState.Near
            // What is not known could still decide it.
            : Count(ConditionState.Held, ConditionState.Near, ConditionState.Unknown) >= terms.Wanted ? GraduationState.Unknown
            : GraduationState.Not;
        return new(state, held, terms.Wanted, ends < today, ends, all);
    }

    private static IEnumerable<ConditionResult> Judge(TenantFacts tenant, GraduationTerms terms, DateOnly today)
    {
        var near = terms.NearPercent;
        if (terms.MonthsIn is { } months) yield return ConditionResult.Of(GraduationCondition.MonthsIn, months, Months(tenant.MovedInOn, today), near);
        if (terms.CompanyMonths is { } age) yield return ConditionResult.Of(GraduationCondition.CompanyMonths, age, tenant.FoundedOn is { } day ? Months(day, today) : null, near);
        if (terms.Headcount is { } heads) yield return ConditionResult.Of(GraduationCondition.Headcount, heads, tenant.Headcount, near);
        if (terms.Revenue is { } revenue) yield return ConditionResult.Of(GraduationCondition.Revenue, revenue, tenant.Revenue, near);
        if (terms.AreaNeedM2 is { } area) yield return ConditionResult.Of(GraduationCondition.AreaNeed, area, tenant.AreaNeedM2, near);
        // More than there is: being as large as it is not yet outgrowing it.
        if (terms.Outgrows) yield return ConditionResult.Of(GraduationCondition.Outgrows, tenant.AreaM2 + tenant.FreeM2, tenant.AreaNeedM2, near, isAbove: true);
        if (terms.Product is { } product) yield return Product(product, tenant.Product);
    }

    /// <summary>One stage before is near.</summary>
    private static ConditionResult Product(ProductStage wanted, ProductStage? actual) => new(GraduationCondition.Product,
        actual is null ? ConditionState.Unknown : actual >= wanted ? ConditionState.Held : actual + 1 == wanted ? ConditionState.Near : ConditionState.Short, (int)wanted, (int?)actual);

    /// <summary>Whole months from one day to another.</summary>
    public static int Months(DateOnly from, DateOnly to)
    {
        var months = (to.Year - from.Year) * 12 + to.Month - from.Month;
        return Math.Max(0, from.AddMonths(months) > to ? months - 1 : months);
    }
}

/// <param name="Wanted">Months, people, yuan or m²; for the product the number of its stage.</param>
/// <param name="Actual">In the same unit; null when it is not known.</param>
public sealed record ConditionResult(GraduationCondition Condition, ConditionState State, decimal Wanted, decimal? Actual)
{
    /// <summary>What is missing; nothing once it holds.</summary>
    public decimal? Missing => Actual is { } actual ? Math.Max(0, Wanted - actual) : null;

    /// <param name="isAbove">It must be more than what is wanted, not the same.</param>
    internal static ConditionResult Of(GraduationCondition condition, decimal wanted, decimal? actual, int nearPercent, bool isAbove = false) => new(condition, actual switch
    {
        null => ConditionState.Unknown,
        { } known when known > wanted || (known == wanted && !isAbove) => ConditionState.Held,
        { } known when known * 100 >= wanted * nearPercent => ConditionState.Near,
        _ => ConditionState.Short,
    }, wanted, actual);
}

/// <summary>What is known of a tenant on a day; what is null is not.</summary>
/// <param name="AreaM2">m² that it has.</param>
/// <param name="FreeM2">m² that its park has free besides.</param>
public sealed record TenantFacts(ParkRole Role, DateOnly MovedInOn, decimal AreaM2, decimal FreeM2)
{
    public DateOnly? FoundedOn { get; init; }
    public int? Headcount { get; init; }
    public decimal? Revenue { get; init; }
    public decimal? AreaNeedM2 { get; init; }
    public ProductStage? Product { get; init; }
}

public enum GraduationState
{
    /// <summary>已达毕业条件</summary>
    Met,
    /// <summary>接近毕业</summary>
    Near,
    /// <summary>未达条件</summary>
    Not,
    /// <summary>缺少情况，不能判定</summary>
    Unknown,
    /// <summary>未设定毕业条件</summary>
    NotSet,
    /// <summary>已在产业园</summary>
    NoneAhead,
}

public enum GraduationCondition
{
    /// <summary>在园月数</summary>
    MonthsIn,
    /// <summary>企业成立月数</summary>
    CompanyMonths,
    /// <summary>员工人数</summary>
    Headcount,
    /// <summary>年营业收入</summary>
    Revenue,
    /// <summary>面积需求</summary>
    AreaNeed,
    /// <summary>面积需求超过本园所能提供</summary>
    Outgrows,
    /// <summary>产品阶段</summary>
    Product,
}

public enum ConditionState
{
    Held,
    Near,
    Short,
    Unknown,
}
