using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Spreadsheets;
using JinshanBio.Crm.Texts;
using Microsoft.Extensions.Primitives;

namespace JinshanBio.Crm.Web.Door;

/// <summary>
/// Fills a request from names and texts: the query string of the API and of a page, or a posted form. A name that the
/// request does not know is refused, never ignored; a value that cannot be read is named with what was expected.
/// </summary>
public static class InputBinder
{
    private static readonly ConcurrentDictionary<Type, Dictionary<string, PropertyInfo>> Known = new();
    private static readonly string[] Foreign = ["__RequestVerificationToken", "_handler"];

    /// <param name="asTyped">True for what a person types into a form: money is in 万元 or carries its unit.</param>
    /// <returns>Messages by camelCase field name; empty when everything could be read.</returns>
    /// <exception cref="Refusal">UnknownField.</exception>
    public static Dictionary<string, string> Fill(object request, IEnumerable<KeyValuePair<string, StringValues>> values, bool asTyped)
    {
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, texts) in values)
        {
            if (Foreign.Contains(name)) continue;
            Set(request, name, name, texts, asTyped, errors);
        }
        return errors;
    }

    /// <summary>Binds the query string of an API call.</summary>
    /// <exception cref="Refusal">UnknownField, Invalid.</exception>
    /// <param name="except">Names that belong to the page, not to the request.</param>
    public static T Query<T>(HttpContext http, params string[] except) where T : new()
    {
        var request = new T();
        var errors = Fill(request, http.Request.Query.Where(q => !except.Contains(q.Key)), asTyped: false);
        if (errors.Count > 0) throw new Refusal(RefusalCode.Invalid) { Details = errors };
        return request;
    }

    /// <summary>Takes one value over from a record to the property of the same name, if both have it.</summary>
    public static void Copy(object from, object to, string name)
    {
        if (name.Split('.', 2) is [var dictionary, var key])
        {
            if (Find(to, dictionary)?.GetValue(to) is IDictionary values) values[key] = Read(from, name);
            return;
        }
        if (!Has(from, name) || !Properties(to.GetType()).TryGetValue(name, out var target)) return;
        target.SetValue(to, Read(from, name) is IEnumerable<string> texts ? texts.ToList() : Read(from, name));
    }

    /// <param name="name">Of a property, or of a property with values by key and the key: "values.jobs".</param>
    public static bool Has(object record, string name) => Find(record, name.Split('.')[0]) is not null;

    public static object? Read(object record, string name) => name.Split('.', 2) is [var dictionary, var key]
        ? (Find(record, dictionary)?.GetValue(record) as IDictionary)?[key] : Find(record, name)?.GetValue(record);

    private static PropertyInfo? Find(object record, string name)
        => record.GetType().GetProperty(name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase);

    private static void Set(object target, string path, string name, StringValues texts, bool asTyped, Dictionary<string, string> errors)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var head = dot < 0 ? name : name[..dot];
        if (!Properties(target.GetType()).TryGetValue(head, out var property)) throw new Refusal(RefusalCode.UnknownField, name) { Field = name };

        if (dot >= 0)
        {
            if (property.GetValue(target) is not { } inner)
            {
                if (texts.All(string.IsNullOrWhiteSpace)) return;
                property.SetValue(target, inner = Activator.CreateInstance(property.PropertyType)!);
            }
            if (inner is IDictionary dictionary) dictionary[name[(dot + 1)..]] = texts.ToString();
            else Set(inner, path, name[(dot + 1)..], texts, asTyped, errors);
            return;
        }
        if (property.PropertyType == typeof(List<string>))
        {
            char[] between = property.GetCustomAttribute<LinesAttribute>() is null ? [','] : ['\n'];
            property.SetValue(target, texts.SelectMany(t => (t ?? "").Split(between, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToList());
            return;
        }
        if (property.PropertyType == typeof(List<Guid>))
        {
            var parts = texts.SelectMany(t => (t ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToList();
            if (parts.Find(part => !Guid.TryParse(part, out _)) is { } wrong) errors[path] = Text.Of("binding.id", wrong);
            else property.SetValue(target, parts.ConvertAll(Guid.Parse));
            return;
        }
        var text = texts.LastOrDefault()?.Trim();
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (string.IsNullOrEmpty(text))
        {
            if (type == typeof(string)) property.SetValue(target, property.PropertyType == typeof(string) && IsOptional(property) ? null : "");
            return;
        }
        var unit = asTyped && property.GetCustomAttribute<MoneyAttribute>() is not null ? 10_000m : 1m;
        if (TryRead(type, text, unit, asTyped, out var value)) property.SetValue(target, value);
        else errors[path] = Text.Of("binding." + Kind(type), text);
    }

    private static bool TryRead(Type type, string text, decimal unit, bool asTyped, out object? value)
    {
        value = null;
        if (type == typeof(string)) value = text;
        else if (type == typeof(Guid)) { if (Guid.TryParse(text, out var id)) value = id; }
        else if (type == typeof(int)) { if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) value = number; }
        else if (type == typeof(bool)) value = text is "on" or "true" or "1";
        else if (type == typeof(decimal))
        {
            if (asTyped && unit != 1 ? Cell.TryMoney(text, unit, out var money) : decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out money)) value = money;
        }
        else if (type == typeof(DateOnly)) { if (Cell.TryDate(text, out var day)) value = day; else if (DateOnly.TryParse(text, CultureInfo.InvariantCulture, out day)) value = day; }
        else if (type == typeof(DateTime)) { if (DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var time)) value = time; }
        else if (type.IsEnum) { if (!char.IsAsciiDigit(text[0]) && Enum.TryParse(type, text, ignoreCase: true, out var choice)) value = choice; }
        else throw new NotSupportedException($"A {type.Name} cannot be read from text.");
        return value is not null;
    }

    private static string Kind(Type type) => type == typeof(Guid) ? "id" : type.IsEnum ? "choice"
        : type == typeof(DateOnly) || type == typeof(DateTime) ? "date" : "number";

    private static bool IsOptional(PropertyInfo property) => new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable;

    private static Dictionary<string, PropertyInfo> Properties(Type type) => Known.GetOrAdd(type, t => t
        .GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.SetMethod is { IsPublic: true })
        .ToDictionary(p => p.Name, StringComparer.OrdinalIgnoreCase));
}
