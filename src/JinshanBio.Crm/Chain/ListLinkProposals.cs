using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Chain;

/// <summary>环节建议: proposed links of enterprises with what speaks for them, the surest first.</summary>
[Needs(Permission.LeadsRead)]
public sealed record ListLinkProposals : IRequest<Page<LinkProposalRow>>, IPaged
{
    /// <summary>Those that wait when left out.</summary>
    public ProposalStatus? Status { get; set; }
    public string? Link { get; set; }
    public string? Field { get; set; }

    /// <summary>Of enterprises that this import created.</summary>
    public Guid? Import { get; set; }
    public Guid? Enterprise { get; set; }

    /// <summary>0–100.</summary>
    public int? MinConfidence { get; set; }
    public int Page { get; set; } = 1;
    public int Size { get; set; } = Paging.DefaultSize;

    string? IPaged.Sort => null;

    internal static readonly Sorting<LinkProposal> Sortable = new(p => p.Id) { ["confidence"] = p => p.Confidence };
}

/// <param name="Confidence">0–1: 1 − Π(1 − strength) over the clues.</param>
/// <param name="Links">Links that the enterprise has on record already.</param>
public sealed record LinkProposalRow(
    Guid Id, Guid EnterpriseId, string Name, string? Kind, string? Scope, string? IndustryCode, string Link, decimal Confidence, IReadOnlyList<LinkClue> Clues,
    ProposalStatus Status, DateTime MadeAt, DateTime? DecidedAt, string? DecidedBy, IReadOnlyList<string> Links);

internal sealed class ListLinkProposalsValidator : AbstractValidator<ListLinkProposals>
{
    public ListLinkProposalsValidator()
    {
        this.MustBePaged([]);
        RuleFor(r => r.Status).IsInEnum();
        RuleFor(r => r.MinConfidence).InclusiveBetween(0, 100);
    }
}

internal sealed class ListLinkProposalsHandler(CrmDb db, Actor actor, Catalogue catalogue) : IRequestHandler<ListLinkProposals, Page<LinkProposalRow>>
{
    public Task<Page<LinkProposalRow>> Handle(ListLinkProposals request, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.EnterprisesRead)) throw new Refusal(RefusalCode.NotPermitted);
        if (request.Field is { Length: > 0 } unknown && catalogue.Field(unknown) is null) throw new Refusal(RefusalCode.UnknownFieldCode, unknown) { Field = "field" };
        var status = request.Status ?? ProposalStatus.Proposed;
        var proposals = db.LinkProposals.AsNoTracking().Where(p => p.Status == status && db.Enterprises.Any(e => e.Id == p.EnterpriseId && e.MergedIntoId == null));
        if (request.Link is { Length: > 0 } link) proposals = proposals.Where(p => p.Link == link);
        if (request.Field is { Length: > 0 } field)
        {
            var links = catalogue.Links.Where(l => l.Field == field).Select(l => l.Code).ToList();
            proposals = proposals.Where(p => links.Contains(p.Link));
        }
        if (request.Import is { } import) proposals = proposals.Where(p => db.Enterprises.Any(e => e.Id == p.EnterpriseId && e.ImportId == import));
        if (request.Enterprise is { } enterprise) proposals = proposals.Where(p => p.EnterpriseId == enterprise);
        if (request.MinConfidence is { } least)
        {
            var from = least / 100m;
            proposals = proposals.Where(p => p.Confidence >= from);
        }
        return proposals.PageAsync(ListLinkProposals.Sortable, "-confidence", request, page => page.Join(db.Enterprises, p => p.EnterpriseId, e => e.Id, (p, e) => new LinkProposalRow(
            p.Id, e.Id, e.Name, e.Kind, e.Scope, e.IndustryCode, p.Link, p.Confidence, p.Clues, p.Status, p.MadeAt, p.DecidedAt,
            db.Users.Where(u => u.Id == p.DecidedById).Select(u => u.DisplayName).FirstOrDefault(), e.Links.Select(l => l.Code).ToList())), cancellationToken);
    }
}
