using JinshanBio.Crm.Domain.Tenants;
using JinshanBio.Crm.Tenants;
using JinshanBio.Crm.Texts;
using JinshanBio.Crm.Web.Ui;

namespace JinshanBio.Crm.Web.Pages.Tenants;

/// <summary>Tenants, their leases and conditions in a few words.</summary>
internal static class TenantWords
{
    public static string Tone(GraduationState state) => state switch
    {
        GraduationState.Met => "good",
        GraduationState.Near => "warn",
        GraduationState.Unknown => "info",
        _ => "outline",
    };

    /// <summary>What is asked for, or what there is, in the unit of the condition.</summary>
    public static string Amount(GraduationCondition condition, decimal value) => condition switch
    {
        GraduationCondition.MonthsIn or GraduationCondition.CompanyMonths => Text.Of("tenants.months", Show.Number(value)),
        GraduationCondition.Headcount => Text.Of("tenants.heads", Show.Number(value)),
        GraduationCondition.Revenue => Show.Money(value),
        GraduationCondition.Product => Text.Of((ProductStage)(int)value),
        _ => Show.Area(value),
    };

    public static string Wanted(ConditionResult result)
        => result.Condition == GraduationCondition.Outgrows ? Text.Of("tenants.moreThan", Show.Area(result.Wanted)) : Amount(result.Condition, result.Wanted);

    public static string Lease(TenantRow tenant) => tenant.LeaseDays switch
    {
        null => "",
        < 0 => Text.Of("tenants.overdueDays", -tenant.LeaseDays),
        _ => Text.Of("tenants.inDays", tenant.LeaseDays),
    };

    public static string LeaseTone(TenantRow tenant) => tenant.LeaseDays switch { null => "", < 0 => "overdue", <= 30 => "today", <= 90 => "soon", _ => "" };
}
