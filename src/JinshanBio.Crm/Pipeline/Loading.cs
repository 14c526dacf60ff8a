using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Pipeline;

/// <summary>Loading the one record a command is about.</summary>
internal static class Loading
{
    /// <exception cref="Refusal">NotFound when it does not exist or the person may not see it.</exception>
    public static async Task<T> OneAsync<T>(this IQueryable<T> visible, Guid id, CancellationToken cancel) where T : Entity
        => await visible.FirstOrDefaultAsync(e => e.Id == id, cancel) ?? throw new Refusal(RefusalCode.NotFound);

    /// <summary>Compares the version the person saw with the present one.</summary>
    /// <exception cref="Refusal">StaleVersion with the changes made since, and by whom.</exception>
    public static async Task ExpectAsync(this CrmDb db, Entity entity, int? version, CancellationToken cancel)
    {
        if (version is not { } seen) return;
        if (seen != entity.Version)
            throw new Refusal(RefusalCode.StaleVersion) { Details = await Audit.ChangesSince.LoadAsync(db, entity.Id, seen, cancel) };
        db.Expect(entity, seen);
    }
}
