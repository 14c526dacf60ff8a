using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Enterprises;

/// <summary>登记企业: puts an enterprise on the register, after asking whether it is there already.</summary>
[Needs(Permission.EnterprisesWrite)]
public sealed record AddEnterprise : EnterpriseInput, IRequest<Guid>
{
    /// <summary>Why it is another one although the register holds enterprises like it.</summary>
    public string? DuplicateReason { get; set; }

    /// <summary>The first person to talk to, when known.</summary>
    public ContactInput? Contact { get; set; }

    /// <summary>The one way an enterprise comes into being, also from a lead; imports have a judge of their own.</summary>
    /// <exception cref="Refusal">CreditCodeWrong; EnterpriseExists and DuplicateSuspected with the candidates; NotPermitted for a reason without the right to give one.</exception>
    internal static async Task<Enterprise> AddAsync(CrmDb db, Actor actor, FindDuplicates about, string? duplicateReason, DateTime now, CancellationToken cancel)
    {
        var enterprise = new Enterprise(about.Name, about.CreditCode, about.Country ?? "CN", now, actor.Id)
        {
            DuplicateReason = string.IsNullOrWhiteSpace(duplicateReason) ? null : duplicateReason.Trim(),
        };
        await MustBeFreeAsync(db, actor, enterprise, cancel);
        var suspects = await Duplicates.SuspectsAsync(db, about, enterprise.CreditCode, cancel);
        if (suspects.Count > 0)
        {
            if (enterprise.DuplicateReason is null)
                throw new Refusal(RefusalCode.DuplicateSuspected) { Details = new { candidates = await Duplicates.DescribeAsync(db, actor, suspects, cancel) } };
            if (!actor.May(Permission.DuplicatesOverride)) throw new Refusal(RefusalCode.NotPermitted);
        }
        db.Enterprises.Add(enterprise);
        return enterprise;
    }

    internal static async Task MustBeFreeAsync(CrmDb db, Actor actor, Enterprise enterprise, CancellationToken cancel)
    {
        if (enterprise.CreditCode is not { } code) return;
        var holder = await db.Enterprises.AsNoTracking().Where(e => e.CreditCode == code && e.Id != enterprise.Id).Select(e => new { e.Id, e.Name }).FirstOrDefaultAsync(cancel)
            // The code of a record that was merged into it.
            ?? await db.EnterpriseAliases.AsNoTracking().Where(a => a.Kind == AliasKind.Code && a.Name == code && a.EnterpriseId != enterprise.Id)
                .Join(db.Enterprises, a => a.EnterpriseId, e => e.Id, (_, e) => new { e.Id, e.Name }).FirstOrDefaultAsync(cancel);
        if (holder is null) return;
        var known = new Suspect(holder.Id, holder.Name, new Likeness(100, [Resemblance.SameCode], null));
        throw new Refusal(RefusalCode.EnterpriseExists, code, holder.Name)
        {
            Field = "creditCode",
            Details = new { enterpriseId = holder.Id, name = holder.Name, candidates = await Duplicates.DescribeAsync(db, actor, [known], cancel) },
        };
    }
}

internal sealed class AddEnterpriseValidator : AbstractValidator<AddEnterprise>
{
    public AddEnterpriseValidator()
    {
        Include(new EnterpriseInputValidator());
        RuleFor(r => r.DuplicateReason).MinimumLength(2).MaximumLength(500);
        RuleFor(r => r.Contact!).SetValidator(new ContactInputValidator()).When(r => r.Contact?.IsEmpty == false);
    }
}

internal sealed class AddEnterpriseHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<AddEnterprise, Guid>
{
    public async Task<Guid> Handle(AddEnterprise request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var contact = request.Contact is { IsEmpty: false } given ? given : null;
        if (contact is not null && !actor.May(Permission.ContactsWrite)) throw new Refusal(RefusalCode.NotPermitted);
        var about = new FindDuplicates
        {
            Name = request.Name, CreditCode = request.CreditCode, Country = request.Country, Phone = contact?.Phone, Email = contact?.Email,
            Aliases = [.. (request.Aliases ?? []).Select(a => a.Name)],
        };
        var enterprise = await AddEnterprise.AddAsync(db, actor, about, request.DuplicateReason, now, cancellationToken);
        await request.ApplyAsync(enterprise, db, catalogue, now, cancellationToken);
        if (contact is not null) db.Contacts.Add(new Contact(enterprise.Id, contact.ToTerms() with { IsPrimary = true }, now, actor.Id));
        await db.SaveChangesAsync(cancellationToken);
        return enterprise.Id;
    }
}
