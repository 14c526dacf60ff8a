using System.Text.Json;
using System.Text.Json.Nodes;
using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Identity;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Reviews;

/// <summary>评审参数: how long departments have, who is asked unless said otherwise, and when the head hears of a late one.</summary>
[Needs(Permission.ReviewsRead)]
public sealed record GetReviewParameters : IRequest<ReviewParameters>;

/// <summary>修改评审参数: holds for what is asked from now on.</summary>
[Needs(Permission.ParametersManage)]
public sealed record SetReviewParameters : IRequest
{
    public int OpinionWorkdays { get; set; }
    public int EscalateWorkdays { get; set; }

    /// <summary>Codes of the departments that are asked unless said otherwise.</summary>
    public List<string> Departments { get; set; } = [];
}

internal sealed class SetReviewParametersValidator : AbstractValidator<SetReviewParameters>
{
    public SetReviewParametersValidator()
    {
        RuleFor(r => r.OpinionWorkdays).InclusiveBetween(1, 60);
        RuleFor(r => r.EscalateWorkdays).InclusiveBetween(1, 60);
    }
}

internal sealed class ReviewParametersHandler(CrmDb db, Catalogue catalogue, CatalogueSlot slot, TimeProvider clock)
    : IRequestHandler<GetReviewParameters, ReviewParameters>, IRequestHandler<SetReviewParameters, Unit>
{
    public Task<ReviewParameters> Handle(GetReviewParameters request, CancellationToken cancellationToken) => Task.FromResult(catalogue.Review);

    public async Task<Unit> Handle(SetReviewParameters request, CancellationToken cancellationToken)
    {
        var units = request.Departments.Distinct(StringComparer.Ordinal).ToList();
        catalogue.MustKnow(units, "departments");
        var record = await db.ReferenceRecords.SingleAsync(r => r.Set == "parameters" && r.Code == Catalogue.ReviewCode, cancellationToken);
        var data = JsonSerializer.SerializeToNode(new ReviewParameters(request.OpinionWorkdays, request.EscalateWorkdays, units), JsonSerializerOptions.Web)!.AsObject();
        data["code"] = Catalogue.ReviewCode;
        data["source"] = JsonNode.Parse(record.Data)!["source"]?.DeepClone();
        (record.Data, record.EditedAt) = (data.ToJsonString(), clock.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync(cancellationToken);
        slot.Replace(await Catalogue.LoadAsync(db, cancellationToken));
        return Unit.Value;
    }
}
