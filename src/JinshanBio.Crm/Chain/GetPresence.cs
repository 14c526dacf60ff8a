using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Chain;

/// <summary>在区经营: whether an enterprise operates here, and what was said of that when and by whom, the newest first.</summary>
[Needs(Permission.EnterprisesRead)]
public sealed record GetPresence(Guid EnterpriseId) : IRequest<PresenceRecord>;

/// <param name="Current">The line that holds; null when it is not recorded as operating here.</param>
public sealed record PresenceRecord(Guid EnterpriseId, PresenceLine? Current, IReadOnlyList<PresenceLine> Lines);

/// <param name="From">When it was recorded.</param>
/// <param name="To">When it was replaced or ended; null while it holds.</param>
/// <param name="AnnualOutput">Yuan.</param>
public sealed record PresenceLine(Guid Id, DateOnly? Since, decimal? AnnualOutput, Guid? ParkId, string? Park, string KnownFrom, DateTime From, string By, DateTime? To, DateOnly? LeftOn, string? WhyLeft);

internal sealed class GetPresenceHandler(CrmDb db) : IRequestHandler<GetPresence, PresenceRecord>
{
    private const int AtMost = 50;

    public async Task<PresenceRecord> Handle(GetPresence request, CancellationToken cancellationToken)
    {
        var enterprise = await db.Enterprises.AsNoTracking().OneAsync(request.EnterpriseId, cancellationToken);
        var english = Text.IsEnglish;
        var lines = await db.Presences.AsNoTracking().Where(p => p.EnterpriseId == enterprise.Id).OrderByDescending(p => p.To).ThenByDescending(p => p.From).Take(AtMost)
            .Select(p => new PresenceLine(p.Id, p.Since, p.AnnualOutput, p.ParkId, db.Parks.Where(x => x.Id == p.ParkId).Select(x => english ? x.NameEn : x.NameZh).FirstOrDefault(), p.Source, p.From,
                db.Users.Where(u => u.Id == p.ById).Select(u => u.DisplayName).FirstOrDefault() ?? "", p.To == ChainMap.Open ? null : p.To, p.LeftOn, p.WhyLeft)).ToListAsync(cancellationToken);
        return new PresenceRecord(enterprise.Id, lines.Find(l => l.To is null), lines);
    }
}
