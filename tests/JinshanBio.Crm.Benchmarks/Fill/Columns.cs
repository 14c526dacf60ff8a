using JinshanBio.Crm.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace JinshanBio.Crm.Benchmarks.Fill;

/// <summary>A table as EF's model has it, and for each column the value that EF would store.</summary>
internal sealed class Columns
{
    private readonly (string Name, Func<object, object?> Read)[] _columns;

    public Columns(CrmDb db, Type type)
    {
        var entity = db.Model.FindEntityType(type) ?? throw new InvalidOperationException($"{type.Name} is not in the model.");
        Table = entity.GetTableName()!;
        _columns = [.. entity.GetProperties().Select(p => (p.GetColumnName(), Reader(p)))];
    }

    public string Table { get; }
    public int Count => _columns.Length;
    public string List => string.Join(", ", _columns.Select(c => $"\"{c.Name}\""));

    /// <summary>The stored form of one column of a row; null for a database null.</summary>
    public object? Read(int column, object row) => _columns[column].Read(row);

    private static Func<object, object?> Reader(IProperty property)
    {
        if (property.IsShadowProperty()) throw new NotSupportedException($"{property} has no member to read.");
        var getter = property.GetGetter();
        return property.GetTypeMapping().Converter is { } converter
            ? row => getter.GetClrValue(row) is { } value ? converter.ConvertToProvider(value) : null
            : getter.GetClrValue;
    }
}
