using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using JinshanBio.Crm.Audit;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Texts;
using JinshanBio.Crm.Web.Ui;

namespace JinshanBio.Crm.Web.Pages.Audit;

/// <summary>How the audit trail is read: names of records, fields and values in the reader's words.</summary>
internal static class AuditWords
{
    public static readonly IReadOnlyList<string> Subjects = ["Lead", "Project", "Enterprise", "Contact", "FollowUp", "Review", "ReviewOpinion", "Agreement", "FairCompetition",
        "Commitment", "Document", "ServiceTask", "CompanyRequest", "LeavingSignal", "Assignment", "Park", "Space", "Import", "Export", "Person"];

    /// <summary>What the program keeps for itself and tells a reader nothing.</summary>
    public static readonly IReadOnlySet<string> Technical = new HashSet<string>(StringComparer.Ordinal)
        { "concurrencyStamp", "securityStamp", "normalizedName", "normalizedUserName", "lockoutEnabled", "emailConfirmed", "phoneNumberConfirmed", "twoFactorEnabled", "createdById", "personId", "userId" };

    /// <summary>"Project.Evidence.agreementType" is the evidence agreementType of a project.</summary>
    public static string Subject(string subject)
    {
        var parts = subject.Split('.', 3);
        var record = Or("audit.subject." + parts[0], parts[0]);
        return parts.Length == 1 ? record : $"{record} · {(Text.Has("audit.part." + parts[1]) ? Text.Of("audit.part." + parts[1], parts.ElementAtOrDefault(2) ?? "") : parts[1])}";
    }

    public static string Field(string field) => Or("audit.field." + field, Or("input." + field, field));

    /// <summary>Page of the record, for those that have one.</summary>
    public static string? Link(AuditRow record) => record.Action == AuditAction.Deleted && !record.Subject.Contains('.', StringComparison.Ordinal) ? null : record.Subject.Split('.')[0] switch
    {
        "Lead" => $"/leads/{record.SubjectId}",
        "Project" => $"/projects/{record.SubjectId}",
        "Enterprise" => $"/enterprises/{record.SubjectId}",
        "Assignment" => $"/proposals/{record.SubjectId}",
        "Park" => $"/parks/{record.SubjectId}",
        "Import" => $"/imports/{record.SubjectId}",
        "Person" => $"/people/{record.SubjectId}",
        _ => null,
    };

    /// <summary>Page of the record whose id stands in a field.</summary>
    public static string? Page(string field, string? value) => !Guid.TryParse(value, out _) ? null : field switch
    {
        "enterpriseId" or "parentId" or "mergedIntoId" or "winnerId" or "loserId" => $"/enterprises/{value}",
        "projectId" => $"/projects/{value}",
        "leadId" => $"/leads/{value}",
        "parkId" => $"/parks/{value}",
        "importId" => $"/imports/{value}",
        _ => null,
    };

    public static string Value(string subject, string field, string? value, Catalogue catalogue, IReadOnlyDictionary<string, string> people)
    {
        if (string.IsNullOrEmpty(value)) return Text.Of("audit.empty");
        if (value == "***") return Text.Of("audit.secret");
        if (value[0] == '[' && value[^1] == ']')
            return string.Join(Text.Of("list.comma"), JsonSerializer.Deserialize<List<JsonElement>>(value)!.Select(v => Value(subject, field, NameIn(v), catalogue, people)));
        if (catalogue.Stages.Find(value) is not null) return catalogue.StageName(value);
        if (catalogue.Field(value) is { } known) return known.Name;
        if (people.TryGetValue(value, out var person)) return person;
        if (value is "True" or "False") return Text.Of(value == "True" ? "audit.yes" : "audit.no");
        if (subject == "Enterprise.Alias" && Enum.TryParse<Domain.Enterprises.AliasKind>(value, out var alias)) return Text.Of(alias);
        if (Type(subject)?.GetProperty(field, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase)?.PropertyType is not { } declared) return value;
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        if (typeof(IEnumerable).IsAssignableFrom(type) && type.IsGenericType) type = type.GetGenericArguments()[0];
        if (type.IsEnum && Enum.TryParse(type, value, out var choice) && Enum.IsDefined(type, choice)) return Text.Of((Enum)choice);
        if (type == typeof(decimal) && decimal.TryParse(value, NumberStyles.Number, CultureInfo.InvariantCulture, out var number))
            return field.Contains("investment", StringComparison.OrdinalIgnoreCase) || field.StartsWith("output", StringComparison.OrdinalIgnoreCase) || field is "fundsInPlace" or "annualOutput" or "signedAmount" ? Show.Money(number) : Show.Number(number);
        return type == typeof(DateTime) && DateTime.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var time) ? Show.Time(time) : value;
    }

    private static string NameIn(JsonElement value) => value.ValueKind == JsonValueKind.Object && value.TryGetProperty("Name", out var name) ? name.ToString() : value.ToString();

    private static readonly Dictionary<string, Type> Types = new[] { typeof(Entity).Assembly, typeof(Person).Assembly }
        .SelectMany(a => a.GetExportedTypes()).Where(t => Subjects.Contains(t.Name)).ToDictionary(t => t.Name, StringComparer.Ordinal);

    private static Type? Type(string subject) => Types.GetValueOrDefault(subject.Split('.')[0]);

    private static string Or(string key, string otherwise) => Text.Has(key) ? Text.Of(key) : otherwise;
}
