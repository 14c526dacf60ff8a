using System.Globalization;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Notices;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Assignments;

/// <summary>候补名单 of a park: who comes first, and who hears of it when area becomes free.</summary>
internal static class WaitingList
{
    /// <summary>In the order of the list, with project and park.</summary>
    public static IQueryable<Assignment> InLine(this IQueryable<Assignment> assignments, Guid parkId)
        => assignments.Include(a => a.Project).Include(a => a.Park).Where(a => a.ParkId == parkId && a.Status == AssignmentStatus.Waiting)
            .OrderBy(a => a.WaitOrder).ThenBy(a => a.WaitingSince).ThenBy(a => a.Id);

    /// <summary>
    /// 递补: after a step gave area back, the first on the list that could take what is free in one of these spaces is told, with the park's managers. Told in the
    /// save that frees the area, so once: whoever loses a race frees nothing and tells nobody.
    /// </summary>
    /// <param name="spaces">Those in which area became free, with their spans.</param>
    public static async Task TellNextInLineAsync(this CrmDb db, Assignment freed, IReadOnlyCollection<Space> spaces, DateTime now, CancellationToken cancel)
    {
        if (spaces.Count == 0) return;
        var today = ShanghaiTime.Day(now);
        var line = await db.Assignments.InLine(freed.ParkId).ToListAsync(cancel);
        var (next, space) = line.Where(a => a.Id != freed.Id).SelectMany(a => spaces.Where(s => a.Fits(s, today)), (a, s) => (a, s)).FirstOrDefault();
        if (next is null) return;

        string[] args = [next.Project!.Title, NoticeText.Both(next.Park!.NameZh, next.Park.NameEn), space.Name, NoticeText.Area(space.LeastFree(next.From > today ? next.From : today, space.AvailableUntil))];
        // One more event of the same stay, such as an option that ends before it, is another version of it.
        var key = string.Create(CultureInfo.InvariantCulture, $"next-in-line:{next.Id}:{freed.Id}:{freed.Version}");
        var managers = await db.ManagersAsync(next.ParkId, cancel);
        Guid[] concerned = [next.ProposedById, next.Project.OwnerId];
        var proposers = await db.Users.Where(p => concerned.Contains(p.Id) && !p.Disabled).Select(p => p.Id).ToListAsync(cancel);
        db.Notices.AddRange(managers.Select(id => new Notice(id, NoticeKind.AssignmentNextInLine, key, args, $"/proposals/{next.Id}", now)));
        db.Notices.AddRange(proposers.Except(managers).Select(id => new Notice(id, NoticeKind.AssignmentNextInLine, key, args, $"/proposals/{next.Id}", now)));
    }

    /// <summary>Tells the proposers of those on the list where they stand now.</summary>
    public static async Task TellPositionsAsync(this CrmDb db, Identity.Actor actor, IReadOnlyList<Assignment> line, IEnumerable<Assignment> told, DateTime now, CancellationToken cancel)
    {
        foreach (var place in told)
        {
            var position = line.Count(a => a.WaitOrder < place.WaitOrder) + 1;
            string[] args = [place.Project!.Title, NoticeText.Both(place.Park!.NameZh, place.Park.NameEn), position.ToString(CultureInfo.InvariantCulture), line.Count.ToString(CultureInfo.InvariantCulture)];
            await db.TellProposerAsync(place, actor, NoticeKind.AssignmentWaiting, string.Create(CultureInfo.InvariantCulture, $"assignment-waiting:{place.Version}"), args, now, cancel);
        }
    }
}
