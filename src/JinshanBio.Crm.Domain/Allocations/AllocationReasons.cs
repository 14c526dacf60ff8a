namespace JinshanBio.Crm.Domain.Allocations;

/// <summary>Why each project without a place has none, and who has the space instead.</summary>
internal sealed class AllocationReasons(AllocationModel model, int[] columns)
{
    private readonly ILookup<Guid, AllocationOption> _options = model.Problem.Options.ToLookup(o => o.ProjectId);
    private readonly Dictionary<Guid, AllocationSpace> _spaces = model.Problem.Spaces.ToDictionary(s => s.Id);

    public List<AllocationLeftOut> LeftOut() => [.. Enumerable.Range(0, model.Projects).Where(p => columns[p] < 0).Select(Reason)];

    private AllocationLeftOut Reason(int index)
    {
        var project = model.Problem.Projects[index];
        if (!_options.Contains(project.Id)) return new(project.Id, LeftOutReason.NoSpaceFits, null, null, null, null, []);
        var (first, end) = model.ColumnsOf(index);
        if (first < end) return Displaced(index, project, Enumerable.Range(first, end - first).MaxBy(c => model.Columns[c].Value));

        var soonest = _options[project.Id].Select(o => (o.SpaceId, Month: FirstMonth(project, _spaces[o.SpaceId]))).Where(o => o.Month is not null).OrderBy(o => o.Month).FirstOrDefault();
        if (soonest.Month is { } month) return new(project.Id, LeftOutReason.TooLate, soonest.SpaceId, month, null, null, []);
        var largest = _options[project.Id].Select(o => (o.SpaceId, M2: MostFree(project, _spaces[o.SpaceId]))).MaxBy(o => o.M2);
        return new(project.Id, LeftOutReason.NoRoom, largest.SpaceId, null, largest.M2, null, []);
    }

    /// <summary>There would be room if nobody else came: those who use the same months of the space where it would be worth most have it instead.</summary>
    private AllocationLeftOut Displaced(int index, AllocationProject project, int column)
    {
        var (way, from) = (model.WayOf(column), model.Columns[column].FirstLimit);
        var others = columns.Index().Where(c => c.Item >= 0 && c.Index != index && model.WayOf(c.Item) is var other && other.Space == way.Space
            && model.Columns[c.Item].FirstLimit < way.LimitsEnd && other.LimitsEnd > from).OrderByDescending(c => model.Columns[c.Item].Value).Select(c => model.Problem.Projects[c.Index].Id);
        return new(project.Id, LeftOutReason.Displaced, model.Problem.Spaces[way.Space].Id, model.Columns[column].Month, null, model.Columns[column].Value / 100m, [.. others]);
    }

    /// <summary>First month from the wanted one on in which the space has room for the whole stay.</summary>
    private int? FirstMonth(AllocationProject project, AllocationSpace space)
    {
        for (var month = project.From; month <= End(project); month++)
        {
            if (Least(space, month, End(project)) >= project.AreaM2) return month;
        }
        return null;
    }

    private decimal MostFree(AllocationProject project, AllocationSpace space)
    {
        decimal most = 0;
        for (var month = project.From; month <= End(project); month++) most = Math.Max(most, Least(space, month, End(project)));
        return most;
    }

    private int End(AllocationProject project) => Math.Min(model.Problem.Months - 1, project.Until ?? int.MaxValue);

    private static decimal Least(AllocationSpace space, int from, int end)
    {
        var least = decimal.MaxValue;
        for (var month = from; month <= end; month++) least = Math.Min(least, space.FreeM2[month]);
        return least;
    }
}
