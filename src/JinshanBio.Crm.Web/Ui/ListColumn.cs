using Microsoft.AspNetCore.Components;

namespace JinshanBio.Crm.Web.Ui;

/// <summary>One column of a list that a person may show, hide and, where it has a sort, sort by.</summary>
/// <param name="Name">Stands in the address, in views and in the person's choice.</param>
/// <param name="Cell">What the cell of a row holds.</param>
public sealed record ListColumn<TRow>(string Name, string Label, RenderFragment<TRow> Cell)
{
    /// <summary>Name of the list's sort, or null.</summary>
    public string? Sort { get; init; }
    public bool DescendingFirst { get; init; }

    /// <summary>Class of the heading, and of the cells: where they stand on a phone.</summary>
    public string? Head { get; init; }
    public string? Class { get; init; }
    public string? Unit { get; init; }

    /// <summary>Shown until the person chooses otherwise.</summary>
    public bool Usual { get; init; } = true;

    /// <summary>Names the row; always there.</summary>
    public bool Always { get; init; }

    /// <summary>The columns to show: those named, in that order, after the one that is always there.</summary>
    public static IReadOnlyList<ListColumn<TRow>> Shown(IReadOnlyList<ListColumn<TRow>> all, IEnumerable<string> wanted)
    {
        var chosen = wanted.Select(name => all.FirstOrDefault(c => c.Name == name && !c.Always)).OfType<ListColumn<TRow>>().Distinct().ToList();
        return [.. all.Where(c => c.Always), .. chosen.Count > 0 ? chosen : all.Where(c => c.Usual && !c.Always)];
    }
}
