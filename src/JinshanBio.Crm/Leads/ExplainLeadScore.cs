using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Leads;

/// <summary>评分说明: the score of a lead as it is now, with every term, its points and why.</summary>
[Needs(Permission.LeadsRead)]
public sealed record ExplainLeadScore(Guid Id) : IRequest<ExplainedScore>;

/// <param name="Total">0–100.</param>
public sealed record ExplainedScore(int Total, IReadOnlyList<ExplainedPart> Parts);

/// <param name="Name">In the reader's language, as is the sentence of each term.</param>
public sealed record ExplainedPart(string Key, string Name, int Points, int Max, IReadOnlyList<ExplainedTerm> Terms);

public sealed record ExplainedTerm(string Key, int Points, int Max, string Why);

internal sealed class ExplainLeadScoreHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<ExplainLeadScore, ExplainedScore>
{
    public async Task<ExplainedScore> Handle(ExplainLeadScore request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var (since, today) = (now.AddDays(-catalogue.LeadScore.RecentDays), ShanghaiTime.StartOfDayUtc(ShanghaiTime.Day(now)));
        var lead = await db.Leads.AsNoTracking().VisibleTo(actor).Where(l => l.Id == request.Id).Select(l => new
        {
            l.Field, Links = l.Links.Select(x => x.Code).ToList(), l.ExpectedInvestment, l.Stage, l.NextFollowUpAt,
            IsIdentified = l.Enterprise!.CreditCode != null || l.Enterprise.Country != ScoreBook.Home,
            Done = db.FollowUps.Count(f => f.LeadId == l.Id && f.Status == FollowUpStatus.Done && f.DoneAt >= since),
            Overdue = db.FollowUps.Count(f => f.LeadId == l.Id && f.Status == FollowUpStatus.Open && f.DueAt < today),
        }).FirstOrDefaultAsync(cancellationToken) ?? throw new Refusal(RefusalCode.NotFound);
        var landed = await ScoreBook.LandedAsync(db, catalogue, lead.Links, cancellationToken);
        var card = LeadScore.Of(ScoreBook.Facts(catalogue, landed, lead.Field, lead.Links, lead.ExpectedInvestment, lead.Stage, lead.IsIdentified, lead.Done, lead.Overdue,
            lead.NextFollowUpAt is not null), catalogue.LeadScore);
        return new ExplainedScore(card.Total, [.. card.Parts.Select(p => new ExplainedPart(p.Key, Text.Of("score.part." + p.Key), p.Points, p.Max,
            [.. p.Terms.Select(t => new ExplainedTerm(t.Key, t.Points, t.Max, Say(t, lead.Field, lead.Stage)))]))]);
    }

    /// <summary>A term without points says what is missing, where that is another sentence.</summary>
    private string Say(ScoreTerm term, string field, string stage)
    {
        var key = "score.why." + term.Key;
        if (term.Key == "field" && term.Values[0] == 0) return Text.Of("score.why.shared", catalogue.FieldName(field));
        if (term.Key == "field") return Text.Of(key, catalogue.FieldName(field), term.Values[0]);
        if (term.Key == "stage") return Text.Of(key, catalogue.StageName(stage));
        if (term.Values[0] == 0 && Text.Has(key + ".none")) key += ".none";
        return Text.Of(key, [.. term.Values.Cast<object>()]);
    }
}
