using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Identity;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Leads;

/// <summary>What a person may narrow the leads down by; the same for the list, its export and a step on all of its rows.</summary>
public abstract record LeadFilter
{
    /// <summary>Part of the enterprise's name, pinyin or initials, the code name, or the number XS-….</summary>
    public string? Q { get; set; }
    public string? Field { get; set; }
    public string? Stage { get; set; }

    /// <summary>Open when left out.</summary>
    public LeadStatus? Status { get; set; }
    public Guid? Owner { get; set; }
    public LeadSource? Source { get; set; }
    public Guid? Enterprise { get; set; }
    public string? Link { get; set; }

    /// <summary>So many enterprises fit the text that the list keeps its own order.</summary>
    internal bool FitsMany { get; set; }

    /// <summary>The rows that the filters leave, of those the person may see.</summary>
    internal IQueryable<Lead> Rows(CrmDb db, Actor actor)
    {
        var status = Status ?? LeadStatus.Open;
        var leads = db.Leads.AsNoTracking().VisibleTo(actor).Where(l => l.Status == status);
        if (Field is { Length: > 0 } field) leads = leads.Where(l => l.Field == field);
        if (Stage is { Length: > 0 } stage) leads = leads.Where(l => l.Stage == stage);
        if (Owner is { } owner) leads = leads.Where(l => l.OwnerId == owner);
        if (Source is { } source) leads = leads.Where(l => l.Source == source);
        if (Enterprise is { } enterprise)
        {
            leads = leads.Where(l => l.EnterpriseId == enterprise);
            // Asking enterprise by enterprise must not tell who stands behind a code name.
            if (!actor.May(Permission.RealNames)) leads = leads.Where(l => l.CodeName == null);
        }
        if (Link is { Length: > 0 } link) leads = leads.Where(l => l.Links.Any(x => x.Code == link));
        return leads.Search(db, actor, Q, FitsMany);
    }
}

internal sealed class LeadFilterValidator : AbstractValidator<LeadFilter>
{
    public LeadFilterValidator() => RuleFor(r => r.Q).MaximumLength(100);
}
