using System.Reflection;
using FluentValidation;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace JinshanBio.Crm.Pipeline;

/// <summary>Registers MediatR 5, every handler and validator of an assembly, and the behaviours each request passes in order.</summary>
public static class Requests
{
    public static IServiceCollection AddRequests(this IServiceCollection services, Assembly assembly)
    {
        services.AddScoped<ServiceFactory>(provider => provider.GetRequiredService);
        services.AddScoped<IMediator, Mediator>();
        foreach (var type in assembly.GetTypes().Where(t => t is { IsAbstract: false, IsGenericTypeDefinition: false }))
        {
            foreach (var contract in type.GetInterfaces().Where(i => i.IsGenericType))
            {
                var definition = contract.GetGenericTypeDefinition();
                if (definition == typeof(IRequestHandler<,>)) services.AddScoped(contract, type);
                if (definition == typeof(IValidator<>)) services.AddSingleton(contract, type);
            }
        }
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(LogRequest<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(CheckPermission<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(ValidateRequest<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(RetryOnConflict<,>));
        return services;
    }
}
