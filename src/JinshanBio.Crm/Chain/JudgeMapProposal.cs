using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Chain;

/// <summary>判定提案: accepts or declines rows. An accepted row changes the map as an edit by hand does; one whose subject was changed meanwhile is reckoned anew and waits for another look.</summary>
[Needs(Permission.ChainKeep)]
public sealed record JudgeMapProposal : IRequest<JudgedRows>
{
    public Guid Id { get; set; }
    public List<Guid> Rows { get; set; } = [];

    /// <summary>Every row that is open, instead of those named.</summary>
    public bool All { get; set; }

    /// <summary>Accepted or Refused.</summary>
    public MapVerdict? Verdict { get; set; }

    /// <summary>Needed to decline; for an accepted row it is the reason where its file gives none.</summary>
    public string? Why { get; set; }
}

/// <param name="Moved">Changed meanwhile: shown anew, and still open.</param>
/// <param name="Failed">Cannot be applied as the map is now, and still open.</param>
public sealed record JudgedRows(int Accepted, int Refused, int Moved, int Failed);

internal sealed class JudgeMapProposalValidator : AbstractValidator<JudgeMapProposal>
{
    public JudgeMapProposalValidator()
    {
        RuleFor(r => r.Rows).NotEmpty().When(r => !r.All);
        RuleFor(r => r.Verdict).NotEmpty().Must(v => v is null or MapVerdict.Accepted or MapVerdict.Refused);
        RuleFor(r => r.Why).Reason().When(r => r.Verdict == MapVerdict.Refused || !string.IsNullOrWhiteSpace(r.Why));
    }
}

internal sealed class JudgeMapProposalHandler(CrmDb db, Actor actor, Catalogue catalogue, CatalogueSlot slot, TimeProvider clock) : IRequestHandler<JudgeMapProposal, JudgedRows>
{
    public async Task<JudgedRows> Handle(JudgeMapProposal request, CancellationToken cancellationToken)
    {
        var proposal = await db.MapProposals.AsNoTracking().FirstOrDefaultAsync(p => p.Id == request.Id, cancellationToken) ?? throw new Refusal(RefusalCode.NotFound);
        // Links before edges, as they were read.
        var rows = (await db.MapProposalRows.Where(r => r.ProposalId == request.Id && (request.All ? r.Verdict == MapVerdict.Open : request.Rows.Contains(r.Id))).ToListAsync(cancellationToken))
            .OrderBy(r => r.IsEdge).ThenBy(r => r.Number).ToList();
        if (!request.All && rows.Count < request.Rows.Distinct().Count()) throw new Refusal(RefusalCode.NotFound);
        if (rows.Exists(r => r.Verdict != MapVerdict.Open)) throw new Refusal(RefusalCode.ProposalRowClosed);
        var now = clock.GetUtcNow().UtcDateTime;
        if (request.Verdict == MapVerdict.Refused)
        {
            foreach (var row in rows) row.Decline(now, actor.Id, request.Why!);
            await db.SaveChangesAsync(cancellationToken);
            return new JudgedRows(0, rows.Count, 0, 0);
        }
        var map = await MapState.LoadAsync(db, cancellationToken);
        var reader = new MapRowReader(catalogue, map);
        foreach (var row in rows)
        {
            var edit = new Edit(row.Source, row.Reason ?? request.Why?.Trim() ?? Text.Of("keep.byFile", proposal.FileName), now, actor.Id);
            if (row.IsEdge) AcceptEdge(row, map, reader, edit, request.Why);
            else AcceptLink(row, map, reader, edit, request.Why);
        }
        await db.SaveMapAsync(slot, cancellationToken);
        var accepted = rows.Count(r => r.Verdict == MapVerdict.Accepted);
        var failed = rows.Count(r => r is { Verdict: MapVerdict.Open, Fault: not null });
        return new JudgedRows(accepted, 0, rows.Count - accepted - failed, failed);
    }

    private static void AcceptLink(MapProposalRow row, MapState map, MapRowReader reader, Edit edit, string? why)
    {
        var said = reader.Link(row.Cells, out var fault);
        if (fault is { } wrong) row.Fail(wrong.Fault, wrong.Value);
        // Says by now what the map says: there is nothing left to do.
        else if (said is null && row.BasedOn == map.Link(row.Subject ?? "").Version) row.Accept(null, edit.At, edit.ById!.Value, why);
        else if (said is null) row.LookAgain(MapAct.Changed, row.Subject, map.Link(row.Subject ?? "").Version, []);
        else if (said.Act != row.Act || said.BasedOn != row.BasedOn) row.LookAgain(said.Act, said.Code, said.BasedOn, said.Changes);
        else row.Accept(map.Apply(said, edit), edit.At, edit.ById!.Value, why);
    }

    private static void AcceptEdge(MapProposalRow row, MapState map, MapRowReader reader, Edit edit, string? why)
    {
        var said = reader.Edge(row.Cells, _ => false, out var fault);
        if (fault is { } wrong) row.Fail(wrong.Fault, wrong.Value);
        else if (said is null)
        {
            var version = VersionOf(row.Subject!, map);
            if (row.BasedOn == version) row.Accept(null, edit.At, edit.ById!.Value, why);
            else row.LookAgain(MapAct.Changed, row.Subject, version, []);
        }
        else if (said.Act != row.Act || said.BasedOn != row.BasedOn) row.LookAgain(said.Act, said.Subject, said.BasedOn, said.Changes);
        else if (said.Act is MapAct.Added or MapAct.Restored && (!map.IsOnMap(said.Key.Supplier) || !map.IsOnMap(said.Key.Buyer)))
            row.Fail(MapRowFault.LinkUnknown, map.IsOnMap(said.Key.Supplier) ? said.Key.Buyer : said.Key.Supplier);
        else
        {
            map.Apply(said, edit);
            row.Accept(said.Subject, edit.At, edit.ById!.Value, why);
        }
    }

    private static int VersionOf(string subject, MapState map)
        => subject.Split(' ') is [var supplier, var buyer, var kind] ? map.Edge(new EdgeKey(supplier, buyer, Enum.Parse<SupplyKind>(kind))).Version : 0;
}
