using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Tenants;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Tenants;

/// <summary>毕业条件: as they stand, and whether they hold.</summary>
[Needs(Permission.AssignmentsRead)]
public sealed record GetGraduationRules : IRequest<GraduationRules>;

/// <summary>设定毕业条件: as a whole; they hold at once for every tenant.</summary>
[Needs(Permission.ParametersManage)]
public sealed record SetGraduationRules : IRequest
{
    public GraduationInput Incubator { get; set; } = new();
    public GraduationInput Accelerator { get; set; } = new();

    /// <summary>文号; may be left out for an example only.</summary>
    public string? Document { get; set; }

    /// <summary>The last day on which they hold.</summary>
    public DateOnly? ValidUntil { get; set; }
    public bool IsExample { get; set; }
}

/// <summary>The conditions of one role; what is left out is not asked for.</summary>
public sealed record GraduationInput
{
    public int? MonthsIn { get; set; }
    public int? CompanyMonths { get; set; }
    public int? Headcount { get; set; }

    /// <summary>Yuan a year.</summary>
    [Money]
    public decimal? Revenue { get; set; }
    public decimal? AreaNeedM2 { get; set; }

    /// <summary>Needs more than it has and its park has free besides.</summary>
    public bool Outgrows { get; set; }
    public ProductStage? Product { get; set; }

    /// <summary>How many must hold; all when left out.</summary>
    public int? Needed { get; set; }

    /// <summary>Longest stay, months.</summary>
    public int? MostMonths { get; set; }
    public int? NearPercent { get; set; }

    internal GraduationTerms ToTerms() => new()
    {
        MonthsIn = MonthsIn, CompanyMonths = CompanyMonths, Headcount = Headcount, Revenue = Revenue, AreaNeedM2 = AreaNeedM2, Outgrows = Outgrows, Product = Product,
        Needed = Needed, MostMonths = MostMonths, NearPercent = NearPercent ?? new GraduationTerms().NearPercent,
    };
}

internal sealed class GraduationInputValidator : AbstractValidator<GraduationInput>
{
    public GraduationInputValidator()
    {
        RuleFor(r => r.MonthsIn).InclusiveBetween(1, 240);
        RuleFor(r => r.CompanyMonths).InclusiveBetween(1, 600);
        RuleFor(r => r.Headcount).InclusiveBetween(1, 100_000);
        RuleFor(r => r.Revenue).InclusiveBetween(1, 1_000_000_000_000m).PrecisionScale(18, 2, ignoreTrailingZeros: true);
        RuleFor(r => r.AreaNeedM2).InclusiveBetween(1, 1_000_000m).PrecisionScale(18, 2, ignoreTrailingZeros: true);
        RuleFor(r => r.Product).IsInEnum();
        RuleFor(r => r.Needed).InclusiveBetween(1, 7);
        RuleFor(r => r.MostMonths).InclusiveBetween(1, 240);
        RuleFor(r => r.NearPercent).InclusiveBetween(1, 100);
    }
}

internal sealed class SetGraduationRulesValidator : AbstractValidator<SetGraduationRules>
{
    public SetGraduationRulesValidator()
    {
        RuleFor(r => r.Incubator).NotNull().SetValidator(new GraduationInputValidator());
        RuleFor(r => r.Accelerator).NotNull().SetValidator(new GraduationInputValidator());
        RuleFor(r => r.Document).OneLine(200);
        RuleFor(r => r.ValidUntil).PlausibleDay();
    }
}

internal static class GraduationJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };
}

internal sealed class GraduationParametersHandler(CrmDb db, Catalogue catalogue, CatalogueSlot slot, TimeProvider clock)
    : IRequestHandler<GetGraduationRules, GraduationRules>, IRequestHandler<SetGraduationRules, Unit>
{
    public Task<GraduationRules> Handle(GetGraduationRules request, CancellationToken cancellationToken) => Task.FromResult(catalogue.Graduation);

    public async Task<Unit> Handle(SetGraduationRules request, CancellationToken cancellationToken)
    {
        var document = string.IsNullOrWhiteSpace(request.Document) ? null : request.Document.Trim();
        var rules = new GraduationRules(request.Incubator.ToTerms(), request.Accelerator.ToTerms(), document, request.ValidUntil, request.IsExample);
        foreach (var (terms, role) in new[] { (rules.Incubator, "incubator"), (rules.Accelerator, "accelerator") })
            if (terms.Needed > terms.Count) throw new Refusal(RefusalCode.GraduationNeedsTooMany, terms.Count) { Field = role + ".needed" };
        if (!rules.IsEmpty && !rules.IsExample && document is null) throw new Refusal(RefusalCode.GraduationNeedsDocument) { Field = "document" };
        await SaveAsync(db, rules, clock.GetUtcNow().UtcDateTime, cancellationToken);
        slot.Replace(await Catalogue.LoadAsync(db, cancellationToken));
        return Unit.Value;
    }

    internal static async Task SaveAsync(CrmDb db, GraduationRules rules, DateTime now, CancellationToken cancel)
    {
        var record = await db.ReferenceRecords.SingleAsync(r => r.Set == "parameters" && r.Code == Catalogue.GraduationCode, cancel);
        var data = JsonSerializer.SerializeToNode(rules, GraduationJson.Options)!.AsObject();
        data["code"] = Catalogue.GraduationCode;
        data["source"] = JsonNode.Parse(record.Data)!["source"]?.DeepClone();
        (record.Data, record.EditedAt) = (data.ToJsonString(), now);
        await db.SaveChangesAsync(cancel);
    }
}
