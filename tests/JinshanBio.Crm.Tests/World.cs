using System.Collections.Concurrent;
using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Identity;
using MediatR;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace JinshanBio.Crm.Tests;

/// <summary>A database of its own for one test, holding the demo world, and everything needed to send requests as its people.</summary>
public sealed class World : IAsyncDisposable
{
    public static readonly string Seeds = Path.Combine(AppContext.BaseDirectory, "seeds");

    private readonly TestDatabase _database;
    private readonly ConcurrentDictionary<string, Actor> _people = new(StringComparer.Ordinal);

    private World(TestDatabase database, ServiceProvider services, TestClock clock) => (_database, Services, Clock) = (database, services, clock);

    public ServiceProvider Services { get; }
    public TestClock Clock { get; }

    /// <param name="people">False for an installation with reference data only.</param>
    public static async Task<World> OpenAsync(string provider, bool people = true)
    {
        var (database, catalogue) = await Templates.CopyAsync(provider, people);
        var clock = new TestClock();
        var services = Build(provider, database.ConnectionString, clock, database.Documents);
        services.GetRequiredService<CatalogueSlot>().Replace(catalogue);
        return new World(database, services, clock);
    }

    /// <summary>The person's desk: each request is sent in a scope of its own, as the web program does.</summary>
    public Desk As(string userName) => new(this, () => FindAsync(userName));

    public Desk As(Actor actor) => new(this, () => Task.FromResult(actor));

    public async Task<Actor> FindAsync(string userName)
    {
        if (_people.TryGetValue(userName, out var known)) return known;
        return _people[userName] = await Db(async db =>
        {
            var person = await db.Users.AsNoTracking().Include(p => p.Parks).SingleAsync(p => p.UserName == userName);
            var roles = await db.UserRoles.Where(r => r.UserId == person.Id).Join(db.Roles, u => u.RoleId, r => r.Id, (_, r) => r.Name!).ToListAsync();
            return ActorDirectory.ToActor(person, roles, Services.GetRequiredService<Catalogue>());
        });
    }

    /// <summary>As signing in again: the rights of a person are read anew.</summary>
    public void Forget(string userName) => _people.TryRemove(userName, out _);

    /// <summary>A direct look into the database, or a change past all rules, as the system.</summary>
    public async Task<T> Db<T>(Func<CrmDb, Task<T>> look)
    {
        await using var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ActorSlot>().Actor = Actor.System;
        return await look(scope.ServiceProvider.GetRequiredService<CrmDb>());
    }

    public Task Db(Func<CrmDb, Task> change) => Db(async db =>
    {
        await change(db);
        return true;
    });

    /// <summary>The business refuses with this code, and nothing else.</summary>
    public async Task<Refusal> Refused(RefusalCode code, Func<Task> attempt)
    {
        var refusal = await Assert.ThrowsAsync<Refusal>(attempt);
        Assert.Equal(code, refusal.Code);
        return refusal;
    }

    /// <summary>The request is malformed, and exactly these fields (camelCase) are named.</summary>
    public async Task Malformed(Func<Task> attempt, params string[] fields)
    {
        var exception = await Assert.ThrowsAsync<ValidationException>(attempt);
        Assert.Equal(fields.Order(StringComparer.Ordinal), exception.Errors.Select(e => e.PropertyName).Distinct().Order(StringComparer.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        await _database.DropAsync();
    }

    /// <param name="documents">Folder of the file store, which belongs to the database.</param>
    internal static ServiceProvider Build(string provider, string connectionString, TimeProvider clock, string documents)
        => new ServiceCollection().AddSingleton(clock).AddSingleton(new FileStoreOptions { Folder = documents, MaxMegabytes = 1 }).AddSingleton<IDataProtectionProvider, EphemeralDataProtectionProvider>().AddLogging().AddCrm(provider, connectionString).BuildServiceProvider(validateScopes: true);
}

/// <summary>Sends requests as one person.</summary>
public sealed class Desk(World world, Func<Task<Actor>> find)
{
    public async Task<T> Send<T>(IRequest<T> request)
    {
        var actor = await find();
        await using var scope = world.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ActorSlot>().Actor = actor;
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
    }
}

/// <summary>Stands still until a test moves it. Begins on Friday 2026-11-20 at 10:00 in Shanghai.</summary>
public sealed class TestClock : TimeProvider
{
    public DateTime Now { get; set; } = new(2026, 11, 20, 2, 0, 0, DateTimeKind.Utc);

    public DateTime Advance(TimeSpan by) => Now += by;

    public override DateTimeOffset GetUtcNow() => new(Now, TimeSpan.Zero);
}
