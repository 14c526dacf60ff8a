using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Reports;
using JinshanBio.Crm.Domain.Stages;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Reports;

/// <summary>固定出厂值: a stage is reckoned with its factory value whatever the own history says, until it is released; past reports keep what they reckoned with.</summary>
[Needs(Permission.ParametersManage)]
public sealed record PinProbability : IRequest
{
    public string Stage { get; set; } = "";

    /// <summary>False lets the own history in again.</summary>
    public bool Pinned { get; set; } = true;
    public string? Reason { get; set; }
}

internal sealed class PinProbabilityValidator : AbstractValidator<PinProbability>
{
    public PinProbabilityValidator()
    {
        RuleFor(r => r.Stage).NotEmpty().MaximumLength(8);
        RuleFor(r => r.Reason).Reason();
    }
}

internal sealed class PinProbabilityHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<PinProbability, Unit>
{
    public async Task<Unit> Handle(PinProbability request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var way = catalogue.Stages.All.Where(s => s.Order >= Stage.OrderOf(Stage.InTalks) && s.Order < Stage.InProductionOrder).ToList();
        var stage = way.Find(s => s.Code == request.Stage) ?? throw new Refusal(RefusalCode.NotFound) { Field = "stage" };
        var lines = await db.StageProbabilities.AsNoTracking().Where(p => p.Track == null).LastAt(PipelinePeriod.Open).ToListAsync(cancellationToken);
        var estimates = way.ConvertAll(s => lines.Find(l => l.Stage == s.Code)?.Estimate ?? new StageEstimate(s.Code, 0, 0, null, null, null));
        var value = request.Pinned ? new StageValue(stage.Probability, ProbabilitySource.Pinned)
            : StageLikelihood.InForce(estimates, catalogue.Stages, catalogue.Commitments.EnoughDecided)[stage.Code];
        var before = lines.Find(l => l.Stage == stage.Code);
        if ((before?.Source == ProbabilitySource.Pinned) == request.Pinned) return Unit.Value;
        db.StageProbabilities.Add(new StageProbability(estimates.Find(e => e.Stage == stage.Code)!, null, value, before?.At >= now ? before.At.AddMilliseconds(1) : now, actor.Id, request.Reason!.Trim()));
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
