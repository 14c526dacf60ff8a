using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Commitments;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Commitments;

/// <summary>承诺总数: how many promises have which light, under the filters of the list; each is counted once, whatever light is asked for.</summary>
[Needs(Permission.ProjectsRead)]
public sealed record CountCommitments : CommitmentFilter, IRequest<LightCounts>;

/// <summary>Exact up to the cap of every list; a light that reaches it says "at least".</summary>
/// <param name="Waiting">Of all of these, the ones with a report that waits to be verified.</param>
public sealed record LightCounts(int Red, int Amber, int Green, int Grey, int Waiting)
{
    public int Total => Red + Amber + Green + Grey;

    internal static LightCounts Of(IEnumerable<(LightColour Colour, bool IsWaiting)> lights)
    {
        var all = lights.ToList();
        int Count(LightColour colour) => all.Count(l => l.Colour == colour);
        return new(Count(LightColour.Red), Count(LightColour.Amber), Count(LightColour.Green), Count(LightColour.Grey), all.Count(l => l.IsWaiting));
    }
}

internal sealed class CountCommitmentsValidator : AbstractValidator<CountCommitments>
{
    public CountCommitmentsValidator() => Include(new CommitmentFilterValidator());
}

internal sealed class CountCommitmentsHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<CountCommitments, LightCounts>
{
    public async Task<LightCounts> Handle(CountCommitments request, CancellationToken cancellationToken)
    {
        var (all, today) = (request.All(db, actor), clock.Today());
        Task<int> Count(IQueryable<Commitment> some) => some.Select(c => c.Id).Take(Paging.CountCap).CountAsync(cancellationToken);
        Task<int> Lit(LightColour colour) => Count(all.Lit(db, colour, today, catalogue.Commitments.SoonDays));
        return new LightCounts(await Lit(LightColour.Red), await Lit(LightColour.Amber), await Lit(LightColour.Green), await Lit(LightColour.Grey),
            await Count(all.Where(c => c.IsWaiting && c.Status != CommitmentStatus.Released)));
    }
}
