using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
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
    public string? Tag { get; set; }

    /// <summary>拟投资 in yuan, from (inclusive) and to (exclusive), so that steps of a range do not overlap.</summary>
    public decimal? ExpectedInvestmentFrom { get; set; }
    public decimal? ExpectedInvestmentTo { get; set; }

    /// <summary>评分, 0–100, from (inclusive).</summary>
    public int? ScoreFrom { get; set; }

    /// <summary>A next step is planned, or none is.</summary>
    public bool? Planned { get; set; }

    /// <summary>Next follow-up due from and to; a day alone is Shanghai's and inside.</summary>
    public DateTime? NextFollowUpFrom { get; set; }
    public DateTime? NextFollowUpTo { get; set; }
    public DateTime? CreatedFrom { get; set; }
    public DateTime? CreatedTo { get; set; }

    /// <summary>Only these, of those that the other filters leave.</summary>
    public List<Guid> Ids { get; set; } = [];

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
        if (Tag is { Length: > 0 }) { var tag = Domain.Tag.Normalise(Tag); leads = leads.Where(l => l.Tags.Any(t => t.Name == tag)); }
        if (ExpectedInvestmentFrom is { } least) leads = leads.Where(l => l.ExpectedInvestment >= least);
        if (ExpectedInvestmentTo is { } below) leads = leads.Where(l => l.ExpectedInvestment < below);
        if (ScoreFrom is { } score) leads = leads.Where(l => l.Score >= score);
        if (Planned is true) leads = leads.Where(l => l.NextFollowUpAt != null);
        if (Planned is false) leads = leads.Where(l => l.NextFollowUpAt == null);
        if (NextFollowUpFrom?.RangeStart() is { } dueFrom) leads = leads.Where(l => l.NextFollowUpAt >= dueFrom);
        if (NextFollowUpTo?.RangeEnd() is { } dueTo) leads = leads.Where(l => l.NextFollowUpAt < dueTo);
        if (CreatedFrom?.RangeStart() is { } createdFrom) leads = leads.Where(l => l.CreatedAt >= createdFrom);
        if (CreatedTo?.RangeEnd() is { } createdTo) leads = leads.Where(l => l.CreatedAt < createdTo);
        if (Ids.Count > 0) leads = leads.Where(l => Ids.Contains(l.Id));
        return leads.Search(db, actor, Q, FitsMany);
    }
}

internal sealed class LeadFilterValidator : AbstractValidator<LeadFilter>
{
    public LeadFilterValidator()
    {
        RuleFor(r => r.Q).MaximumLength(100);
        RuleFor(r => r.Status).IsInEnum();
        RuleFor(r => r.Source).IsInEnum();
        RuleFor(r => r.ScoreFrom).InclusiveBetween(0, 100);
        RuleFor(r => r.NextFollowUpFrom).PlausibleTime();
        RuleFor(r => r.NextFollowUpTo).PlausibleTime();
        RuleFor(r => r.CreatedFrom).PlausibleTime();
        RuleFor(r => r.CreatedTo).PlausibleTime();
        RuleFor(r => r.Ids).NotNull();
    }
}
