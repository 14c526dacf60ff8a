using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Domain.Searching;
using JinshanBio.Crm.Enterprises;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;

namespace JinshanBio.Crm.Leads;

internal static class LeadSearch
{
    /// <summary>By number when it reads like one, else by enterprise or the beginning of the code name; without the right to real names by what is shown.</summary>
    /// <param name="fitsMany">So many enterprises fit that the leads are asked one by one, in the order of the list.</param>
    public static IQueryable<Lead> Search(this IQueryable<Lead> leads, CrmDb db, Actor actor, string? q, bool fitsMany)
    {
        q = q?.Trim();
        if (string.IsNullOrEmpty(q)) return leads;
        if (q.StartsWith("XS-", StringComparison.OrdinalIgnoreCase))
        {
            var from = q.ToUpperInvariant();
            return leads.Where(l => l.Number.StartsWith(from));
        }
        var mayKnow = actor.May(Permission.RealNames);
        var end = SearchKeys.UpperBound(q);
        if (fitsMany)
        {
            var (from, to) = EnterpriseSearch.Range(q);
            return leads.Where(l => ((mayKnow || l.CodeName == null) && db.EnterpriseKeys.Any(k => k.EnterpriseId == l.EnterpriseId && string.Compare(k.Key, from) >= 0 && string.Compare(k.Key, to) < 0))
                || (string.Compare(l.CodeName, q) >= 0 && string.Compare(l.CodeName, end) < 0));
        }
        if (db.IdsOf(actor, q) is not { } enterprises) return leads.Where(_ => false);
        // Two index searches put together: an "or" would read every lead.
        var found = db.Leads.Where(l => enterprises.Contains(l.EnterpriseId) && (mayKnow || l.CodeName == null)).Select(l => l.Id)
            .Concat(db.Leads.Where(l => string.Compare(l.CodeName, q) >= 0 && string.Compare(l.CodeName, end) < 0).Select(l => l.Id));
        return leads.Where(l => found.Contains(l.Id));
    }

    /// <summary>How good a hit is: its number or code name, else as good as the enterprise's.</summary>
    public static Sorting<Lead> ByRelevance(CrmDb db, string q)
    {
        var (from, to) = EnterpriseSearch.Range(q);
        var core = EnterpriseName.Core(q);
        return new Sorting<Lead>(l => l.Id)
        {
            ["relevance"] = l => l.CodeName == q || l.Enterprise!.CoreName == core ? 0
                : -1 - (db.EnterpriseKeys.Where(k => k.EnterpriseId == l.EnterpriseId && string.Compare(k.Key, from) >= 0 && string.Compare(k.Key, to) < 0).Min(k => (int?)(byte)k.Kind) ?? 9),
        };
    }
}
