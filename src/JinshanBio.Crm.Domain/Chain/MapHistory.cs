namespace JinshanBio.Crm.Domain.Chain;

/// <summary>沿革: all editions of one thing on the map, and the changes that make a further one. The version is the number of editions.</summary>
public abstract class MapHistory<TEdition> where TEdition : Edition
{
    private readonly List<TEdition> _editions;

    private protected MapHistory(IEnumerable<TEdition> editions) => _editions = [.. editions.OrderBy(e => e.From)];

    /// <summary>The earliest first.</summary>
    public IReadOnlyList<TEdition> Editions => _editions;

    /// <summary>0 while it has never been on the map.</summary>
    public int Version => _editions.Count;

    public TEdition? Last => _editions.LastOrDefault();
    public bool IsOnMap => Last?.To == ChainMap.Open;

    /// <summary>What happened, the latest first.</summary>
    public IReadOnlyList<MapEntry> Entries
    {
        get
        {
            var entries = new List<MapEntry>();
            foreach (var (index, edition) in _editions.Index())
            {
                var before = index == 0 ? null : _editions[index - 1];
                var act = before is null ? MapAct.Added : before.IsTakenOff ? MapAct.Restored : MapAct.Changed;
                entries.Add(new MapEntry(act, index + 1, edition.From, edition.ById, edition.Source, edition.Reason, before is null ? [] : Difference(before, edition)));
                if (edition.IsTakenOff) entries.Add(new MapEntry(MapAct.Removed, index + 1, edition.To, edition.EndedById, edition.EndSource!, edition.EndReason, []));
            }
            entries.Reverse();
            return entries;
        }
    }

    private protected abstract IReadOnlyList<TermChange> Difference(TEdition before, TEdition after);

    /// <summary>Not before what was changed last.</summary>
    private protected Edit Later(Edit edit) => Last is not { } last ? edit : edit.After(IsOnMap ? last.From : last.To);

    private protected TEdition Follow(TEdition next)
    {
        if (IsOnMap) Last!.End(next.From);
        _editions.Add(next);
        return next;
    }

    private protected void TakeOff(Edit edit) => Last!.TakeOff(Later(edit));
}

/// <summary>One change of the map.</summary>
/// <param name="Version">Of the thing, from this change on.</param>
/// <param name="ById">Null for what came with the product.</param>
public sealed record MapEntry(MapAct Act, int Version, DateTime At, Guid? ById, string Source, string? Reason, IReadOnlyList<TermChange> Changes);

/// <summary>What was done.</summary>
public enum MapAct
{
    /// <summary>新增</summary>
    Added,
    /// <summary>修改</summary>
    Changed,
    /// <summary>撤下</summary>
    Removed,
    /// <summary>恢复</summary>
    Restored,
}
