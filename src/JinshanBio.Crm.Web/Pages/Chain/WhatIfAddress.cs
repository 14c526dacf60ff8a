using JinshanBio.Crm.Chain;
using JinshanBio.Crm.Domain.Chain;

namespace JinshanBio.Crm.Web.Pages.Chain;

/// <summary>The address of a comparison: it is the comparison, nothing else keeps it.</summary>
/// <param name="A">Assumptions as they stand in an address.</param>
/// <param name="Pick">What may be added is being chosen from.</param>
public sealed record WhatIfAddress(IReadOnlyList<string> A, IReadOnlyList<string> B, AssumptionKind Pick, string? Q)
{
    public const string Path = "/chain/what-if";

    public IReadOnlyList<string> Of(string side) => side == "b" ? B : A;

    public WhatIfAddress With(string side, IEnumerable<string> assumptions) => side == "b" ? this with { B = [.. assumptions] } : this with { A = [.. assumptions] };

    public WhatIfAddress Adding(string side, string assumption) => With(side, Of(side).Append(assumption));

    public WhatIfAddress Without(string side, int at) => With(side, Of(side).Where((_, i) => i != at));

    public WhatIfAddress Replacing(string side, int at, AssumptionInput by) => With(side, Of(side).Select((a, i) => i == at ? by.ToString() : a));

    /// <summary>Whether the scenario says something about the same project or enterprise.</summary>
    public bool Has(string side, Guid id) => Of(side).Any(a => AssumptionInput.Read(a)?.Id == id);

    public override string ToString() => Path + "?" + string.Join('&', Pairs().Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value).Replace("%3A", ":", StringComparison.Ordinal)}"));

    /// <summary>As hidden inputs of a form.</summary>
    public IEnumerable<(string Name, string Value)> Pairs(bool withQ = true)
    {
        foreach (var a in A) yield return ("a", a);
        foreach (var b in B) yield return ("b", b);
        yield return ("pick", Pick.ToString().ToLowerInvariant());
        if (withQ && !string.IsNullOrWhiteSpace(Q)) yield return ("q", Q);
    }
}
