using JinshanBio.Crm.Benchmarks.Allocations;
using JinshanBio.Crm.Benchmarks.Chain;
using JinshanBio.Crm.Benchmarks.Fill;
using JinshanBio.Crm.Benchmarks.Measure;
using JinshanBio.Crm.Benchmarks.Queries;

namespace JinshanBio.Crm.Benchmarks;

/// <summary>Fills a database with many rows, measures the program on it over HTTP, and shows the queries behind the figures.</summary>
internal static class CommandLine
{
    private const string Usage = """
        fill     [--leads 100000] [--projects 20000] [--enterprises 100000] [--seed 1] [--provider Sqlite|PostgreSql] [--database <file or connection string>]
        measure  [--clients 16] [--seconds 5] [--only <part of a name>] [--out result.json] [--provider …] [--database …]
        import   [--rows 100000] [--rounds 3] [--provider …] [--database …]
        queries  [--only <part of a name>] [--provider …] [--database …]
        chain    [--enterprises 5000] [--projects 2000] [--seed 1] [--provider …] [--database …]   (in a database of its own, and with both doubled)
        allocate [--projects 300] [--spaces 200] [--rounds 3] [--seed 1]
        The database is created when it does not exist; without --database it is the file benchmark.db in the temporary folder.
        """;

    public static async Task<int> Main(string[] args)
    {
        try
        {
            var options = Options.Parse(args);
            switch (options.Verb)
            {
                case "fill": await FillDatabase.RunAsync(options); return 0;
                case "measure": return await MeasureProgram.RunAsync(options);
                case "import": return await MeasureImport.RunAsync(options);
                case "chain": await MeasureChain.RunAsync(options); return 0;
                case "allocate": MeasureAllocation.Run(options); return 0;
                case "queries": await ShowQueries.RunAsync(options); return 0;
            }
        }
        catch (OptionException e)
        {
            Console.Error.WriteLine(e.Message);
        }
        Console.Error.WriteLine(Usage);
        return 2;
    }
}
