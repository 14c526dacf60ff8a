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
        foreach (var row in rows)
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<ActorSlot>().Actor = actor;
            try { await scope.ServiceProvider.GetRequiredService<IMediator>().Send(step(row.Id), cancel); }
            catch (Refusal refusal) { refused.Add(new RefusedRow(row.Id, row.Number, row.Title, refusal.Code, Text.Of(refusal), refusal.Missing)); }
            catch (ValidationException invalid) { refused.Add(new RefusedRow(row.Id, row.Number, row.Title, RefusalCode.Invalid, string.Join(" ", invalid.Errors.Select(e => e.ErrorMessage)), [])); }
        }
        return new StepResult(rows.Count - refused.Count, refused);
    }
}

/// <summary>A record that a step is taken on.</summary>
internal sealed record SteppedRow(Guid Id, string Number, string Title);

/// <summary>What became of a step on many rows: how many it was done on, and every row that refused it with the reason.</summary>
public sealed record StepResult(int Done, IReadOnlyList<RefusedRow> Refused);

/// <param name="Message">The reason in the reader's language.</param>
/// <param name="Missing">Keys of the evidence that the row lacks for the stage.</param>
public sealed record RefusedRow(Guid Id, string Number, string Title, RefusalCode Code, string Message, IReadOnlyList<string> Missing);
