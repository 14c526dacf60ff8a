using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Enterprises;

/// <summary>What a person may narrow the register down by; the same for the list and its export.</summary>
public abstract record EnterpriseFilter
{
    /// <summary>Part of a name, pinyin or initials, the beginning of a credit code or the whole of it, or a contact (for those who may see contacts).</summary>
    public string? Q { get; set; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string? Country { get; set; }

    /// <summary>Has a credit code, or none is known.</summary>
    public bool? Coded { get; set; }

    /// <summary>Begins with these words.</summary>
    public string? Kind { get; set; }

    public EnterpriseSize? Scale { get; set; }

    /// <summary>链主, or not one.</summary>
    public bool? Leader { get; set; }

    /// <summary>Works in this link of the chain.</summary>
    public string? Link { get; set; }

    /// <summary>在区: recorded as operating in the district, or not.</summary>
    public bool? Here { get; set; }

    /// <summary>Has open leads, or projects, that the person sees; or has none.</summary>
    public bool? Led { get; set; }
    public bool? Projected { get; set; }
    public DateTime? CreatedFrom { get; set; }
    public DateTime? CreatedTo { get; set; }

    /// <summary>So many fit the text that the list keeps its own order.</summary>
    internal bool FitsMany { get; set; }

    /// <summary>The rows that the filters leave; the register is open to whoever may read it, what hangs on a row is not. What was merged away is not in it.</summary>
    internal IQueryable<Enterprise> Rows(CrmDb db, Actor actor)
    {
        var enterprises = Found(db, actor, db.Enterprises.AsNoTracking().Where(e => e.MergedIntoId == null));
        if (Country is { Length: > 0 } country) enterprises = enterprises.Where(e => e.Country == country);
        if (Coded is true) enterprises = enterprises.Where(e => e.CreditCode != null);
        if (Coded is false) enterprises = enterprises.Where(e => e.CreditCode == null);
        if (Kind?.Trim() is { Length: > 0 } kind) enterprises = enterprises.Where(e => e.Kind!.StartsWith(kind));
        if (Scale is { } size) enterprises = enterprises.Where(e => e.Size == size);
        if (Leader is { } leader) enterprises = enterprises.Where(e => e.IsChainLeader == leader);
        if (Link is { Length: > 0 } link) enterprises = enterprises.Where(e => e.Links.Any(l => l.Code == link));
        var present = db.Presences.Where(p => p.To == ChainMap.Open);
        if (Here is true) enterprises = enterprises.Where(e => present.Any(p => p.EnterpriseId == e.Id));
        if (Here is false) enterprises = enterprises.Where(e => !present.Any(p => p.EnterpriseId == e.Id));
        var leads = db.Leads.VisibleTo(actor).NamedFor(actor).Where(l => l.Status == LeadStatus.Open);
        if (Led is true) enterprises = enterprises.Where(e => leads.Any(l => l.EnterpriseId == e.Id));
        if (Led is false) enterprises = enterprises.Where(e => !leads.Any(l => l.EnterpriseId == e.Id));
        var projects = db.Projects.VisibleTo(actor).NamedFor(actor);
        if (Projected is true) enterprises = enterprises.Where(e => projects.Any(p => p.EnterpriseId == e.Id));
        if (Projected is false) enterprises = enterprises.Where(e => !projects.Any(p => p.EnterpriseId == e.Id));
        if (CreatedFrom?.RangeStart() is { } createdFrom) enterprises = enterprises.Where(e => e.CreatedAt >= createdFrom);
        if (CreatedTo?.RangeEnd() is { } createdTo) enterprises = enterprises.Where(e => e.CreatedAt < createdTo);
        return enterprises;
    }

    private IQueryable<Enterprise> Found(CrmDb db, Actor actor, IQueryable<Enterprise> enterprises)
    {
        if (string.IsNullOrWhiteSpace(Q)) return enterprises;
        if (FitsMany)
        {
            // One look into the index for each row that is read, instead of all hits before the first row.
            var (from, to) = EnterpriseSearch.Range(Q);
            return enterprises.Where(e => db.EnterpriseKeys.Any(k => k.EnterpriseId == e.Id && string.Compare(k.Key, from) >= 0 && string.Compare(k.Key, to) < 0));
        }
        return db.IdsOf(actor, Q) is { } ids ? enterprises.Where(e => ids.Contains(e.Id)) : enterprises.Where(_ => false);
    }
}

internal sealed class EnterpriseFilterValidator : AbstractValidator<EnterpriseFilter>
{
    public EnterpriseFilterValidator()
    {
        RuleFor(r => r.Q).MaximumLength(100);
        RuleFor(r => r.Country).Country().When(r => r.Country is not null);
        RuleFor(r => r.Kind).MaximumLength(100);
        RuleFor(r => r.Scale).IsInEnum();
        RuleFor(r => r.CreatedFrom).PlausibleTime();
        RuleFor(r => r.CreatedTo).PlausibleTime();
    }
}
