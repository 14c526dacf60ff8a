using System.Globalization;
using JinshanBio.Crm.Audit;

namespace JinshanBio.Crm.Web.Door;

/// <summary>One field that another person saved meanwhile, with the value that this person typed. Values as stored; lists joined by commas.</summary>
/// <param name="Field">Name of the input, camelCase.</param>
/// <param name="IsInput">Both the form and the record have the field, so that one value can stand against the other.</param>
/// <param name="IsTaken">This person left the old value standing: the other's is taken over.</param>
public sealed record FieldConflict(string Field, string? Before, string? Theirs, string? Mine, string By, DateTime At, bool IsInput, bool IsTaken)
{
    public static IReadOnlyList<FieldConflict> Of(IReadOnlyList<ChangesSince> changes, object? present, object? request)
        => [.. changes.GroupBy(c => char.ToLowerInvariant(c.Field[0]) + c.Field[1..], StringComparer.Ordinal).Select(field => Of(field.Key, [.. field], present, request))];

    private static FieldConflict Of(string field, IReadOnlyList<ChangesSince> changes, object? present, object? request)
    {
        var last = changes[^1];
        if (present is null || request is null || !InputBinder.Has(present, field) || !InputBinder.Has(request, field))
            return new FieldConflict(field, changes[0].From, string.Join(",", changes.Select(c => c.To).OfType<string>()), null, last.By, last.At, IsInput: false, IsTaken: false);

        var theirs = InputBinder.Read(present, field);
        var mine = InputBinder.Read(request, field);
        if (theirs is IEnumerable<string> now && mine is IEnumerable<string> wanted)
        {
            // The trail has what came and went; the list as it was follows from what stands now.
            var before = now.Except(changes.Select(c => c.To).OfType<string>(), StringComparer.Ordinal).Union(changes.Select(c => c.From).OfType<string>(), StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
            return new FieldConflict(field, string.Join(",", before), string.Join(",", now), string.Join(",", wanted), last.By, last.At, IsInput: true, IsTaken: before.SetEquals(wanted));
        }
        return new FieldConflict(field, changes[0].From, Raw(theirs), Raw(mine), last.By, last.At, IsInput: true, IsTaken: Same(Raw(mine), changes[0].From));
    }

    private static string? Raw(object? value) => value is IFormattable number ? number.ToString(null, CultureInfo.InvariantCulture) : value?.ToString();

    private static bool Same(string? a, string? b) => string.Equals(a ?? "", b ?? "", StringComparison.Ordinal)
        || (decimal.TryParse(a, CultureInfo.InvariantCulture, out var x) && decimal.TryParse(b, CultureInfo.InvariantCulture, out var y) && x == y);
}
