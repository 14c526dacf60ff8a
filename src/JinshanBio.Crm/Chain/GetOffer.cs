using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Chain;

/// <summary>供需详情: one supply or demand with the introductions that the person sees.</summary>
[Needs(Permission.ChainRead)]
public sealed record GetOffer(Guid Id) : IRequest<OfferRecord>;

/// <param name="MayChange">The person may change and close it.</param>
/// <param name="HiddenIntroductions">That the person may not see.</param>
public sealed record OfferRecord(
    Guid Id, OfferRow Offer, string? Note, string? CloseNote, DateTime? ClosedAt, string? ClosedBy, IReadOnlyList<IntroductionRow> Introductions, int HiddenIntroductions, bool MayChange, int Version);

internal sealed class GetOfferHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<GetOffer, OfferRecord>
{
    private const int AtMost = 100;

    public async Task<OfferRecord> Handle(GetOffer request, CancellationToken cancellationToken)
    {
        var one = db.Offers.AsNoTracking().Where(o => o.Id == request.Id);
        var row = await one.ToRows(db, ShanghaiTime.Day(clock.GetUtcNow().UtcDateTime)).FirstOrDefaultAsync(cancellationToken) ?? throw new Refusal(RefusalCode.NotFound);
        var rest = await one.Select(o => new { o.Note, o.CloseNote, o.ClosedAt, o.PostedById, ClosedBy = db.Users.Where(u => u.Id == o.ClosedById).Select(u => u.DisplayName).FirstOrDefault() }).FirstAsync(cancellationToken);
        var introductions = db.Introductions.AsNoTracking().Where(i => i.OfferId == request.Id || i.CounterOfferId == request.Id);
        var all = await introductions.CountAsync(cancellationToken);
        var seen = await introductions.VisibleTo(actor).OrderByDescending(i => i.At).ThenByDescending(i => i.Id).Take(AtMost).ToRows(db).ToListAsync(cancellationToken);
        return new OfferRecord(row.Id, row.Named(catalogue), rest.Note, rest.CloseNote, rest.ClosedAt, rest.ClosedBy, seen, all - seen.Count,
            OfferQueries.MaySpeakFor(actor, row.ParkId, rest.PostedById), row.Version);
    }
}
