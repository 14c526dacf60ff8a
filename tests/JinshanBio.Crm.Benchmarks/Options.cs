using System.Globalization;
using JinshanBio.Crm.Data;
using Microsoft.Data.Sqlite;

namespace JinshanBio.Crm.Benchmarks;

/// <summary>What was asked for on the command line.</summary>
internal sealed class Options
{
    private static readonly string[] Known = ["leads", "projects", "enterprises", "seed", "provider", "database", "clients", "seconds", "only", "out", "rows", "rounds", "spaces"];
    private readonly Dictionary<string, string> _given = new(StringComparer.Ordinal);

    public string Verb { get; private init; } = "";
    public string Provider => _given.GetValueOrDefault("provider", CrmDatabase.Sqlite);
    public string? Only => _given.GetValueOrDefault("only");
    public string? Out => _given.GetValueOrDefault("out");

    /// <summary>For SQLite a file or a connection string, for PostgreSQL a connection string.</summary>
    public string ConnectionString
    {
        get
        {
            var given = _given.GetValueOrDefault("database");
            if (Provider == CrmDatabase.PostgreSql) return given ?? throw new OptionException("PostgreSql needs --database with a connection string.");
            if (Provider != CrmDatabase.Sqlite) throw new OptionException("--provider is Sqlite or PostgreSql.");
            if (given?.Contains('=') == true) return given;
            return new SqliteConnectionStringBuilder { DataSource = Path.GetFullPath(given ?? Path.Combine(Path.GetTempPath(), "benchmark.db")) }.ConnectionString;
        }
    }

    public int Number(string name, int otherwise) => !_given.TryGetValue(name, out var text) ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new OptionException($"--{name} is a number.");

    public bool Wants(string name) => Only is not { } part || name.Contains(part, StringComparison.OrdinalIgnoreCase);

    /// <exception cref="OptionException">An option that is not known or has no value.</exception>
    public static Options Parse(string[] args)
    {
        var options = new Options { Verb = args.FirstOrDefault() ?? "" };
        for (var i = 1; i < args.Length; i += 2)
        {
            var name = args[i].StartsWith("--", StringComparison.Ordinal) ? args[i][2..] : args[i];
            if (!Known.Contains(name) || i + 1 == args.Length) throw new OptionException($"'{args[i]}' is not an option, or its value is missing.");
            options._given[name] = args[i + 1];
        }
        return options;
    }
}

internal sealed class OptionException(string message) : Exception(message);
