using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Pipeline;

/// <summary>One page of a list. Total is exact up to <see cref="Paging.CountCap"/>; beyond it, and where very many were not counted, <see cref="TotalIsCapped"/>.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, int Total, [property: System.Text.Json.Serialization.JsonPropertyName("page")] int Number, int Size)
{
    public bool TotalIsCapped { get; init; } = Total >= Paging.CountCap;
    [System.Text.Json.Serialization.JsonIgnore]
    public int Pages => Math.Max(1, (Total + Size - 1) / Size);
}

/// <summary>A request for a page of a list.</summary>
public interface IPaged
{
    int Page { get; }
    int Size { get; }
    string? Sort { get; }
}

public static class Paging
{
    public const int MaxSize = 200, DefaultSize = 50, CountCap = 10_001;

    /// <summary>Page from 1, size 1–200, and only the given names in sort (each may carry a leading minus).</summary>
    public static void MustBePaged<T>(this AbstractValidator<T> validator, IEnumerable<string> sortable) where T : IPaged
    {
        var names = sortable.ToHashSet(StringComparer.Ordinal);
        validator.RuleFor(r => r.Page).InclusiveBetween(1, 100_000);
        validator.RuleFor(r => r.Size).InclusiveBetween(1, MaxSize);
        validator.RuleFor(r => r.Sort).Must(s => string.IsNullOrEmpty(s) || s.Split(',').All(part => names.Contains(part.StartsWith('-') ? part[1..] : part)))
            .WithErrorCode("unknownSort").WithMessage(_ => Texts.Text.Of("validation.unknownSort", string.Join(", ", names)));
    }

    /// <summary>Reads one page of records, turns only these into rows, and counts them all where a page that is not full does not tell.</summary>
    /// <param name="counted">False where very many fit and counting would cost more than the page: then it only says whether more follow.</param>
    public static async Task<Page<TRow>> PageAsync<T, TRow>(
        this IQueryable<T> query, Sorting<T> sorting, string sort, IPaged paged, Func<IQueryable<T>, IQueryable<TRow>> toRows, CancellationToken cancel, bool counted = true)
    {
        var before = (paged.Page - 1) * paged.Size;
        if (!counted)
        {
            var some = await toRows(sorting.Apply(query, sort).Skip(before).Take(paged.Size + 1)).ToListAsync(cancel);
            var more = some.Count > paged.Size;
            return new Page<TRow>(more ? some[..paged.Size] : some, before + some.Count, paged.Page, paged.Size) { TotalIsCapped = more };
        }
        var rows = await toRows(sorting.Apply(query, sort).Skip(before).Take(paged.Size)).ToListAsync(cancel);
        var isLast = rows.Count < paged.Size && (rows.Count > 0 || before == 0);
        var total = isLast ? Math.Min(before + rows.Count, CountCap) : await query.Take(CountCap).CountAsync(cancel);
        return new Page<TRow>(rows, total, paged.Page, paged.Size);
    }

    /// <summary>Reads one page of an ordered query and its capped total.</summary>
    public static async Task<Page<T>> PageAsync<T>(this IQueryable<T> query, int total, IPaged paged, CancellationToken cancel)
    {
        var items = total == 0 ? [] : await query.Skip((paged.Page - 1) * paged.Size).Take(paged.Size).ToListAsync(cancel);
        return new Page<T>(items, total, paged.Page, paged.Size);
    }
}
