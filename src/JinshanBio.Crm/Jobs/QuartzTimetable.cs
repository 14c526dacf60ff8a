using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace JinshanBio.Crm.Jobs;

/// <summary>Quartz behind the timetable: in memory with SQLite, clustered in the server database otherwise.</summary>
public static class QuartzTimetable
{
    private const string EntryName = "entry";

    public static IServiceCollection AddQuartzTimetable(this IServiceCollection services, string provider, string connectionString)
    {
        services.AddQuartz(quartz =>
        {
            if (provider == CrmDatabase.Sqlite) quartz.UseInMemoryStore();
            else
            {
                quartz.UsePersistentStore(store =>
                {
                    if (provider == CrmDatabase.PostgreSql) store.UsePostgres(connectionString);
                    else store.UseSqlServer(connectionString);
                    store.ProvisionSchema();
                    store.UseClustering();
                });
            }
            foreach (var entry in Timetable.Entries)
            {
                quartz.ScheduleJob<TimetableJob>(
                    trigger => trigger.WithIdentity(entry.Name).WithCronSchedule(ToQuartz(entry.Cron), cron => cron
                        .InTimeZone(TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai")).WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed)),
                    job => job.WithIdentity(entry.Name).UsingJobData(EntryName, entry.Name));
            }
        });
        return services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
    }

    /// <summary>Five fields of unix cron in Quartz's six: seconds first, and one of the two day fields left open.</summary>
    internal static string ToQuartz(string cron)
    {
        var f = cron.Split(' ');
        return f[4] == "*" ? $"0 {f[0]} {f[1]} {f[2]} {f[3]} ?" : throw new NotSupportedException($"Days of the week are not used in the timetable: {cron}");
    }

    /// <summary>The only job class: sends the entry it is scheduled for.</summary>
    [DisallowConcurrentExecution]
    private sealed class TimetableJob(JobRunner runner) : IJob
    {
        public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
        {
            try { await runner.RunAsync(context.MergedJobDataMap.GetString(EntryName)!, JobRunner.Schedule, cancellationToken); }
            catch (Refusal refusal) when (refusal.Code == RefusalCode.JobRunning) { /* another node has it */ }
        }
    }
}
