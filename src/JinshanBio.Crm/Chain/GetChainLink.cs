using System.Text.Json;
using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Enterprises;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Chain;

/// <summary>环节: one link with everything its coverage is reckoned from, as of any moment. Figures are the district's; names are those of the rows that the person sees.</summary>
[Needs(Permission.ChainRead)]
public sealed record GetChainLink : IRequest<ChainLinkRecord>
{
    public string Code { get; set; } = "";

    /// <summary>Now when left out; a day alone means its end in Shanghai.</summary>
    public DateTime? AsOf { get; set; }
}

/// <param name="Row">State and figures.</param>
/// <param name="Largest">Of the supply, that of the one largest enterprise; yuan a year.</param>
/// <param name="LargestHere">The same of those who are here.</param>
/// <param name="Hidden">What stands in the supply and may not be named to the person.</param>
/// <param name="Leads">The most valuable that the person sees, at most <see cref="GetChainLinkHandler.MostLeads"/>.</param>
/// <param name="LeadsInAll">Open leads of the district in the link.</param>
/// <param name="LeadsSeen">Of these, those that the person sees.</param>
public sealed record ChainLinkRecord(
    DateTime AsOf, ChainLinkFacts Facts, CoverageRow Row, decimal Largest, decimal LargestHere, CoverageWeights Weights, IReadOnlyList<NeedLine> Needs, IReadOnlyList<SupplyLine> Supplies,
    HiddenSupply Hidden, IReadOnlyList<LinkLead> Leads, int LeadsInAll, int LeadsSeen, IReadOnlyList<LinkNeighbour> Suppliers, IReadOnlyList<LinkNeighbour> Buyers);

/// <summary>What the map says about the link.</summary>
/// <param name="Since">Since when it says so, UTC; <see cref="ChainMap.Always"/> for what came with the product.</param>
public sealed record ChainLinkFacts(
    string Code, string NameZh, string NameEn, string Field, IReadOnlyList<string> AlsoFields, ChainTier Tier, bool IsEnabling, IReadOnlyList<string> Products, IReadOnlyList<IndustryClass> IndustryClasses,
    IReadOnlyList<string> Constraints, IReadOnlyList<LinkEvidence> Evidence, string? Slot, string? SlotTitle, string? SlotPhrase, string Source, string? Reason, DateTime Since)
{
    public string Name => Text.Pick(NameZh, NameEn);
}

/// <summary>GB/T 4754-2017.</summary>
public sealed record IndustryClass(string Code, string? Name);

/// <summary>A term of the need, see <see cref="NeedTerm"/>. Money in yuan a year, share 0–1.</summary>
/// <param name="Buyer">Null for the district's own plan.</param>
public sealed record NeedLine(string? Buyer, string? Name, string Field, bool IsCritical, decimal BuyerOutput, bool Planned, decimal Share, decimal Amount, decimal FieldWeight, decimal WeightedAmount);

/// <summary>A term of the supply, see <see cref="SupplyTerm"/>: one enterprise or one project. Output × likelihood × part × local share = amount.</summary>
/// <param name="Id">Of the project where there is one, else of the enterprise.</param>
/// <param name="Name">Of a project the code name until signing.</param>
/// <param name="OutputKnown">On record, and not taken for the size class.</param>
/// <param name="IsLeader">链主; never told of a project before it has landed.</param>
public sealed record SupplyLine(
    Guid Id, bool IsProject, string? Number, string Name, SupplyPhase Phase, string? Stage, decimal Output, bool OutputKnown, decimal Likelihood, decimal Part, decimal LocalShare, decimal Amount, bool IsLeader);

/// <param name="Here">Enterprises and projects that operate or have landed.</param>
public sealed record HiddenSupply(int Here, decimal HereAmount, int Coming, decimal ComingAmount);

/// <param name="Title">The code name where there is one.</param>
public sealed record LinkLead(Guid Id, string Number, string Title, string Stage, decimal ExpectedInvestment, string OwnerName);

/// <summary>A link that supplies this one or is supplied by it.</summary>
/// <param name="Supplies">供应内容.</param>
/// <param name="Phrase">The words of the policy, where it says so.</param>
public sealed record LinkNeighbour(string Code, string Name, string Field, LinkState State, decimal Coverage, int Here, int Coming, string Supplies, SupplyKind Kind, bool IsCritical, string? Phrase, string Source);

internal sealed class GetChainLinkValidator : AbstractValidator<GetChainLink>
{
    public GetChainLinkValidator() => RuleFor(r => r.AsOf).PlausibleTime();
}

internal sealed class GetChainLinkHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<GetChainLink, ChainLinkRecord>
{
    public const int MostLeads = 20;

    public async Task<ChainLinkRecord> Handle(GetChainLink request, CancellationToken cancellationToken)
    {
        var asOf = request.AsOf.AsOf(clock.GetUtcNow().UtcDateTime);
        var ground = await ChainGround.LoadAsync(db, catalogue, asOf, cancellationToken);
        var link = ground.Map.Find(request.Code) ?? throw new Refusal(RefusalCode.NotFound);
        var coverage = ground.Coverage();
        var own = coverage[link.Code];
        var (lines, hidden) = await LinesAsync(own, ground, cancellationToken);
        var (leads, all, seen) = await LeadsAsync(link.Code, asOf, cancellationToken);
        return new ChainLinkRecord(asOf, await FactsAsync(link, cancellationToken), CoverageHandler.Row(coverage, own), own.Largest, own.LargestHere, ground.Weights,
            [.. own.Needs.Select(n => new NeedLine(n.Buyer, n.Buyer is null ? null : Name(ground.Map.Find(n.Buyer)!), n.Field, n.IsCritical, n.BuyerOutput, n.Planned, n.Share, n.Amount, n.FieldWeight, n.Amount * n.FieldWeight))
                .OrderBy(n => n.Buyer is not null).ThenByDescending(n => n.Amount).ThenBy(n => n.Buyer, StringComparer.Ordinal)],
            lines, hidden, leads, all, seen,
            [.. ground.Map.Into(link.Code).Select(e => Neighbour(coverage, e.Supplier, e))], [.. ground.Map.OutOf(link.Code).Select(e => Neighbour(coverage, e.Buyer, e))]);
    }

    private async Task<(IReadOnlyList<SupplyLine> Lines, HiddenSupply Hidden)> LinesAsync(LinkCoverage link, ChainGround ground, CancellationToken cancel)
    {
        var projectIds = link.Supplies.Select(s => s.Subject.ProjectId).OfType<Guid>().ToList();
        var enterpriseIds = link.Supplies.Where(s => s.Subject.ProjectId is null).Select(s => s.Subject.EnterpriseId).ToList();
        var projects = actor.May(Permission.ProjectsRead) && projectIds.Count > 0
            ? await db.Projects.AsNoTracking().VisibleTo(actor).Where(p => projectIds.Contains(p.Id)).Select(p => new { p.Id, p.Number, p.Title }).ToDictionaryAsync(p => p.Id, cancel) : [];
        var enterprises = actor.May(Permission.EnterprisesRead) && enterpriseIds.Count > 0
            ? await db.Enterprises.AsNoTracking().Where(e => enterpriseIds.Contains(e.Id)).Select(e => new { e.Id, e.Name }).ToDictionaryAsync(e => e.Id, e => e.Name, cancel) : [];
        var leaders = await GetChainMapHandler.LeadersAsync(db, ground, cancel);
        var lines = new List<SupplyLine>();
        var hidden = new HiddenSupply(0, 0, 0, 0);
        foreach (var term in link.Supplies)
        {
            var (s, isLeader) = (term.Subject, term.IsHere && leaders.Contains(term.Subject.EnterpriseId));
            if (s.ProjectId is { } id && projects.TryGetValue(id, out var project))
                lines.Add(new SupplyLine(id, true, project.Number, project.Title, s.Phase, s.Stage, s.Output, s.IsOutputKnown, s.Likelihood, term.Part, term.LocalShare, term.Amount, isLeader));
            else if (s.ProjectId is null && enterprises.TryGetValue(s.EnterpriseId, out var name))
                lines.Add(new SupplyLine(s.EnterpriseId, false, null, name, s.Phase, null, s.Output, s.IsOutputKnown, s.Likelihood, term.Part, term.LocalShare, term.Amount, isLeader));
            else
                hidden = term.IsHere ? hidden with { Here = hidden.Here + 1, HereAmount = hidden.HereAmount + term.Amount } : hidden with { Coming = hidden.Coming + 1, ComingAmount = hidden.ComingAmount + term.Amount };
        }
        return ([.. lines.OrderBy(l => l.Phase == SupplyPhase.Pipeline).ThenByDescending(l => l.Amount).ThenBy(l => l.Name, StringComparer.Ordinal)], hidden);
    }

    private async Task<(IReadOnlyList<LinkLead> Leads, int All, int Seen)> LeadsAsync(string link, DateTime asOf, CancellationToken cancel)
    {
        var open = db.PipelinePeriods.AsNoTracking().Where(p => p.From <= asOf && p.To > asOf && !p.IsProject && p.IsLive)
            .Join(db.Set<Domain.Leads.LeadLink>().Where(l => l.Code == link), p => p.SubjectId, l => l.LeadId, (p, l) => p);
        var all = await open.CountAsync(cancel);
        if (all == 0 || !actor.May(Permission.LeadsRead)) return ([], all, 0);
        var mine = open.Join(db.Leads.VisibleTo(actor), p => p.SubjectId, l => l.Id, (p, l) => new { p.Stage, p.Investment, Lead = l });
        var leads = await mine.OrderByDescending(x => x.Investment).ThenBy(x => x.Lead.Id).Take(MostLeads)
            .Select(x => new LinkLead(x.Lead.Id, x.Lead.Number, x.Lead.CodeName ?? x.Lead.Enterprise!.Name, x.Stage, x.Investment, db.Users.Where(u => u.Id == x.Lead.OwnerId).Select(u => u.DisplayName).First())).ToListAsync(cancel);
        return (leads, all, leads.Count < MostLeads ? leads.Count : await mine.CountAsync(cancel));
    }

    private async Task<ChainLinkFacts> FactsAsync(LinkEdition l, CancellationToken cancel)
    {
        var codes = l.IndustryCodes;
        var records = (await db.ReferenceRecords.AsNoTracking().Where(r => (r.Set == "industries" && codes.Contains(r.Code)) || r.Set == "slots").ToListAsync(cancel))
            .ToLookup(r => r.Set, r => JsonDocument.Parse(r.Data).RootElement, StringComparer.Ordinal);
        var slot = records["slots"].FirstOrDefault(s => Str(s, "slot_zh") == l.Slot);
        var known = slot.ValueKind == JsonValueKind.Object;
        return new ChainLinkFacts(l.Code, l.NameZh, l.NameEn, l.Field, l.AlsoFields, l.Tier, l.IsEnabling, l.Products,
            [.. codes.Select(code => new IndustryClass(code, records["industries"].Where(r => Str(r, "code") == code).Select(r => Str(r, "name_zh")).FirstOrDefault()))],
            l.Constraints, l.Evidence, l.Slot, known ? Text.Pick(Str(slot, "title_zh"), Str(slot, "title_en")) : null, known ? Str(slot, "seed_phrase") : null, l.Source, l.Reason, l.From);
    }

    private static LinkNeighbour Neighbour(Coverage coverage, string code, EdgeEdition e)
    {
        var (link, row) = (coverage.Map.Find(code)!, coverage[code]);
        return new LinkNeighbour(code, Name(link), link.Field, row.State, decimal.Round(row.Coverage, 4), row.Suppliers, row.Coming, Text.Pick(e.SuppliesZh, e.SuppliesEn), e.Kind, e.IsCritical, e.Phrase, e.Source);
    }

    private static string Name(LinkEdition link) => Text.Pick(link.NameZh, link.NameEn);

    private static string Str(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";
}
