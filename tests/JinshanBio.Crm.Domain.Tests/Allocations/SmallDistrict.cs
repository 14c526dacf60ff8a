using JinshanBio.Crm.Domain.Allocations;

namespace JinshanBio.Crm.Domain.Tests.Allocations;

/// <summary>Made-up districts small enough to try every plan, and rules that every plan must keep.</summary>
internal static class SmallDistrict
{
    /// <summary>Up to 8 projects, 5 spaces and 6 months; leases that end, buildings that open and close, stays with and without an end, some room to grow.</summary>
    public static AllocationProblem Of(int seed)
    {
        var random = new Random(seed);
        var months = random.Next(2, 7);
        List<AllocationSpace> spaces = [.. Enumerable.Range(0, random.Next(1, 6)).Select(i =>
            new AllocationSpace(Id(100 + i), [.. Enumerable.Range(0, months).Select(_ => (decimal)(random.Next(4) == 0 ? random.Next(0, 1000) : 1000)).Order(random.Next(3))]))];
        List<AllocationProject> projects = [.. Enumerable.Range(0, random.Next(2, 9)).Select(i =>
        {
            var from = random.Next(months);
            var latest = Math.Min(months + 2, from + random.Next(3));
            return new AllocationProject(Id(i), random.Next(1, 8) * 100 + random.Next(3) * 0.5m, from, latest, random.Next(3) == 0 ? random.Next(from, months) : null, random.Next(0, 300) * 1_000_000m, random.Next(3));
        })];
        return new AllocationProblem(months, projects, spaces,
            [.. projects.SelectMany(p => spaces.Where(_ => random.Next(3) > 0).Select(s => new AllocationOption(p.Id, s.Id, random.Next(101))))],
            AllocationWeights.Usual with { GrowthPercent = random.Next(2) * 5, WaitPercent = random.Next(4) }, []);
    }

    private static IEnumerable<decimal> Order(this IEnumerable<decimal> free, int way) => way switch { 0 => free, 1 => free.Order(), _ => free.OrderDescending() };

    public static Guid Id(int number) => new(number + 1, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);

    /// <summary>The best value of all plans, tried one by one on the months as they are; pinned projects must have their place.</summary>
    public static decimal Optimum(AllocationProblem problem)
    {
        var free = problem.Spaces.ToDictionary(s => s.Id, s => s.FreeM2.ToArray());
        var pins = problem.Pins.DistinctBy(p => p.ProjectId).ToDictionary(p => p.ProjectId, p => p.SpaceId);
        var choices = problem.Projects.Select(p => (Project: p, All: Choices(problem, p).Where(c => !pins.TryGetValue(p.Id, out var to) || c.SpaceId == to).OrderByDescending(c => c.Value).ToList()))
            .OrderByDescending(c => c.All.Count == 0 ? 0 : c.All[0].Value).ToList();
        decimal best = -1;
        Try(0, 0);
        return best;

        void Try(int depth, decimal value)
        {
            if (depth == choices.Count) best = Math.Max(best, value);
            if (depth == choices.Count || value + choices.Skip(depth).Sum(c => c.All.Count == 0 ? 0 : c.All[0].Value) <= best) return;
            var (project, all) = choices[depth];
            foreach (var (space, month, use, worth) in all)
            {
                var (months, end) = (free[space], Math.Min(problem.Months - 1, project.Until ?? int.MaxValue));
                if (months.Skip(month).Take(end - month + 1).Any(m => m < use)) continue;
                for (var m = month; m <= end; m++) months[m] -= use;
                Try(depth + 1, value + worth);
                for (var m = month; m <= end; m++) months[m] += use;
            }
            if (!pins.ContainsKey(project.Id)) Try(depth + 1, value);
        }
    }

    private static IEnumerable<(Guid SpaceId, int Month, decimal Use, decimal Value)> Choices(AllocationProblem problem, AllocationProject project)
        => from option in problem.Options.Where(o => o.ProjectId == project.Id)
           from month in Enumerable.Range(project.From, project.LatestFrom - project.From + 1).Where(m => m < problem.Months && !(m > project.Until))
           from keeps in new[] { false, true }
           let value = AllocationTerms.Of(project, option.Fit, month, keeps, problem.Weights).Sum
           where value > 0
           select (option.SpaceId, month, project.AreaM2 + (keeps ? decimal.Round(project.AreaM2 * problem.Weights.GrowthRoomPercent / 100, 2) : 0), value);

    /// <summary>What is wrong with a plan, in words; empty when every hard limit holds and every number follows from its terms.</summary>
    public static List<string> Faults(AllocationProblem problem, AllocationResult plan)
    {
        List<string> faults = [];
        var projects = problem.Projects.ToDictionary(p => p.Id);
        var used = problem.Spaces.ToDictionary(s => s.Id, _ => new decimal[problem.Months]);
        foreach (var place in plan.Placements)
        {
            var project = projects[place.ProjectId];
            if (problem.Options.SingleOrDefault(o => o.ProjectId == place.ProjectId && o.SpaceId == place.SpaceId) is not { } option) faults.Add($"{project.Id} is in a forbidden space");
            else if (AllocationTerms.Of(project, option.Fit, place.Month, place.KeptM2 > 0, problem.Weights) != place.Terms) faults.Add($"{project.Id} has other terms");
            if (place.Month < project.From || place.Month > project.LatestFrom || place.Month > project.Until) faults.Add($"{project.Id} comes in month {place.Month}");
            for (var month = place.Month; month <= Math.Min(problem.Months - 1, project.Until ?? int.MaxValue); month++) used[place.SpaceId][month] += project.AreaM2 + place.KeptM2;
        }
        faults.AddRange(from space in problem.Spaces
                        from month in Enumerable.Range(0, problem.Months)
                        where used[space.Id][month] > Math.Max(0, space.FreeM2[month])
                        select $"{space.Id} is overbooked in month {month}");
        var everybody = plan.Placements.Select(p => p.ProjectId).Concat(plan.LeftOut.Select(l => l.ProjectId)).Order().ToList();
        if (!everybody.SequenceEqual(projects.Keys.Order())) faults.Add("not everybody is either placed or left out, once");
        if (plan.Value != plan.Placements.Sum(p => p.Terms.Sum)) faults.Add("the value is not the sum of its terms");
        if (plan.Value > plan.Bound) faults.Add("the plan is worth more than its bound");
        return faults;
    }
}
