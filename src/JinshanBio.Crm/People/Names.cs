using JinshanBio.Crm.Data;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.People;

/// <summary>Display names of the people who stand on a record.</summary>
internal static class Names
{
    public static Task<Dictionary<Guid, string>> NamesAsync(this CrmDb db, IEnumerable<Guid> ids, CancellationToken cancel)
    {
        var wanted = ids.Distinct().ToList();
        return db.Users.AsNoTracking().Where(p => wanted.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.DisplayName, cancel);
    }

    /// <summary>Empty for the system itself.</summary>
    public static string Of(this Dictionary<Guid, string> names, Guid id) => names.GetValueOrDefault(id, "");
}
