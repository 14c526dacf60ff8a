using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Enterprises;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Enterprises;

/// <summary>What a person may narrow the register down by; the same for the list and its export.</summary>
public abstract record EnterpriseFilter
{
    /// <summary>Part of the name, pinyin or initials, the beginning of a credit code, or the whole of it.</summary>
    public string? Q { get; set; }

    /// <summary>The rows that the filters leave; the register is open to whoever may read it.</summary>
    internal IQueryable<Enterprise> Rows(CrmDb db)
    {
        var enterprises = db.Enterprises.AsNoTracking();
        if (!string.IsNullOrWhiteSpace(Q))
            enterprises = db.IdsOf(Q) is { } ids ? enterprises.Where(e => ids.Contains(e.Id)) : enterprises.Where(_ => false);
        return enterprises;
    }
}

internal sealed class EnterpriseFilterValidator : AbstractValidator<EnterpriseFilter>
{
    public EnterpriseFilterValidator() => RuleFor(r => r.Q).MaximumLength(100);
}
