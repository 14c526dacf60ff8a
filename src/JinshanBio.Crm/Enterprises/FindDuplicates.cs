using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;

namespace JinshanBio.Crm.Enterprises;

/// <summary>查重: which enterprises in the register look like one that somebody is about to add, and why.</summary>
[Needs(Permission.EnterprisesWrite)]
public sealed record FindDuplicates : IRequest<IReadOnlyList<DuplicateCandidate>>
{
    public string Name { get; set; } = "";
    public string? CreditCode { get; set; }

    /// <summary>Other names it is known by.</summary>
    public List<string> Aliases { get; set; } = [];

    /// <summary>Of a contact. Whether somebody else has it is told only to those who may see contacts.</summary>
    public string? Phone { get; set; }
    public string? Email { get; set; }
    public string? Country { get; set; }
}

/// <summary>An enterprise that may be the one. Says whose it is, but nothing of what stands in leads, projects or contacts.</summary>
/// <param name="MatchedName">The other name that fits, when it is not the registered one.</param>
/// <param name="Score">0–100.</param>
/// <param name="Explanations">Each reason in words.</param>
/// <param name="Blocks">Whether adding needs a reason.</param>
/// <param name="Since">When colleagues began to work on it, else when it was registered.</param>
public sealed record DuplicateCandidate(
    Guid Id, string Name, string? MatchedName, int Score, IReadOnlyList<Resemblance> Reasons, IReadOnlyList<string> Explanations, bool Blocks,
    IReadOnlyList<DuplicateOwner> Owners, DateTime Since);

/// <summary>Somebody who works on it.</summary>
public sealed record DuplicateOwner(string DisplayName, string? Department);

internal sealed class FindDuplicatesValidator : AbstractValidator<FindDuplicates>
{
    public FindDuplicatesValidator()
    {
        RuleFor(r => r.Name).EnterpriseName();
        RuleFor(r => r.CreditCode).MaximumLength(40);
        RuleFor(r => r.Country).Country();
        RuleFor(r => r.Phone).OneLine(40);
        RuleFor(r => r.Email).OneLine(200);
        RuleFor(r => r.Aliases).NotNull().Must(a => a is null || a.Count <= 50).WithMessage(_ => Texts.Text.Of("validation.aliases"));
    }
}

internal sealed class FindDuplicatesHandler(CrmDb db, Actor actor) : IRequestHandler<FindDuplicates, IReadOnlyList<DuplicateCandidate>>
{
    public async Task<IReadOnlyList<DuplicateCandidate>> Handle(FindDuplicates request, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.ContactsRead)) (request.Phone, request.Email) = (null, null);
        var alike = await Duplicates.AlikeAsync(db, request, CreditCode.Normalise(request.CreditCode), cancellationToken);
        return await Duplicates.DescribeAsync(db, actor, alike, cancellationToken);
    }
}
