using System.Text.Json;
using System.Text.Json.Nodes;
using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Identity;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Leads;

/// <summary>评分权重: what each term of a lead's score may give at most.</summary>
[Needs(Permission.LeadsRead)]
public sealed record GetLeadScoreWeights : IRequest<ScoreWeights>;

/// <summary>修改评分权重: holds for leads that are saved from now on, and for all of them after the nightly job or a run of it by hand.</summary>
[Needs(Permission.ParametersManage)]
public sealed record SetLeadScoreWeights : IRequest
{
    public int Field { get; set; }
    public int Hub { get; set; }
    public int Gap { get; set; }

    /// <summary>拟投资.</summary>
    public int Investment { get; set; }
    public int Done { get; set; }
    public int Overdue { get; set; }
    public int Stage { get; set; }
    public int CreditCode { get; set; }
    public int NextStep { get; set; }

    /// <summary>Yuan, rising; each one reached gives an equal part of the points for size. Unchanged when left out.</summary>
    public List<decimal>? Steps { get; set; }
}

internal sealed class SetLeadScoreWeightsValidator : AbstractValidator<SetLeadScoreWeights>
{
    public SetLeadScoreWeightsValidator()
    {
        RuleFor(r => r.Field).InclusiveBetween(0, 100);
        RuleFor(r => r.Hub).InclusiveBetween(0, 100);
        RuleFor(r => r.Gap).InclusiveBetween(0, 100);
        RuleFor(r => r.Investment).InclusiveBetween(0, 100);
        RuleFor(r => r.Done).InclusiveBetween(0, 100);
        RuleFor(r => r.Overdue).InclusiveBetween(0, 100);
        RuleFor(r => r.Stage).InclusiveBetween(0, 100);
        RuleFor(r => r.CreditCode).InclusiveBetween(0, 100);
        RuleFor(r => r.NextStep).InclusiveBetween(0, 100);
        RuleFor(r => r.Steps).Must(steps => steps is null || (steps.Count is > 0 and <= 20 && steps.TrueForAll(s => s > 0))).WithMessage(_ => Texts.Text.Of("score.steps"));
    }
}

internal sealed class LeadScoreWeightsHandler(CrmDb db, Catalogue catalogue, CatalogueSlot slot, TimeProvider clock)
    : IRequestHandler<GetLeadScoreWeights, ScoreWeights>, IRequestHandler<SetLeadScoreWeights, Unit>
{
    public Task<ScoreWeights> Handle(GetLeadScoreWeights request, CancellationToken cancellationToken) => Task.FromResult(catalogue.LeadScore);

    public async Task<Unit> Handle(SetLeadScoreWeights request, CancellationToken cancellationToken)
    {
        var weights = catalogue.LeadScore with
        {
            Field = request.Field, Hub = request.Hub, Gap = request.Gap, Investment = request.Investment, Done = request.Done, Overdue = request.Overdue, Stage = request.Stage,
            CreditCode = request.CreditCode, NextStep = request.NextStep, Steps = request.Steps is { } steps ? [.. steps.Order()] : catalogue.LeadScore.Steps,
        };
        if (weights.Sum != 100) throw new Refusal(RefusalCode.WeightsMustAddUp, weights.Sum);
        var record = await db.ReferenceRecords.SingleAsync(r => r.Set == "parameters" && r.Code == Catalogue.LeadScoreCode, cancellationToken);
        var data = JsonSerializer.SerializeToNode(weights, JsonSerializerOptions.Web)!.AsObject();
        data.Remove("sum");
        data["code"] = Catalogue.LeadScoreCode;
        data["source"] = JsonNode.Parse(record.Data)!["source"]?.DeepClone();
        (record.Data, record.EditedAt) = (data.ToJsonString(), clock.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync(cancellationToken);
        slot.Replace(await Catalogue.LoadAsync(db, cancellationToken));
        return Unit.Value;
    }
}
