using JinshanBio.Crm.Domain.Stages;
using JinshanBio.Crm.Projects;
using JinshanBio.Crm.Texts;

namespace JinshanBio.Crm.Web.Pages.Projects;

/// <summary>佐证 as people read it.</summary>
internal static class EvidenceTexts
{
    /// <summary>The label of an option; any other value as it was recorded.</summary>
    public static string Show(string key, string value) => Text.Has(KeyOf(key, value)) ? Text.Of(KeyOf(key, value)) : value;

    public static IEnumerable<(string Value, string Label)> Options(EvidenceNeed need) => need.Options.Select(option => (option, Show(need.Key, option)));

    /// <summary>What the project has on record for a need, or null; the enterprise's own credit code signs too.</summary>
    public static string? OnRecord(ProjectRecord project, string key, string type)
        => project.Evidence.FirstOrDefault(e => e.Key == key) is { } line ? Show(key, line.Value)
            : key == EvidenceNeed.SigningCreditCode && type == "creditCode" ? project.CreditCode : null;

    private static string KeyOf(string key, string option) => $"evidence.{key}.{option}";
}
