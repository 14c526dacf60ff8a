using JinshanBio.Crm.Data;

namespace JinshanBio.Crm.Web.Door;

/// <summary>Prepares the database before the first request and says on the console where to begin.</summary>
internal static class Start
{
    /// <summary>The program cannot start as it is configured: one sentence for the operator, no stack trace.</summary>
    public static int Decline(InvalidOperationException cannot)
    {
        Console.Error.WriteLine(cannot.Message);
        return 1;
    }

    public static async Task PrepareAsync(this WebApplication app, Settings settings)
    {
        var cancel = app.Lifetime.ApplicationStopping;
        if (settings.Provider == CrmDatabase.Sqlite || app.Environment.IsDevelopment()) await CrmStart.MigrateAsync(app.Services, settings.SeedsFolder, cancel);
        else await CrmStart.MustBeCurrentAsync(app.Services, cancel);
        await CrmStart.LoadCatalogueAsync(app.Services, cancel);
        string? oneTime = null;
        var administrator = app.Configuration["FirstAdministrator:UserName"] ?? "admin";
        if (settings.DemoWorld) await DemoWorld.LoadAsync(app.Services, settings.SeedsFolder, cancel);
        else oneTime = await CrmStart.AddFirstAdministratorAsync(app.Services, administrator, app.Configuration["FirstAdministrator:Password"], cancel);

        app.Lifetime.ApplicationStarted.Register(() =>
        {
            Console.WriteLine($"金山生物招商 JinshanBio.Crm is open at {string.Join(" ", app.Urls)} ({settings.Provider})");
            if (settings.DemoWorld)
                Console.WriteLine("Demo accounts: officer, officer2, manager.incubator, manager.park, leader, reviewer, expert, admin; password Jinshan-2026");
            if (oneTime is not null)
                Console.WriteLine($"First administrator: {administrator}, one-time password {oneTime} (to be changed at the first sign-in; shown only now)");
        });
    }
}
