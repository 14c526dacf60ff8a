using System.Reflection;
using FluentValidation;
using JinshanBio.Crm.Allocations;
using JinshanBio.Crm.Channels;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Imports;
using JinshanBio.Crm.Jobs;
using JinshanBio.Crm.Lists;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Texts;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace JinshanBio.Crm;

/// <summary>Everything the application needs, whichever door it stands behind: the web host, the tests or the benchmarks.</summary>
public static class CrmServices
{
    /// <param name="provider">Sqlite, PostgreSql or SqlServer.</param>
    public static IServiceCollection AddCrm(this IServiceCollection services, string provider, string connectionString)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddMemoryCache();
        services.AddDbContext<CrmDb>(options => CrmDatabase.Configure(options, provider, connectionString), optionsLifetime: ServiceLifetime.Singleton);
        services.AddScoped<ActorSlot>();
        services.AddScoped(p => p.GetRequiredService<ActorSlot>().Actor);
        services.AddSingleton<CatalogueSlot>();
        services.AddTransient(p => p.GetRequiredService<CatalogueSlot>().Current);
        services.AddSingleton<ActorDirectory>();
        services.AddSingleton<Numbers>();
        services.TryAddSingleton<FileStoreOptions>();
        services.AddSingleton<FileStore>();
        services.AddSingleton<ImportSignal>();
        services.AddDataProtection();
        services.TryAddSingleton<ChannelOptions>();
        services.AddSingleton<AddressSeal>();
        services.AddSingleton<RobotPost>();
        services.AddSingleton<IChannel, EmailChannel>();
        services.AddSingleton<IChannel, WeComChannel>();
        services.AddSingleton<IChannel, DingTalkChannel>();
        services.AddSingleton<IChannel, FeishuChannel>();
        services.AddScoped<JobRunner>();
        services.AddScoped<Each>();
        services.AddScoped<AllocationMaking>();
        services.AddRequests(Assembly.GetExecutingAssembly());

        services.AddIdentityCore<Person>(options =>
        {
            options.User.AllowedUserNameCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._";
            options.Password.RequiredLength = 10;
            options.Password.RequireNonAlphanumeric = false;
            options.Password.RequireUppercase = false;
            options.Lockout.MaxFailedAccessAttempts = 5;
            options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(10);
        }).AddRoles<IdentityRole<Guid>>().AddEntityFrameworkStores<CrmDb>();

        ValidatorOptions.Global.DisplayNameResolver = (_, member, _) =>
            member is not null && Text.Has("input." + Camel(member.Name)) ? Text.Of("input." + Camel(member.Name)) : null;
        ValidatorOptions.Global.PropertyNameResolver = (_, member, _) => member is null ? null : Camel(member.Name);
        return services;
    }

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
