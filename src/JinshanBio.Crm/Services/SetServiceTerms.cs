using System.Text.Json;
using System.Text.Json.Nodes;
using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Services;
using JinshanBio.Crm.Identity;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Services;

/// <summary>服务时限: within how many workdays requests are answered and settled, and how long a company may go without a visit.</summary>
[Needs(Permission.ProjectsRead)]
public sealed record GetServiceTerms : IRequest<ServiceTerms>;

/// <summary>修改服务时限: holds for requests that are registered from now on.</summary>
[Needs(Permission.ParametersManage)]
public sealed record SetServiceTerms : IRequest
{
    public int AnswerWorkdays { get; set; }
    public int SettleWorkdays { get; set; }
    public int VisitDays { get; set; }
    public int EscalateWorkdays { get; set; }
}

internal sealed class SetServiceTermsValidator : AbstractValidator<SetServiceTerms>
{
    public SetServiceTermsValidator()
    {
        RuleFor(r => r.AnswerWorkdays).InclusiveBetween(1, 60);
        RuleFor(r => r.SettleWorkdays).InclusiveBetween(1, 250).GreaterThanOrEqualTo(r => r.AnswerWorkdays);
        RuleFor(r => r.VisitDays).InclusiveBetween(7, 730);
        RuleFor(r => r.EscalateWorkdays).InclusiveBetween(1, 60);
    }
}

internal sealed class ServiceTermsHandler(CrmDb db, Catalogue catalogue, CatalogueSlot slot, TimeProvider clock) : IRequestHandler<GetServiceTerms, ServiceTerms>, IRequestHandler<SetServiceTerms, Unit>
{
    public Task<ServiceTerms> Handle(GetServiceTerms request, CancellationToken cancellationToken) => Task.FromResult(catalogue.Service);

    public async Task<Unit> Handle(SetServiceTerms request, CancellationToken cancellationToken)
    {
        var record = await db.ReferenceRecords.SingleAsync(r => r.Set == "parameters" && r.Code == Catalogue.ServiceCode, cancellationToken);
        var data = JsonNode.Parse(record.Data)!.AsObject();
        foreach (var (name, value) in JsonSerializer.SerializeToNode(request, JsonSerializerOptions.Web)!.AsObject()) data[name] = value?.DeepClone();
        data["isFactoryValue"] = false;
        (record.Data, record.EditedAt) = (data.ToJsonString(), clock.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync(cancellationToken);
        slot.Replace(await Catalogue.LoadAsync(db, cancellationToken));
        return Unit.Value;
    }
}
