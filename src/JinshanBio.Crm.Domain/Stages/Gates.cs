using JinshanBio.Crm.Domain.Projects;

namespace JinshanBio.Crm.Domain.Stages;

/// <summary>门槛规定: what an administrator asks beyond, earlier or less than the shipped gates. What the law asks cannot be loosened.</summary>
/// <param name="Evidence">Key to the stage from which it is required; null makes it optional.</param>
/// <param name="Fields">The same for the fields of the project form.</param>
/// <param name="Own">Evidence of the district's own.</param>
public sealed record Gates(IReadOnlyDictionary<string, string?> Evidence, IReadOnlyDictionary<string, string?> Fields, IReadOnlyList<OwnEvidence> Own)
{
    /// <summary>S40 is entered by the conversion of a lead, which asks for its own few things: the first gate is the next one.</summary>
    public const int FirstOrder = 50;

    public static readonly Gates Shipped = new(new Dictionary<string, string?>(), new Dictionary<string, string?>(), []);

    /// <summary>The stages and the form as they are asked for under these rules.</summary>
    /// <exception cref="Refusal">UnknownField, GateIsLaw, GateNotEarlier, GateKeyTaken.</exception>
    public StageTable Apply(StageTable shipped)
    {
        var needs = shipped.All.SelectMany(s => s.Evidence.Select(need => (Home: s, Need: need))).ToDictionary(n => n.Need.Key, StringComparer.Ordinal);
        foreach (var (key, from) in Evidence)
        {
            if (!needs.TryGetValue(key, out var known)) throw new Refusal(RefusalCode.UnknownField, key) { Field = $"evidence.{key}" };
            if (from is null && known.Need.LawZh is not null) throw new Refusal(RefusalCode.GateIsLaw) { Field = $"evidence.{key}" };
            MustBeEarlier(shipped, from, known.Home.Order, $"evidence.{key}");
        }
        foreach (var (key, from) in Fields)
        {
            if (shipped.Form.Find(key) is not { Type: not FormType.Calc } field) throw new Refusal(RefusalCode.UnknownField, key) { Field = $"fields.{key}" };
            MustBeEarlier(shipped, from, Math.Max(FirstOrder, field.RequiredFrom is { } usual ? Stage.OrderOf(usual) : int.MaxValue), $"fields.{key}");
        }
        foreach (var own in Own)
        {
            if (needs.ContainsKey(own.Key) || shipped.Form.Find(own.Key) is not null || Own.Count(o => o.Key == own.Key) > 1) throw new Refusal(RefusalCode.GateKeyTaken, own.Key) { Field = "own" };
            MustBeEarlier(shipped, own.Stage, int.MaxValue, "own");
        }
        var form = new ProjectForm([.. shipped.Form.Fields.Select(f => Fields.TryGetValue(f.Key, out var from) ? f with { RequiredFrom = from } : f)]);
        return new StageTable(shipped.All.Select(s => s with
        {
            Evidence = [.. s.Evidence.Select(need => Evidence.TryGetValue(need.Key, out var from) ? need with { Required = from is not null } : need),
                .. needs.Values.Where(n => n.Home.Code != s.Code && Evidence.GetValueOrDefault(n.Need.Key) == s.Code).Select(n => n.Need with { Required = true }),
                .. Own.Where(o => o.Stage == s.Code).Select(o => new EvidenceNeed(o.Key, o.NameZh, o.NameEn, "text", true, []))],
            Fields = [],
        }), form);
    }

    private static void MustBeEarlier(StageTable stages, string? from, int usual, string input)
    {
        if (from is not null && (stages.Find(from) is not { Order: >= FirstOrder } stage || stage.Order > usual)) throw new Refusal(RefusalCode.GateNotEarlier) { Field = input };
    }
}

/// <summary>本区佐证: a piece of evidence that the district itself asks for.</summary>
public sealed record OwnEvidence(string Stage, string Key, string NameZh, string NameEn);
