using System.Diagnostics;
using System.Reflection;
using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Identity;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace JinshanBio.Crm.Pipeline;

/// <summary>Logs name, actor, outcome and milliseconds of each request; never its content.</summary>
internal sealed class LogRequest<TRequest, TResponse>(Actor actor, ILogger<TRequest> log) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        var start = Stopwatch.GetTimestamp();
        var outcome = "failed";
        try
        {
            var response = await next();
            outcome = "ok";
            return response;
        }
        catch (Refusal refusal)
        {
            outcome = refusal.Code.ToString();
            throw;
        }
        catch (ValidationException)
        {
            outcome = nameof(RefusalCode.Invalid);
            throw;
        }
        finally
        {
            if (log.IsEnabled(LogLevel.Debug))
                log.LogDebug("{Request} by {Actor}: {Outcome} in {Milliseconds} ms", typeof(TRequest).Name, actor.Id, outcome, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
    }
}

/// <summary>May this kind of person do this at all? The one place that asks, for API, pages and jobs alike.</summary>
internal sealed class CheckPermission<TRequest, TResponse>(Actor actor) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
{
    private static readonly Permission? Needed = typeof(TRequest).GetCustomAttribute<NeedsAttribute>()?.Permission;

    public Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        var needed = Needed ?? throw new InvalidOperationException($"{typeof(TRequest).Name} does not say what it [Needs].");
        if (actor.IsNobody) throw new Refusal(RefusalCode.SignInRequired);
        if (!actor.May(needed)) throw new Refusal(RefusalCode.NotPermitted);
        if (actor.MustChangePassword && needed != Permission.Account) throw new Refusal(RefusalCode.PasswordChangeRequired);
        return next();
    }
}

/// <summary>Is the request well-formed? Shape only; the business is asked by the handler.</summary>
internal sealed class ValidateRequest<TRequest, TResponse>(IEnumerable<IValidator<TRequest>> validators) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        foreach (var validator in validators)
        {
            var result = await validator.ValidateAsync(request, cancellationToken);
            if (!result.IsValid) throw new ValidationException(result.Errors);
        }
        return await next();
    }
}

/// <summary>
/// Two people changed the same record, or added the same thing, in the same moment: the loser's request is handled again on the fresh record, so
/// that the answer is the true one ("no area left"), not "try again". A request that named a version finds it stale then.
/// </summary>
internal sealed class RetryOnConflict<TRequest, TResponse>(CrmDb db) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
{
    private const int Attempts = 5;

    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await next();
            }
            catch (Exception e) when (CrmDatabase.IsConflict(e) && attempt < Attempts && db.Database.CurrentTransaction is null)
            {
                db.ChangeTracker.Clear();
            }
        }
    }
}
