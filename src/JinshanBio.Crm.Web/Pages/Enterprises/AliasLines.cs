using System.Globalization;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Enterprises;
using JinshanBio.Crm.Spreadsheets;
using JinshanBio.Crm.Web.Door;
using MediatR;

namespace JinshanBio.Crm.Web.Pages.Enterprises;

/// <summary>How other names are typed: one a line in a box for each kind; a former name may be followed by its last day. And the parent by its name.</summary>
internal static class AliasLines
{
    public static readonly IReadOnlyList<AliasKind> Kinds = [AliasKind.Short, AliasKind.English, AliasKind.Other, AliasKind.Former];

    // What begins so is read by the page, not filled into the request.
    public static string Input(AliasKind kind) => "_aliases" + kind;

    public static string Write(IReadOnlyList<OtherName>? names, AliasKind kind) => string.Join('\n', (names ?? []).Where(n => n.Kind == kind)
        .Select(n => n.Until is { } until ? n.Name + " " + until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : n.Name));

    /// <summary>What was typed; a second credit code that a merge left behind is kept.</summary>
    public static List<AliasInput> Read(Posted posted, EnterpriseRecord? stored)
        => [.. Kinds.SelectMany(kind => (posted[Input(kind)] ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(line => Read(kind, line))),
            .. (stored?.Aliases ?? []).Where(a => a.Kind == AliasKind.Code).Select(a => new AliasInput { Kind = a.Kind, Name = a.Name, Until = a.Until })];

    /// <summary>The one enterprise of that very name, or null for an empty input.</summary>
    /// <exception cref="Refusal">NotFound beside the input.</exception>
    public static async Task<Guid?> ParentAsync(Posted posted, EnterpriseRecord? stored, IMediator mediator)
    {
        if (posted["_parent"]?.Trim() is not { Length: > 0 } name) return null;
        if (stored?.ParentName == name) return stored.ParentId;
        var found = await mediator.Send(new SearchEnterprises(name.Length > 100 ? name[..100] : name, 10));
        var fits = found.Items.Where(e => e.Name == name).ToList() is { Count: > 0 } exact ? exact : [.. found.Items];
        return fits.Count == 1 ? fits[0].Id : throw new Refusal(RefusalCode.Invalid)
        {
            Details = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["_parent"] = fits.Count == 0 ? Texts.Text.Of("enterprises.parentNone", name) : Texts.Text.Of("enterprises.parentMany", string.Join(Texts.Text.Of("list.comma"), fits.Take(5).Select(e => e.Name))),
            },
        };
    }

    private static AliasInput Read(AliasKind kind, string line)
    {
        var space = line.LastIndexOf(' ');
        return kind == AliasKind.Former && space > 0 && Cell.TryDate(line[(space + 1)..], out var day)
            ? new() { Kind = kind, Name = line[..space].Trim(), Until = day } : new() { Kind = kind, Name = line };
    }
}
