using System.Text.Json;
using System.Text.Json.Nodes;
using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Chain;

/// <summary>缺口参数: by what coverage is reckoned, shares in percent, as a person reads them.</summary>
[Needs(Permission.ChainRead)]
public sealed record GetCoverageWeights : IRequest<CoverageSheet>;

/// <summary>修改缺口参数: what is left out stays as it is, but the document must be named each time. Holds at once, also for the coverage of past days.</summary>
[Needs(Permission.ParametersManage)]
public sealed record SetCoverageWeights : CoverageTerms, IRequest;

/// <param name="IsFactory">Nobody here has changed them: they are assumptions of the product.</param>
public sealed record CoverageSheet(bool IsFactory) : CoverageTerms;

/// <summary>Shares in percent, money in yuan a year.</summary>
public abstract record CoverageTerms
{
    public decimal? LocalShare { get; set; }
    public decimal? CriticalNeed { get; set; }
    public decimal? NormalNeed { get; set; }
    public decimal? Resilience { get; set; }
    public decimal? StrongFrom { get; set; }
    [Money]
    public decimal? PlannedOutput { get; set; }
    [Money]
    public decimal? UnknownOutput { get; set; }
    public SizeOutputs SizeOutput { get; set; } = new();
    public FieldWeights FieldWeight { get; set; } = new();

    /// <summary>文号; without one they are assumptions.</summary>
    public string? Document { get; set; }
}

/// <summary>What an enterprise of unknown output is taken for, yuan a year.</summary>
public sealed record SizeOutputs
{
    [Money]
    public decimal? Large { get; set; }
    [Money]
    public decimal? Medium { get; set; }
    [Money]
    public decimal? Small { get; set; }
    [Money]
    public decimal? Micro { get; set; }
}

/// <summary>领域优先, in percent; 100 is no preference.</summary>
public sealed record FieldWeights
{
    public decimal? Med { get; set; }
    public decimal? Mat { get; set; }
    public decimal? Agr { get; set; }
    public decimal? Ene { get; set; }
    public decimal? Cmn { get; set; }
}

internal sealed class SetCoverageWeightsValidator : AbstractValidator<SetCoverageWeights>
{
    public SetCoverageWeightsValidator()
    {
        RuleFor(r => r.LocalShare).InclusiveBetween(1, 100);
        RuleFor(r => r.CriticalNeed).InclusiveBetween(0, 100);
        RuleFor(r => r.NormalNeed).InclusiveBetween(0, 100);
        RuleFor(r => r.Resilience).InclusiveBetween(0, 100);
        RuleFor(r => r.StrongFrom).InclusiveBetween(1, 100);
        RuleFor(r => r.PlannedOutput).InclusiveBetween(0, 1_000_000_000_000m);
        RuleFor(r => r.UnknownOutput).InclusiveBetween(0, 1_000_000_000_000m);
        RuleFor(r => r.SizeOutput).NotNull().SetValidator(new SizeOutputsValidator());
        RuleFor(r => r.FieldWeight).NotNull().SetValidator(new FieldWeightsValidator());
        RuleFor(r => r.Document).OneLine(200);
    }
}

internal sealed class SizeOutputsValidator : AbstractValidator<SizeOutputs>
{
    public SizeOutputsValidator()
    {
        RuleFor(r => r.Large).InclusiveBetween(0, 1_000_000_000_000m);
        RuleFor(r => r.Medium).InclusiveBetween(0, 1_000_000_000_000m);
        RuleFor(r => r.Small).InclusiveBetween(0, 1_000_000_000_000m);
        RuleFor(r => r.Micro).InclusiveBetween(0, 1_000_000_000_000m);
    }
}

internal sealed class FieldWeightsValidator : AbstractValidator<FieldWeights>
{
    public FieldWeightsValidator()
    {
        RuleFor(r => r.Med).InclusiveBetween(0, 1000);
        RuleFor(r => r.Mat).InclusiveBetween(0, 1000);
        RuleFor(r => r.Agr).InclusiveBetween(0, 1000);
        RuleFor(r => r.Ene).InclusiveBetween(0, 1000);
        RuleFor(r => r.Cmn).InclusiveBetween(0, 1000);
    }
}

internal sealed class CoverageParametersHandler(CrmDb db, Catalogue catalogue, CatalogueSlot slot, TimeProvider clock)
    : IRequestHandler<GetCoverageWeights, CoverageSheet>, IRequestHandler<SetCoverageWeights, Unit>
{
    public async Task<CoverageSheet> Handle(GetCoverageWeights request, CancellationToken cancellationToken)
    {
        var w = catalogue.Coverage;
        decimal? Size(EnterpriseSize size) => w.SizeOutput.TryGetValue(size, out var output) ? output : null;
        decimal? Weight(string field) => Percent(w.WeightOf(field));
        return new CoverageSheet(await db.ReferenceRecords.AnyAsync(r => r.Set == "parameters" && r.Code == Catalogue.CoverageCode && r.EditedAt == null, cancellationToken))
        {
            LocalShare = Percent(w.LocalShare), CriticalNeed = Percent(w.CriticalNeed), NormalNeed = Percent(w.NormalNeed), Resilience = Percent(w.Resilience), StrongFrom = Percent(w.StrongFrom),
            PlannedOutput = w.PlannedOutput, UnknownOutput = w.UnknownOutput,
            SizeOutput = new SizeOutputs { Large = Size(EnterpriseSize.Large), Medium = Size(EnterpriseSize.Medium), Small = Size(EnterpriseSize.Small), Micro = Size(EnterpriseSize.Micro) },
            FieldWeight = new FieldWeights { Med = Weight("MED"), Mat = Weight("MAT"), Agr = Weight("AGR"), Ene = Weight("ENE"), Cmn = Weight("CMN") },
            Document = w.Document,
        };
    }

    public async Task<Unit> Handle(SetCoverageWeights request, CancellationToken cancellationToken)
    {
        var (r, old) = (request, catalogue.Coverage);
        var weights = old with
        {
            LocalShare = Share(r.LocalShare) ?? old.LocalShare, CriticalNeed = Share(r.CriticalNeed) ?? old.CriticalNeed, NormalNeed = Share(r.NormalNeed) ?? old.NormalNeed,
            Resilience = Share(r.Resilience) ?? old.Resilience, StrongFrom = Share(r.StrongFrom) ?? old.StrongFrom,
            PlannedOutput = r.PlannedOutput ?? old.PlannedOutput, UnknownOutput = r.UnknownOutput ?? old.UnknownOutput,
            SizeOutput = Merged(old.SizeOutput, [(EnterpriseSize.Large, r.SizeOutput.Large), (EnterpriseSize.Medium, r.SizeOutput.Medium), (EnterpriseSize.Small, r.SizeOutput.Small), (EnterpriseSize.Micro, r.SizeOutput.Micro)]),
            FieldWeight = Merged(old.FieldWeight, [("MED", Share(r.FieldWeight.Med)), ("MAT", Share(r.FieldWeight.Mat)), ("AGR", Share(r.FieldWeight.Agr)), ("ENE", Share(r.FieldWeight.Ene)), ("CMN", Share(r.FieldWeight.Cmn))]),
            Document = string.IsNullOrWhiteSpace(r.Document) ? null : r.Document.Trim(),
        };
        // A need that is critical is no smaller than any other.
        if (weights.CriticalNeed < weights.NormalNeed) throw new Refusal(RefusalCode.CriticalNeedTooSmall) { Field = "criticalNeed" };
        if (weights.FieldWeight.Values.All(w => w == 0)) throw new Refusal(RefusalCode.NoFieldCounts) { Field = "fieldWeight.med" };
        var record = await db.ReferenceRecords.SingleAsync(p => p.Set == "parameters" && p.Code == Catalogue.CoverageCode, cancellationToken);
        var data = JsonSerializer.SerializeToNode(weights, JsonSerializerOptions.Web)!.AsObject();
        data["code"] = Catalogue.CoverageCode;
        data["source"] = JsonNode.Parse(record.Data)!["source"]?.DeepClone();
        (record.Data, record.EditedAt) = (data.ToJsonString(), clock.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync(cancellationToken);
        slot.Replace(await Catalogue.LoadAsync(db, cancellationToken));
        return Unit.Value;
    }

    private static Dictionary<TKey, decimal> Merged<TKey>(IReadOnlyDictionary<TKey, decimal> old, IEnumerable<(TKey Key, decimal? Value)> given) where TKey : notnull
    {
        var merged = new Dictionary<TKey, decimal>(old);
        foreach (var (key, value) in given) if (value is { } known) merged[key] = known;
        return merged;
    }

    private static decimal? Share(decimal? percent) => percent / 100;

    private static decimal Percent(decimal share) => share * 100;
}
