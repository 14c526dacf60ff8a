using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Identity;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Enterprises;

/// <summary>What a person may narrow the register down by; the same for the list and its export.</summary>
public abstract record EnterpriseFilter
{
    /// <summary>Part of a name, pinyin or initials, the beginning of a credit code or the whole of it, or a contact (for those who may see contacts).</summary>
    public string? Q { get; set; }

    /// <summary>So many fit the text that the list keeps its own order.</summary>
    internal bool FitsMany { get; set; }

    /// <summary>The rows that the filters leave; the register is open to whoever may read it. What was merged away is not in it.</summary>
    internal IQueryable<Enterprise> Rows(CrmDb db, Actor actor)
    {
        var enterprises = db.Enterprises.AsNoTracking().Where(e => e.MergedIntoId == null);
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
    public EnterpriseFilterValidator() => RuleFor(r => r.Q).MaximumLength(100);
}
