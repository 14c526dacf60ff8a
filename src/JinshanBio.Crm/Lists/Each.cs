using FluentValidation;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace JinshanBio.Crm.Lists;

/// <summary>批量: one step on many records, each in a transaction of its own: a refused row stops no other.</summary>
internal sealed class Each(IServiceScopeFactory scopes, Actor actor)
{
    /// <summary>Rows that one step takes; whoever needs more narrows the list down or hands everything over.</summary>
    public const int Most = 1000;

    public async Task<StepResult> SendAsync<T>(IReadOnlyList<SteppedRow> rows, Func<Guid, IRequest<T>> step, CancellationToken cancel)
    {
        var refused = new List<RefusedRow>();
        foreach (var row in rows) await TryAsync([row], step(row.Id), refused, cancel);
        return new StepResult(rows.Count - refused.Count, refused);
    }

    /// <summary>Where one request takes several records: they are done, or refused, together.</summary>
    public async Task<StepResult> SendTogetherAsync<T>(IEnumerable<IGrouping<Guid, SteppedRow>> groups, Func<Guid, IEnumerable<Guid>, IRequest<T>> step, CancellationToken cancel)
    {
        var refused = new List<RefusedRow>();
        var all = 0;
        foreach (var group in groups)
        {
            var rows = group.ToList();
            all += rows.Count;
            await TryAsync(rows, step(group.Key, rows.Select(r => r.Id)), refused, cancel);
        }
        return new StepResult(all - refused.Count, refused);
    }

    private async Task TryAsync<T>(IReadOnlyList<SteppedRow> rows, IRequest<T> request, List<RefusedRow> refused, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ActorSlot>().Actor = actor;
        try { await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, cancel); }
        catch (Refusal refusal) { refused.AddRange(rows.Select(r => new RefusedRow(r.Id, r.Number, r.Title, refusal.Code, Text.Of(refusal), refusal.Missing))); }
        catch (ValidationException invalid)
        {
            var message = string.Join(" ", invalid.Errors.Select(e => e.ErrorMessage));
            refused.AddRange(rows.Select(r => new RefusedRow(r.Id, r.Number, r.Title, RefusalCode.Invalid, message, [])));
        }
    }
}

/// <summary>A record that a step is taken on.</summary>
internal sealed record SteppedRow(Guid Id, string Number, string Title);

/// <summary>What became of a step on many rows: how many it was done on, and every row that refused it with the reason.</summary>
public sealed record StepResult(int Done, IReadOnlyList<RefusedRow> Refused);

/// <param name="Message">The reason in the reader's language.</param>
/// <param name="Missing">Keys of the evidence that the row lacks for the stage.</param>
public sealed record RefusedRow(Guid Id, string Number, string Title, RefusalCode Code, string Message, IReadOnlyList<string> Missing);
