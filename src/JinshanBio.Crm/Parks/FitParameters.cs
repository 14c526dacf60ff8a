using System.Text.Json;
using System.Text.Json.Nodes;
using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Identity;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Parks;

/// <summary>匹配权重: what each term of a fit may give at most, and where it is reached.</summary>
[Needs(Permission.ParksRead)]
public sealed record GetFitWeights : IRequest<FitWeights>;

/// <summary>修改匹配权重: what is left out stays as it is.</summary>
[Needs(Permission.ParametersManage)]
public sealed record SetFitWeights : IRequest
{
    public int? Field { get; set; }
    public int? Links { get; set; }
    public int? Growth { get; set; }
    public int? Date { get; set; }
    public int? Price { get; set; }
    public int? Role { get; set; }
    public int? LinksForAll { get; set; }
    public decimal? GrowthShare { get; set; }
    public int? ReadyDays { get; set; }
    public int? IdleDays { get; set; }
    public decimal? RentTolerance { get; set; }
    public decimal? IncubatorM2 { get; set; }
    public decimal? AcceleratorM2 { get; set; }
}

internal sealed class SetFitWeightsValidator : AbstractValidator<SetFitWeights>
{
    public SetFitWeightsValidator()
    {
        RuleFor(r => r.Field).InclusiveBetween(0, 100);
        RuleFor(r => r.Links).InclusiveBetween(0, 100);
        RuleFor(r => r.Growth).InclusiveBetween(0, 100);
        RuleFor(r => r.Date).InclusiveBetween(0, 100);
        RuleFor(r => r.Price).InclusiveBetween(0, 100);
        RuleFor(r => r.Role).InclusiveBetween(0, 100);
        RuleFor(r => r.LinksForAll).InclusiveBetween(1, 50);
        RuleFor(r => r.GrowthShare).InclusiveBetween(0, 10);
        RuleFor(r => r.ReadyDays).InclusiveBetween(0, 1000);
        RuleFor(r => r.IdleDays).InclusiveBetween(1, 3650);
        RuleFor(r => r.RentTolerance).InclusiveBetween(0, 10);
        RuleFor(r => r.IncubatorM2).InclusiveBetween(0, 10_000_000);
        RuleFor(r => r.AcceleratorM2).InclusiveBetween(0, 10_000_000);
    }
}

internal sealed class FitWeightsHandler(CrmDb db, Catalogue catalogue, CatalogueSlot slot, TimeProvider clock) : IRequestHandler<GetFitWeights, FitWeights>, IRequestHandler<SetFitWeights, Unit>
{
    public Task<FitWeights> Handle(GetFitWeights request, CancellationToken cancellationToken) => Task.FromResult(catalogue.Fit);

    public async Task<Unit> Handle(SetFitWeights request, CancellationToken cancellationToken)
    {
        var old = catalogue.Fit;
        var weights = old with
        {
            Field = request.Field ?? old.Field, Links = request.Links ?? old.Links, Growth = request.Growth ?? old.Growth, Date = request.Date ?? old.Date, Price = request.Price ?? old.Price,
            Role = request.Role ?? old.Role, LinksForAll = request.LinksForAll ?? old.LinksForAll, GrowthShare = request.GrowthShare ?? old.GrowthShare, ReadyDays = request.ReadyDays ?? old.ReadyDays,
            IdleDays = request.IdleDays ?? old.IdleDays, RentTolerance = request.RentTolerance ?? old.RentTolerance, IncubatorM2 = request.IncubatorM2 ?? old.IncubatorM2,
            AcceleratorM2 = request.AcceleratorM2 ?? old.AcceleratorM2,
        };
        if (weights.Sum != 100) throw new Refusal(RefusalCode.WeightsMustAddUp, weights.Sum);
        var record = await db.ReferenceRecords.SingleAsync(r => r.Set == "parameters" && r.Code == Catalogue.FitCode, cancellationToken);
        var data = JsonSerializer.SerializeToNode(weights, JsonSerializerOptions.Web)!.AsObject();
        data.Remove("sum");
        data["code"] = Catalogue.FitCode;
        data["source"] = JsonNode.Parse(record.Data)!["source"]?.DeepClone();
        (record.Data, record.EditedAt) = (data.ToJsonString(), clock.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync(cancellationToken);
        slot.Replace(await Catalogue.LoadAsync(db, cancellationToken));
        return Unit.Value;
    }
}
