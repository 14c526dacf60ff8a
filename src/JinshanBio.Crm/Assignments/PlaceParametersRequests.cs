using System.Text.Json;
using System.Text.Json.Nodes;
using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Identity;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Assignments;

/// <summary>落位参数: how long parks have to answer, how long they hold, and when both sides are told of an end.</summary>
[Needs(Permission.ParksRead)]
public sealed record GetPlaceParameters : IRequest<PlaceTerms>;

/// <summary>修改落位参数: holds for what is proposed and accepted from now on; warnings follow at once.</summary>
[Needs(Permission.ParametersManage)]
public sealed record SetPlaceParameters : IRequest
{
    public int RespondWorkdays { get; set; }
    public int EscalateWorkdays { get; set; }
    public int HoldDays { get; set; }
    public int NoticeDays { get; set; }
}

internal sealed class SetPlaceParametersValidator : AbstractValidator<SetPlaceParameters>
{
    public SetPlaceParametersValidator()
    {
        RuleFor(r => r.RespondWorkdays).InclusiveBetween(1, 60);
        RuleFor(r => r.EscalateWorkdays).InclusiveBetween(1, 60);
        RuleFor(r => r.HoldDays).InclusiveBetween(1, 730);
        RuleFor(r => r.NoticeDays).InclusiveBetween(1, 90);
    }
}

internal sealed class PlaceParametersHandler(CrmDb db, Catalogue catalogue, CatalogueSlot slot, TimeProvider clock)
    : IRequestHandler<GetPlaceParameters, PlaceTerms>, IRequestHandler<SetPlaceParameters, Unit>
{
    public Task<PlaceTerms> Handle(GetPlaceParameters request, CancellationToken cancellationToken) => Task.FromResult(catalogue.Places);

    public async Task<Unit> Handle(SetPlaceParameters request, CancellationToken cancellationToken)
    {
        var record = await db.ReferenceRecords.SingleAsync(r => r.Set == "parameters" && r.Code == Catalogue.PlacesCode, cancellationToken);
        var terms = new PlaceTerms(request.RespondWorkdays, request.EscalateWorkdays, request.HoldDays, request.NoticeDays);
        var data = JsonSerializer.SerializeToNode(terms, JsonSerializerOptions.Web)!.AsObject();
        data["code"] = Catalogue.PlacesCode;
        data["source"] = JsonNode.Parse(record.Data)!["source"]?.DeepClone();
        (record.Data, record.EditedAt) = (data.ToJsonString(), clock.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync(cancellationToken);
        slot.Replace(await Catalogue.LoadAsync(db, cancellationToken));
        return Unit.Value;
    }
}
