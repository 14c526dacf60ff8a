using Hangfire;
using Hangfire.Dashboard;
using Hangfire.PostgreSql;
using Hangfire.Storage;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace JinshanBio.Crm.Jobs;

/// <summary>Lets Hangfire run the timetable (定时任务) of the full build and shows its dashboard at /hangfire to administrators.</summary>
public static class HangfireTimetable
{
    public static IServiceCollection AddHangfireTimetable(this IServiceCollection services, string provider, string connectionString)
    {
        services.AddHangfire(hangfire =>
        {
            hangfire
                .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
                .UseSimpleAssemblyNameTypeSerializer()
                .UseRecommendedSerializerSettings();
            UseStorage(hangfire, provider, connectionString);
        });
        // The jobs are few and mostly wait for the database.
        return services.AddHangfireServer(server => server.WorkerCount = 2);
    }

    /// <summary>Call it after authentication: the dashboard asks who is signed in.</summary>
    public static IApplicationBuilder UseHangfireTimetable(this IApplicationBuilder app)
    {
        Synchronise(
            app.ApplicationServices.GetRequiredService<IRecurringJobManager>(),
            app.ApplicationServices.GetRequiredService<JobStorage>());

        return app.UseHangfireDashboard("/hangfire", new DashboardOptions
        {
            Authorization = [new AdministratorsOnly()],
            DashboardTitle = "JinshanBio.Crm",
            DisplayStorageConnectionString = false,
        });
    }

    private static void UseStorage(IGlobalConfiguration hangfire, string provider, string connectionString)
    {
        switch (provider)
        {
            case CrmDatabase.SqlServer:
                hangfire.UseSqlServerStorage(connectionString);
                break;
            case CrmDatabase.PostgreSql:
                hangfire.UsePostgreSqlStorage(storage => storage.UseNpgsqlConnection(connectionString));
                break;
            case CrmDatabase.Sqlite:
                hangfire.UseInMemoryStorage();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(provider), provider, "Sqlite, PostgreSql or SqlServer");
        }
    }

    private static void Synchronise(IRecurringJobManager recurring, JobStorage storage)
    {
        var options = new RecurringJobOptions { TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai") };
        foreach (var entry in Timetable.Entries)
        {
            var name = entry.Name;
            recurring.AddOrUpdate<TimetableJob>(name, job => job.RunAsync(name, CancellationToken.None), entry.Cron, options);
        }

        using var connection = storage.GetConnection();
        foreach (var stored in connection.GetRecurringJobs())
        {
            if (!Timetable.Entries.Any(entry => entry.Name == stored.Id))
                recurring.RemoveIfExists(stored.Id);
        }
    }

    private sealed class AdministratorsOnly : IDashboardAuthorizationFilter
    {
        public bool Authorize(DashboardContext context)
        {
            var actor = context.GetHttpContext().RequestServices.GetRequiredService<Actor>();
            return actor.Roles.Contains(RoleCode.Administrator) && !actor.MustChangePassword;
        }
    }
}

/// <summary>The one Hangfire job: runs the timetable entry of a name, never twice at the same time.</summary>
public sealed class TimetableJob(JobRunner runner)
{
    // No retries, as with the other engine: the ledger of runs has the outcome and the timetable comes again.
    [AutomaticRetry(Attempts = 0)]
    [DisableConcurrentExecution("timetable:{0}", 5)]
    public async Task RunAsync(string name, CancellationToken cancel)
    {
        try { await runner.RunAsync(name, JobRunner.Schedule, cancel); }
        catch (Refusal refusal) when (refusal.Code == RefusalCode.JobRunning) { /* another node has it */ }
    }
}
