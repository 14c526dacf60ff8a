using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Domain.Searching;

namespace JinshanBio.Crm.Enterprises;

/// <summary>Finds enterprises by part of the name, pinyin, initials or credit code through the key index.</summary>
internal static class EnterpriseSearch
{
    /// <summary>Ids of the enterprises that carry a key beginning with the query; null when the query holds nothing to search for.</summary>
    public static IQueryable<Guid>? IdsOf(this CrmDb db, string? q)
    {
        // Keys are shorter than a credit code; a whole code means one enterprise.
        if (CreditCode.Normalise(q) is { Length: CreditCode.Length } code && code.All(CreditCode.Alphabet.Contains) && code[2..8].All(char.IsAsciiDigit))
            return db.Enterprises.Where(e => e.CreditCode == code).Select(e => e.Id);
        var from = SearchKeys.OfQuery(q ?? "");
        if (from.Length == 0) return null;
        var to = SearchKeys.UpperBound(from);
        return db.EnterpriseKeys.Where(k => string.Compare(k.Key, from) >= 0 && string.Compare(k.Key, to) < 0).Select(k => k.EnterpriseId).Distinct();
    }
}
