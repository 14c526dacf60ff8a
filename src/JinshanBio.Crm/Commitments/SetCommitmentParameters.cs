using System.Text.Json;
using System.Text.Json.Nodes;
using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Commitments;
using JinshanBio.Crm.Identity;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Commitments;

/// <summary>承诺参数: when promises are warned of, and when the own history of a stage is enough.</summary>
[Needs(Permission.ProjectsRead)]
public sealed record GetCommitmentParameters : IRequest<CommitmentParameters>;

/// <summary>修改承诺参数: lights and warnings follow at once; probabilities with their next estimate.</summary>
[Needs(Permission.ParametersManage)]
public sealed record SetCommitmentParameters : IRequest
{
    public int SoonDays { get; set; }
    public int EscalateWorkdays { get; set; }
    public int EnoughDecided { get; set; }
}

internal sealed class SetCommitmentParametersValidator : AbstractValidator<SetCommitmentParameters>
{
    public SetCommitmentParametersValidator()
    {
        RuleFor(r => r.SoonDays).InclusiveBetween(1, 365);
        RuleFor(r => r.EscalateWorkdays).InclusiveBetween(1, 250);
        RuleFor(r => r.EnoughDecided).InclusiveBetween(5, 10_000);
    }
}

internal sealed class CommitmentParametersHandler(CrmDb db, Catalogue catalogue, CatalogueSlot slot, TimeProvider clock)
    : IRequestHandler<GetCommitmentParameters, CommitmentParameters>, IRequestHandler<SetCommitmentParameters, Unit>
{
    public Task<CommitmentParameters> Handle(GetCommitmentParameters request, CancellationToken cancellationToken) => Task.FromResult(catalogue.Commitments);

    public async Task<Unit> Handle(SetCommitmentParameters request, CancellationToken cancellationToken)
    {
        var record = await db.ReferenceRecords.SingleAsync(r => r.Set == "parameters" && r.Code == Catalogue.CommitmentsCode, cancellationToken);
        var data = JsonSerializer.SerializeToNode(new CommitmentParameters(request.SoonDays, request.EscalateWorkdays, request.EnoughDecided), JsonSerializerOptions.Web)!.AsObject();
        data["code"] = Catalogue.CommitmentsCode;
        data["source"] = JsonNode.Parse(record.Data)!["source"]?.DeepClone();
        (record.Data, record.EditedAt) = (data.ToJsonString(), clock.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync(cancellationToken);
        slot.Replace(await Catalogue.LoadAsync(db, cancellationToken));
        return Unit.Value;
    }
}
