using System.Linq.Expressions;

namespace JinshanBio.Crm.Pipeline;

/// <summary>The columns a list can be sorted by: "-amount,name" sorts descending by amount, then by name, then by the tie-breaker.</summary>
public sealed class Sorting<T>(Expression<Func<T, object?>> tieBreaker)
{
    private readonly Dictionary<string, LambdaExpression> _columns = new(StringComparer.Ordinal);

    public IEnumerable<string> Names => _columns.Keys;

    public Expression<Func<T, object?>> this[string name]
    {
        set => _columns[name] = Unboxed(value);
    }

    /// <param name="sort">Validated names, comma-separated, each with an optional leading minus.</param>
    public IQueryable<T> Apply(IQueryable<T> query, string sort)
    {
        var ordered = false;
        var last = false;
        foreach (var part in sort.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            last = part[0] == '-';
            query = Order(query, _columns[part.TrimStart('-')], last, ordered);
            ordered = true;
        }
        return Order(query, Unboxed(tieBreaker), last, ordered);
    }

    private static IQueryable<T> Order(IQueryable<T> query, LambdaExpression column, bool descending, bool then)
    {
        var method = (then ? "ThenBy" : "OrderBy") + (descending ? "Descending" : "");
        return query.Provider.CreateQuery<T>(Expression.Call(typeof(Queryable), method, [typeof(T), column.ReturnType], query.Expression, Expression.Quote(column)));
    }

    private static LambdaExpression Unboxed(Expression<Func<T, object?>> column)
        => column.Body is UnaryExpression { NodeType: ExpressionType.Convert } convert ? Expression.Lambda(convert.Operand, column.Parameters) : column;
}
