using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Imports;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Chain;

/// <summary>匹配环节: proposes links for the enterprises of an import, for some of them, or for all that have none. Said again it changes nothing that a person decided.</summary>
[Needs(Permission.EnterprisesWrite)]
public sealed record MatchLinks : IRequest<MatchedLinks>
{
    /// <summary>Those that this import created or updated.</summary>
    public Guid? ImportId { get; set; }

    /// <summary>These; with neither this nor an import, all without a link that are new or changed since they were last matched.</summary>
    public List<Guid> Ids { get; set; } = [];
}

/// <param name="Enterprises">How many were matched now.</param>
/// <param name="Proposals">How many links are proposed for them.</param>
/// <param name="Without">For how many nothing was found.</param>
/// <param name="Left">How many of the scope are left for another run.</param>
public sealed record MatchedLinks(int Enterprises, int Proposals, int Without, int Left);

/// <summary>Every night: enterprises that are new or changed since they were last matched, and all when the map has changed.</summary>
[Needs(Permission.JobsManage)]
public sealed record MatchChangedLinks : IRequest<string>;

internal sealed class MatchLinksValidator : AbstractValidator<MatchLinks>
{
    public MatchLinksValidator() => RuleFor(r => r.Ids).Must(i => i is { Count: <= 1000 }).WithMessage(_ => Text.Of("validation.tooManyIds"));
}

internal sealed class MatchLinksHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<MatchLinks, MatchedLinks>, IRequestHandler<MatchChangedLinks, string>
{
    /// <summary>So many in one run that a person waits for; the rest is for the next one, or for the night.</summary>
    internal const int MostAtOnce = 5000;

    public async Task<MatchedLinks> Handle(MatchLinks request, CancellationToken cancellationToken)
    {
        var book = await MatchBook.OpenAsync(db, catalogue, clock, cancellationToken);
        var chosen = db.Enterprises.Where(e => e.MergedIntoId == null);
        if (request.ImportId is { } id)
        {
            var import = await db.Imports.AsNoTracking().VisibleTo(actor).Where(i => i.Id == id).Select(i => new { i.Id, i.Kind }).FirstOrDefaultAsync(cancellationToken) ?? throw new Domain.Refusal(Domain.RefusalCode.NotFound);
            chosen = Of(chosen, import.Id);
        }
        else if (request.Ids.Count > 0) chosen = chosen.Where(e => request.Ids.Contains(e.Id));
        else chosen = chosen.Where(e => e.Links.Count == 0);
        return await book.MatchAsync(chosen, again: request.Ids.Count > 0, MostAtOnce, cancellationToken);
    }

    public async Task<string> Handle(MatchChangedLinks request, CancellationToken cancellationToken)
    {
        var book = await MatchBook.OpenAsync(db, catalogue, clock, cancellationToken);
        var done = await book.MatchAsync(db.Enterprises.Where(e => e.MergedIntoId == null), again: false, int.MaxValue, cancellationToken);
        return Sentence.Of("job.said.linkMatches", done.Enterprises, done.Proposals);
    }

    /// <summary>The enterprises that an import brought, or said something new about.</summary>
    internal IQueryable<Enterprise> Of(IQueryable<Enterprise> enterprises, Guid importId)
        => enterprises.Where(e => e.ImportId == importId || db.ImportRows.Any(r => r.ImportId == importId && r.Applied && r.SubjectId == e.Id && r.Verdict != ImportVerdict.Skip));
}
