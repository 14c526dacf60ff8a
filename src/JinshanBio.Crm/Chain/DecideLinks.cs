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

/// <summary>确认环节: puts proposed links on the record of their enterprises.</summary>
[Needs(Permission.EnterprisesWrite)]
public sealed record ConfirmLinks : DecideLinks, IRequest<DecidedLinks>;

/// <summary>否决环节: says that proposed links are not so; they are not proposed again.</summary>
[Needs(Permission.EnterprisesWrite)]
public sealed record RejectLinks : DecideLinks, IRequest<DecidedLinks>;

/// <summary>撤回决定: the proposals wait for a decision again; a link that the confirmation put on record is taken off.</summary>
[Needs(Permission.EnterprisesWrite)]
public sealed record ReopenLinks : DecideLinks, IRequest<DecidedLinks>;

/// <summary>Which proposals it is about.</summary>
public abstract record DecideLinks
{
    public List<Guid> Ids { get; set; } = [];
}

/// <param name="Done">Decided so, now or before.</param>
/// <param name="Otherwise">Of several those that somebody decided otherwise meanwhile, or that are no more.</param>
public sealed record DecidedLinks(int Done, int Otherwise);

internal sealed class DecideLinksValidator : AbstractValidator<DecideLinks>
{
    public DecideLinksValidator()
    {
        RuleFor(r => r.Ids).NotEmpty().WithMessage(_ => Text.Of("steps.pickSome"));
        RuleFor(r => r.Ids).Must(i => i is null || i.Count <= Paging.MaxSize).WithMessage(_ => Text.Of("validation.tooManyIds"));
    }
}

internal sealed class ConfirmLinksValidator : AbstractValidator<ConfirmLinks>
{
    public ConfirmLinksValidator() => Include(new DecideLinksValidator());
}

internal sealed class RejectLinksValidator : AbstractValidator<RejectLinks>
{
    public RejectLinksValidator() => Include(new DecideLinksValidator());
}

internal sealed class ReopenLinksValidator : AbstractValidator<ReopenLinks>
{
    public ReopenLinksValidator() => Include(new DecideLinksValidator());
}

internal sealed class DecideLinksHandler(CrmDb db, Actor actor, TimeProvider clock)
    : IRequestHandler<ConfirmLinks, DecidedLinks>, IRequestHandler<RejectLinks, DecidedLinks>, IRequestHandler<ReopenLinks, DecidedLinks>
{
    public Task<DecidedLinks> Handle(ConfirmLinks request, CancellationToken cancellationToken) => DecideAsync(request, ProposalStatus.Confirmed, cancellationToken);

    public Task<DecidedLinks> Handle(RejectLinks request, CancellationToken cancellationToken) => DecideAsync(request, ProposalStatus.Rejected, cancellationToken);

    public Task<DecidedLinks> Handle(ReopenLinks request, CancellationToken cancellationToken) => DecideAsync(request, ProposalStatus.Proposed, cancellationToken);

    private async Task<DecidedLinks> DecideAsync(DecideLinks request, ProposalStatus to, CancellationToken cancel)
    {
        var ids = request.Ids.Distinct().ToList();
        var proposals = await db.LinkProposals.Where(p => ids.Contains(p.Id)).OrderBy(p => p.EnterpriseId).ToListAsync(cancel);
        var concerned = proposals.Select(p => p.EnterpriseId).Distinct().ToList();
        var enterprises = await db.Enterprises.Include(e => e.Links).Where(e => concerned.Contains(e.Id) && e.MergedIntoId == null).ToDictionaryAsync(e => e.Id, cancel);
        proposals = proposals.FindAll(p => enterprises.ContainsKey(p.EnterpriseId));
        if (ids.Count == 1 && proposals.Count == 0) throw new Refusal(RefusalCode.NotFound);
        // One alone hears why not; among many, what a colleague has decided otherwise is told as a number.
        var able = ids.Count == 1 || to == ProposalStatus.Proposed ? proposals : proposals.FindAll(p => p.Status == ProposalStatus.Proposed || p.Status == to);
        var now = clock.GetUtcNow().UtcDateTime;
        foreach (var proposal in able)
        {
            var enterprise = enterprises[proposal.EnterpriseId];
            var links = enterprise.Links.Select(l => l.Code).ToList();
            if (to == ProposalStatus.Rejected) proposal.Reject(now, actor.Id);
            else if (to == ProposalStatus.Proposed)
            {
                if (proposal.Reopen()) enterprise.WorkIn(links.Where(l => l != proposal.Link));
            }
            else if (proposal.Status != ProposalStatus.Confirmed)
            {
                proposal.Confirm(!links.Contains(proposal.Link), now, actor.Id);
                enterprise.WorkIn(links.Append(proposal.Link));
            }
        }
        await db.SaveChangesAsync(cancel);
        return new DecidedLinks(able.Count, ids.Count - able.Count);
    }
}
