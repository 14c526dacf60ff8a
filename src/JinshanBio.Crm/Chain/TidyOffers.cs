using System.Globalization;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Notices;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace JinshanBio.Crm.Chain;

/// <summary>
/// 供需日常: closes posts whose last day is over, and reminds whoever answers for an introduction that its day has come, once for each day that was set; where a
/// follow-up stands for it, that reminds.
/// </summary>
[Needs(Permission.JobsManage)]
public sealed record TidyOffers : IRequest<string>;

internal sealed class TidyOffersHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock, ILogger<TidyOffersHandler> log) : IRequestHandler<TidyOffers, string>
{
    private const int Batch = 200;
    private readonly TellOnce _once = new(db, log);

    public async Task<string> Handle(TidyOffers request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var today = ShanghaiTime.Day(now);
        var lapsed = await LapseAsync(today, now, cancellationToken);
        var told = catalogue.Workdays.IsWorkday(today) ? await RemindAsync(today, now, cancellationToken) : 0;
        return Sentence.Of("job.said.offers", lapsed, told, _once.Failed);
    }

    private async Task<int> LapseAsync(DateOnly today, DateTime now, CancellationToken cancel)
    {
        for (var lapsed = 0; ;)
        {
            var offers = await db.Offers.Where(o => o.Status == OfferStatus.Open && o.ValidUntil < today).OrderBy(o => o.Id).Take(Batch).ToListAsync(cancel);
            foreach (var offer in offers) offer.Close(OfferClosing.Lapsed, null, now, actor.Id);
            await db.SaveChangesAsync(cancel);
            db.ChangeTracker.Clear();
            lapsed += offers.Count;
            if (offers.Count < Batch) return lapsed;
        }
    }

    private Task<int> RemindAsync(DateOnly today, DateTime now, CancellationToken cancel)
    {
        var due = db.Introductions.Where(i => i.NextOn <= today && i.RoundTold < i.Round && !db.FollowUps.Any(f => f.Id == i.FollowUpId && f.Status == FollowUpStatus.Open));
        return _once.TellAsync((failed, most) => due.AsNoTracking().Where(i => !failed.Contains(i.Id)).OrderBy(i => i.NextOn).ThenBy(i => i.Id).Take(most)
                .Select(i => new IntroductionDue(i.Id, i.Round, i.OwnerId, i.OfferId, i.Offer!.Number, i.Offer.Enterprise!.Name, i.Enterprise!.Name, i.NextOn!.Value)).ToListAsync(cancel),
            row => row.Id, ids => due.Where(i => ids.Contains(i.Id)).ExecuteUpdateAsync(i => i.SetProperty(x => x.RoundTold, x => x.Round), cancel), row => [row.Notice(now)], cancel);
    }

    private sealed record IntroductionDue(Guid Id, int Round, Guid OwnerId, Guid OfferId, string Number, string Enterprise, string Other, DateOnly On)
    {
        public Notice Notice(DateTime now) => new(OwnerId, NoticeKind.IntroductionDue, string.Create(CultureInfo.InvariantCulture, $"introduction-due:{Id}:{Round}"),
            [Number, Enterprise, Other, On.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)], $"/chain/offers/{OfferId}", now);
    }
}
