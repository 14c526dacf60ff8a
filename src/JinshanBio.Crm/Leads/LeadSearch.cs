using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Domain.Searching;
using JinshanBio.Crm.Enterprises;

namespace JinshanBio.Crm.Leads;

internal static class LeadSearch
{
    /// <summary>By number when it reads like one, else by enterprise or the beginning of the code name.</summary>
    public static IQueryable<Lead> Search(this IQueryable<Lead> leads, CrmDb db, string? q)
    {
        q = q?.Trim();
        if (string.IsNullOrEmpty(q)) return leads;
        if (q.StartsWith("XS-", StringComparison.OrdinalIgnoreCase))
        {
            var from = q.ToUpperInvariant();
            return leads.Where(l => l.Number.StartsWith(from));
        }
        if (db.IdsOf(q) is not { } enterprises) return leads.Where(_ => false);
        // Two index searches put together: an "or" would read every lead.
        var end = SearchKeys.UpperBound(q);
        var found = db.Leads.Where(l => enterprises.Contains(l.EnterpriseId)).Select(l => l.Id)
            .Concat(db.Leads.Where(l => string.Compare(l.CodeName, q) >= 0 && string.Compare(l.CodeName, end) < 0).Select(l => l.Id));
        return leads.Where(l => found.Contains(l.Id));
    }
}
