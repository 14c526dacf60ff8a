using System.Text.Json;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Channels;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.Domain.HandOvers;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Domain.Reports;
using JinshanBio.Crm.Domain.Stages;
using JinshanBio.Crm.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace JinshanBio.Crm.Data;

/// <summary>Tables, columns and indexes: the same on all three databases.</summary>
internal static partial class Tables
{
    private const int Code = 32, Name = 200, Text = 4000;

    public static void Conventions(ModelConfigurationBuilder conventions, string provider)
    {
        conventions.Properties<DateTime>().HaveConversion<UtcConverter>();
        conventions.Properties<Enum>().HaveConversion<string>().HaveMaxLength(Code);
        conventions.Properties<string>().HaveMaxLength(Name);
        // SQLite has no decimal: hundredths as integers sum, compare and index exactly.
        if (IsSqlite(provider)) conventions.Properties<decimal>().HaveConversion<HundredthsConverter>();
        else conventions.Properties<decimal>().HavePrecision(18, 2);
    }

    public static void Build(ModelBuilder model, string provider)
    {
        People(model);
        Enterprises(model, provider);
        Leads(model, provider);
        FirstTalks(model, provider);
        FollowUps(model);
        Projects(model);
        Gates(model);
        Parks(model, provider);
        Fit(model);
        Tenants(model);
        Reviews(model, provider);
        Agreements(model, provider);
        Documents(model);
        Services(model);
        Notices(model);
        Reports(model);
        Commitments(model);
        Imports(model);
        Lists(model);
        Allocations(model);
        Chain(model);
        ChainKeep(model);
        ChainCircle(model, provider);
        Campaigns(model);
        ChainTargets(model);
        ChainOffers(model);
        Upkeep(model);

        foreach (var entity in model.Model.GetEntityTypes().Where(e => typeof(Entity).IsAssignableFrom(e.ClrType)))
        {
            model.Entity(entity.ClrType).Property(nameof(Entity.Id)).ValueGeneratedNever();
            model.Entity(entity.ClrType).Property(nameof(Entity.Version)).IsConcurrencyToken();
        }
        foreach (var type in (Type[])[typeof(StageChange), typeof(Notice), typeof(PipelinePeriod), typeof(PipelinePosting), typeof(JobRun), typeof(AuditRecord),
            typeof(Snooze), typeof(OwnerChange), typeof(Delivery)])
            model.Entity(type).Property("Id").ValueGeneratedNever();
    }

    private static bool IsSqlite(string provider) => provider.EndsWith("Sqlite", StringComparison.Ordinal);

    /// <summary>Ranges over search keys compare code units, not words of a language.</summary>
    private static string Binary(string provider) => IsSqlite(provider) ? "BINARY"
        : provider.StartsWith("Npgsql", StringComparison.Ordinal) ? "C" : "Latin1_General_100_BIN2";

    private static string Quote(string provider, string sql) => provider.StartsWith("Npgsql", StringComparison.Ordinal)
        ? System.Text.RegularExpressions.Regex.Replace(sql, @"\b(?:\w+M2|Status|ReplacedOn|MergedIntoId|Kind|NumberKey)\b", "\"$0\"", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)) : sql;

    private static ValueConverter<T, string> Json<T>() => new(v => JsonSerializer.Serialize(v, JsonOptions), v => JsonSerializer.Deserialize<T>(v, JsonOptions)!);

    private static ValueComparer<T> JsonComparer<T>() => new(
        (a, b) => JsonSerializer.Serialize(a, JsonOptions) == JsonSerializer.Serialize(b, JsonOptions),
        v => JsonSerializer.Serialize(v, JsonOptions).GetHashCode(StringComparison.Ordinal), v => v);

    private static readonly JsonSerializerOptions JsonOptions = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private sealed class UtcConverter() : ValueConverter<DateTime, DateTime>(v => v, v => DateTime.SpecifyKind(v, DateTimeKind.Utc));

    private sealed class HundredthsConverter() : ValueConverter<decimal, long>(v => (long)decimal.Round(v * 100m), v => v / 100m);

    private sealed class ListConverter<T>(Func<T, string> write, Func<string, T> read) : ValueConverter<ICollection<T>, string>(
        v => string.Join(',', v.Select(write)),
        v => v.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(read).ToList());

    private sealed class ListComparer<T>() : ValueComparer<ICollection<T>>(
        (a, b) => ReferenceEquals(a, b) || (a != null && b != null && a.SequenceEqual(b)),
        v => v.Aggregate(0, (hash, item) => HashCode.Combine(hash, item)),
        v => v.ToList());
}
