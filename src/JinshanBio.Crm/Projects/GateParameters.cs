using System.Text.Json;
using System.Text.Json.Nodes;
using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Stages;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Projects;

/// <summary>阶段门槛: what each gate asks for, as shipped and as in force.</summary>
[Needs(Permission.ProjectsRead)]
public sealed record GetGates : IRequest<GateList>;

/// <summary>收紧门槛: sets the district's rules as a whole. They hold at once for every further move; nothing is undone.</summary>
[Needs(Permission.ParametersManage)]
public sealed record SetGates : IRequest
{
    /// <summary>Key of the evidence to the stage from which it is required, its own or an earlier one; null makes it optional. What is left out is as shipped.</summary>
    public Dictionary<string, string?> Evidence { get; set; } = [];

    /// <summary>The same for the fields of the project form.</summary>
    public Dictionary<string, string?> Fields { get; set; } = [];
    public List<OwnEvidence> Own { get; set; } = [];
}

/// <param name="Evidence">In the order of the stages, the district's own last.</param>
public sealed record GateList(IReadOnlyList<GateRow> Evidence, IReadOnlyList<GateRow> Fields, IReadOnlyList<OwnEvidence> Own);

/// <param name="Stage">For evidence the stage at which it is asked for; for a field its group.</param>
/// <param name="Usual">Code of the stage from which it is required as shipped; null where it is optional.</param>
/// <param name="From">The same as in force.</param>
/// <param name="Law">The law that asks for it: it can be asked for earlier, not left out.</param>
public sealed record GateRow(string Key, string Name, string Stage, string? Usual, string? From, string? Law);

internal sealed class SetGatesValidator : AbstractValidator<SetGates>
{
    public SetGatesValidator()
    {
        RuleFor(r => r.Evidence).NotNull();
        RuleFor(r => r.Fields).NotNull();
        RuleFor(r => r.Own).NotNull().Must(own => own is null || own.Count <= 40);
        RuleForEach(r => r.Own).ChildRules(own =>
        {
            own.RuleFor(o => o.Stage).NotEmpty().MaximumLength(8);
            own.RuleFor(o => o.Key).NotEmpty().MaximumLength(32).Matches("^[a-z][A-Za-z0-9]*$").WithMessage(_ => Text.Of("gates.keyShape"));
            own.RuleFor(o => o.NameZh).NotEmpty().OneLine(100);
            own.RuleFor(o => o.NameEn).NotEmpty().OneLine(100);
        });
    }
}

internal sealed class GateParametersHandler(CrmDb db, Catalogue catalogue, CatalogueSlot slot, TimeProvider clock) : IRequestHandler<GetGates, GateList>, IRequestHandler<SetGates, Unit>
{
    public Task<GateList> Handle(GetGates request, CancellationToken cancellationToken)
    {
        var (rules, shipped) = (catalogue.Gates, catalogue.ShippedStages);
        return Task.FromResult(new GateList(
            [.. shipped.All.SelectMany(s => s.Evidence.Select(n => new GateRow(n.Key, Text.Pick(n.NameZh, n.NameEn), s.Code, n.Required ? s.Code : null,
                rules.Evidence.TryGetValue(n.Key, out var from) ? from : n.Required ? s.Code : null, n.LawZh is null ? null : Text.Pick(n.LawZh, n.LawEn ?? n.LawZh))))],
            [.. shipped.Form.Fields.Where(f => f.Type != FormType.Calc).Select(f => new GateRow(f.Key, f.Name(), f.Group(), Asked(f.RequiredFrom), rules.Fields.TryGetValue(f.Key, out var from) ? from : Asked(f.RequiredFrom), null))],
            rules.Own));
    }

    public async Task<Unit> Handle(SetGates request, CancellationToken cancellationToken)
    {
        var now = await Handle(new GetGates(), cancellationToken);
        var rules = new Gates(Changed(request.Evidence, now.Evidence), Changed(request.Fields, now.Fields), request.Own);
        rules.Apply(catalogue.ShippedStages);
        var record = await db.ReferenceRecords.SingleAsync(r => r.Set == "parameters" && r.Code == Catalogue.GatesCode, cancellationToken);
        var data = JsonSerializer.SerializeToNode(rules, JsonSerializerOptions.Web)!.AsObject();
        data["code"] = Catalogue.GatesCode;
        data["source"] = JsonNode.Parse(record.Data)!["source"]?.DeepClone();
        (record.Data, record.EditedAt) = (data.ToJsonString(), clock.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync(cancellationToken);
        slot.Replace(await Catalogue.LoadAsync(db, cancellationToken));
        return Unit.Value;
    }

    /// <summary>Only what differs from what was shipped is a rule; an unknown key stays, to be refused.</summary>
    private static Dictionary<string, string?> Changed(Dictionary<string, string?> asked, IReadOnlyList<GateRow> rows)
    {
        var usual = rows.ToDictionary(r => r.Key, r => r.Usual, StringComparer.Ordinal);
        return asked.Select(a => (a.Key, From: string.IsNullOrWhiteSpace(a.Value) ? null : a.Value.Trim())).Where(a => !usual.TryGetValue(a.Key, out var shipped) || shipped != a.From)
            .ToDictionary(a => a.Key, a => a.From, StringComparer.Ordinal);
    }

    /// <summary>What is required before the first gate is asked for there.</summary>
    private static string? Asked(string? from) => from is not null && Stage.OrderOf(from) < Gates.FirstOrder ? Stage.Review : from;
}
