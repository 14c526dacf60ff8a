using System.Linq.Expressions;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Domain.Searching;
using JinshanBio.Crm.Identity;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Enterprises;

/// <summary>
/// Finds enterprises by part of a name, pinyin, initials, the two mixed with characters, or credit code through the key index, and by their contacts
/// for those who may see contacts. Few hits are looked up first and sorted; many are asked for row by row, in the order of the list.
/// </summary>
internal static class EnterpriseSearch
{
    /// <summary>Beyond so many a list keeps its own order and does not count them all.</summary>
    public const int Many = 1_000;

    /// <summary>Ids of the enterprises that fit; null when the text holds nothing to search for.</summary>
    public static IQueryable<Guid>? IdsOf(this CrmDb db, Actor actor, string? q)
    {
        if (WholeCode(q) is { } code)
            return db.Enterprises.Where(e => e.CreditCode == code).Select(e => e.Id).Concat(db.EnterpriseAliases.Where(a => a.Kind == AliasKind.Code && a.Name == code).Select(a => a.EnterpriseId));
        var ids = SearchKeys.OfQuery(q ?? "").Length == 0 ? null : db.KeysOf(q!).Select(k => k.EnterpriseId);
        if (ids is not null && SearchKeys.Mixed(q!) is { } mixed) ids = ids.Concat(db.IdsOf(mixed));
        if (!actor.May(Permission.ContactsRead)) return ids;
        foreach (var from in ContactSearch.OfQuery(q ?? ""))
        {
            var to = SearchKeys.UpperBound(from);
            var reached = db.Contacts.Where(c => db.ContactKeys.Where(k => string.Compare(k.Key, from) >= 0 && string.Compare(k.Key, to) < 0).Select(k => k.ContactId).Contains(c.Id)).Select(c => c.EnterpriseId);
            ids = ids is null ? reached : ids.Concat(reached);
        }
        return ids;
    }

    /// <summary>Whether so many fit that nobody will read them all.</summary>
    public static async Task<bool> FitsManyAsync(this CrmDb db, string? q, CancellationToken cancel)
        => WholeCode(q) is null && SearchKeys.OfQuery(q ?? "").Length > 0 && await db.KeysOf(q!).Take(Many + 1).CountAsync(cancel) > Many;

    /// <summary>How good a hit is, the higher the better: the very name, its beginning, inside it, another name, its sound, its initials, a contact.</summary>
    public static Expression<Func<Enterprise, object?>> Rank(CrmDb db, string q)
    {
        var (from, to) = Range(q);
        var core = EnterpriseName.Core(q);
        return e => e.CoreName == core ? 0 : -1 - (db.EnterpriseKeys.Where(k => k.EnterpriseId == e.Id && string.Compare(k.Key, from) >= 0 && string.Compare(k.Key, to) < 0).Min(k => (int?)(byte)k.Kind) ?? 9);
    }

    /// <summary>Keys of every kind that begin with the text; the kinds stand first in the index, so they are named one by one.</summary>
    public static IQueryable<EnterpriseKey> KeysOf(this CrmDb db, string q)
    {
        var (from, to) = Range(q);
        return db.EnterpriseKeys.Where(k => new[] { KeyKind.Start, KeyKind.Part, KeyKind.Alias, KeyKind.Pinyin, KeyKind.Initials }.Contains(k.Kind)
            && string.Compare(k.Key, from) >= 0 && string.Compare(k.Key, to) < 0);
    }

    /// <summary>金shan: sounds so, and holds these characters.</summary>
    private static IQueryable<Guid> IdsOf(this CrmDb db, MixedQuery mixed)
    {
        var (from, to) = (mixed.Characters, SearchKeys.UpperBound(mixed.Characters));
        IQueryable<Guid>? ids = null;
        foreach (var (kind, key) in mixed.Keys)
        {
            var end = SearchKeys.UpperBound(key);
            var sounding = db.EnterpriseKeys.Where(k => k.Kind == kind && string.Compare(k.Key, key) >= 0 && string.Compare(k.Key, end) < 0
                && db.EnterpriseKeys.Any(c => c.EnterpriseId == k.EnterpriseId && string.Compare(c.Key, from) >= 0 && string.Compare(c.Key, to) < 0)).Select(k => k.EnterpriseId);
            ids = ids is null ? sounding : ids.Concat(sounding);
        }
        return ids!;
    }

    /// <summary>The keys that begin with the text.</summary>
    public static (string From, string To) Range(string q) => SearchKeys.OfQuery(q) is var from ? (from, SearchKeys.UpperBound(from)) : default;

    // Keys are shorter than a credit code; a whole code means one enterprise.
    private static string? WholeCode(string? q)
        => CreditCode.Normalise(q) is { Length: CreditCode.Length } code && code.All(CreditCode.Alphabet.Contains) && code[2..8].All(char.IsAsciiDigit) ? code : null;
}
