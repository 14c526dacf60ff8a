using System.Diagnostics;
using System.Globalization;
using JinshanBio.Crm.Domain.Allocations;

namespace JinshanBio.Crm.Benchmarks.Allocations;

/// <summary>Measures the allocation plan on made-up districts: seconds, and how far the plan is from the bound at most.</summary>
internal static class MeasureAllocation
{
    public static void Run(Options options)
    {
        var (projects, spaces, seed) = (options.Number("projects", 300), options.Number("spaces", 200), options.Number("seed", 1));
        foreach (var (name, share) in new[] { ("ample", 1.6), ("tight", 0.9), ("scarce", 0.5) })
        {
            for (var round = 0; round < options.Number("rounds", 3); round++)
            {
                var problem = District(projects, spaces, share, (seed * 100) + round);
                var (time, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
                var result = AllocationSolver.Solve(problem);
                time.Stop();
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{name,-7} {projects} x {spaces} x {problem.Months}, {problem.Options.Count} options: {time.Elapsed.TotalSeconds:0.0} s ({(Environment.CpuUsage.TotalTime - before).TotalSeconds:0.0} s of processor), placed {result.Placements.Count}, value {result.Value:0} of at most {result.Bound:0}, gap {result.GapPercent:0.00} %, proved {result.IsProved}, {Environment.WorkingSet / 1_000_000} MB"));
            }
        }
    }

    /// <summary>Buildings that open over three years, some space taken until a lease ends; projects of 100 to 20,000 m², each with the spaces it could use.</summary>
    /// <param name="supply">Free area at the end as a share of what is wanted.</param>
    private static AllocationProblem District(int projects, int spaces, double supply, int seed)
    {
        const int Months = 36;
        var random = new Random(seed);
        List<AllocationProject> wishes = [.. Enumerable.Range(0, projects).Select(_ =>
        {
            var (area, from) = (decimal.Round((decimal)Math.Exp(random.NextDouble() * 5.3) * 100), random.Next(24));
            return new AllocationProject(Guid(random), area, from, from + 12, null, area * random.Next(3_000, 120_000), random.Next(4));
        })];
        var unit = (double)wishes.Sum(w => w.AreaM2) * supply / spaces;
        List<AllocationSpace> offers = [.. Enumerable.Range(0, spaces).Select(_ =>
        {
            var (area, opens, leaseEnds, leased) = (decimal.Round((decimal)(unit * (0.2 + (1.6 * random.NextDouble())))), random.Next(3) == 0 ? random.Next(30) : 0, random.Next(36), random.Next(3) == 0 ? random.NextDouble() : 0);
            return new AllocationSpace(Guid(random), [.. Enumerable.Range(0, Months).Select(m => m < opens ? 0 : m < leaseEnds ? decimal.Round(area * (decimal)(1 - leased)) : area)]);
        })];
        return new AllocationProblem(Months, wishes, offers,
            [.. wishes.SelectMany(w => offers.Where(_ => random.Next(10) < 3).Select(s => new AllocationOption(w.Id, s.Id, random.Next(20, 101))))], AllocationWeights.Usual, []);
    }

    private static Guid Guid(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }
}
