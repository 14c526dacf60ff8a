using JinshanBio.Crm.Data;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.People;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace JinshanBio.Crm;

/// <summary>What happens before the first request: migrations, reference data, roles, the first administrator or the demo world.</summary>
public static class CrmStart
{
    /// <summary>Brings the database up to date. Starting twice changes nothing.</summary>
    public static async Task MigrateAsync(IServiceProvider services, string seedsFolder, CancellationToken cancel)
    {
        await using var scope = AsSystem(services);
        var db = scope.ServiceProvider.GetRequiredService<CrmDb>();
        await KeepCopyAsync(db, cancel);
        await db.Database.MigrateAsync(cancel);
        await ReferenceLoader.LoadAsync(db, Path.Combine(seedsFolder, "reference"), cancel);

        var roles = scope.ServiceProvider.GetRequiredService<RoleManager<IdentityRole<Guid>>>();
        foreach (var role in RoleCode.All)
            if (!await roles.RoleExistsAsync(role)) await roles.CreateAsync(new IdentityRole<Guid>(role) { Id = Guid.CreateVersion7() });
    }

    /// <summary>An embedded database is copied beside itself before a newer program changes it: SQLite rebuilds some tables outside a transaction.</summary>
    private static async Task KeepCopyAsync(CrmDb db, CancellationToken cancel)
    {
        if (!db.Database.IsSqlite()) return;
        var applied = (await db.Database.GetAppliedMigrationsAsync(cancel)).ToList();
        if (applied.Count == 0 || !(await db.Database.GetPendingMigrationsAsync(cancel)).Any()) return;
        var copy = $"{new SqliteConnectionStringBuilder(db.Database.GetConnectionString()).DataSource}.{applied[^1]}";
        if (!File.Exists(copy)) await db.Database.ExecuteSqlAsync($"VACUUM INTO {copy}", cancel);
    }

    /// <summary>A server database is migrated by its own step, once for all nodes; a node that finds it behind says so and stops.</summary>
    /// <exception cref="InvalidOperationException">When migrations are missing.</exception>
    public static async Task MustBeCurrentAsync(IServiceProvider services, CancellationToken cancel)
    {
        await using var scope = services.CreateAsyncScope();
        var pending = (await scope.ServiceProvider.GetRequiredService<CrmDb>().Database.GetPendingMigrationsAsync(cancel)).ToList();
        if (pending.Count > 0)
            throw new InvalidOperationException($"The database lacks {pending.Count} migration(s), the first is {pending[0]}. Run 'dotnet JinshanBio.Crm.Web.dll migrate' once, then start again.");
    }

    /// <summary>Loads the reference data that the program reasons with.</summary>
    public static async Task LoadCatalogueAsync(IServiceProvider services, CancellationToken cancel)
    {
        await using var scope = services.CreateAsyncScope();
        var catalogue = await Catalogue.LoadAsync(scope.ServiceProvider.GetRequiredService<CrmDb>(), cancel);
        scope.ServiceProvider.GetRequiredService<CatalogueSlot>().Replace(catalogue);
    }

    /// <summary>
    /// Creates the first administrator of an empty installation. Without a configured password a one-time password is
    /// made, to be changed at the first sign-in.
    /// </summary>
    /// <returns>The one-time password to show on the console, or null when nothing had to be created or a password was configured.</returns>
    public static async Task<string?> AddFirstAdministratorAsync(IServiceProvider services, string userName, string? password, CancellationToken cancel)
    {
        await using var scope = AsSystem(services);
        var people = scope.ServiceProvider.GetRequiredService<UserManager<Person>>();
        if (await people.Users.AnyAsync(cancel)) return null;

        var oneTime = string.IsNullOrEmpty(password) ? Passwords.OneTime() : null;
        var admin = new Person { UserName = userName, DisplayName = userName, MustChangePassword = true };
        var result = await people.CreateAsync(admin, oneTime ?? password!);
        if (!result.Succeeded)
            throw new InvalidOperationException("The first administrator was not created: " + string.Join(" ", result.Errors.Select(e => e.Description)));
        await people.AddToRoleAsync(admin, RoleCode.Administrator);
        return oneTime;
    }

    private static AsyncServiceScope AsSystem(IServiceProvider services)
    {
        var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ActorSlot>().Actor = Actor.System;
        return scope;
    }
}
