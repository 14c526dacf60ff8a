using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Chain;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Chain;

/// <summary>闭环台账: the gaps at the beginning and at the end of some time, and whom each figure between them counts. Over the whole district.</summary>
internal sealed class LoopBook
{
    public required ChainGround Then { get; init; }
    public required ChainGround Now { get; init; }
    public required Coverage CoverageThen { get; init; }
    public required Coverage CoverageNow { get; init; }

    /// <summary>The links that are reckoned: those of the field, on either map.</summary>
    public required IReadOnlySet<string> Links { get; init; }

    /// <summary>Ids of leads made of targets, of leads, and of projects, with the links of each.</summary>
    public required IReadOnlyDictionary<LoopFigure, ILookup<string, Guid>> Figures { get; init; }
    public required IReadOnlyList<GapStep> Steps { get; init; }

    /// <summary>Each counted once, however many links it has.</summary>
    public int Count(LoopFigure figure) => Figures[figure].SelectMany(g => g).Distinct().Count();

    public int Count(LoopFigure figure, string link) => Figures[figure][link].Count();

    public static async Task<LoopBook> LoadAsync(CrmDb db, Catalogue catalogue, LoopTime time, string? field, CancellationToken cancel)
    {
        var then = await ChainGround.LoadAsync(db, catalogue, time.Begin, cancel);
        var now = await ChainGround.LoadAsync(db, catalogue, time.End, cancel);
        var links = then.Map.Links.Concat(now.Map.Links).Where(l => field is null || l.IsIn(field)).Select(l => l.Code).ToHashSet(StringComparer.Ordinal);

        var targets = await db.ChainTargets.AsNoTracking().Where(t => t.LeadId != null && t.ChosenAt >= time.Begin && t.ChosenAt <= time.End)
            .Join(db.Set<ChainTargetLink>(), t => t.Id, l => l.TargetId, (t, l) => new { Id = t.LeadId!.Value, Code = l.Link }).ToListAsync(cancel);
        var leads = await db.Leads.AsNoTracking().Where(l => l.CreatedAt >= time.Begin && l.CreatedAt <= time.End).Join(db.Set<Domain.Leads.LeadLink>(), l => l.Id, x => x.LeadId, (l, x) => new { l.Id, x.Code }).ToListAsync(cancel);
        var projects = await db.Projects.AsNoTracking().Where(p => p.CreatedAt >= time.Begin && p.CreatedAt <= time.End).Join(db.Set<Domain.Projects.ProjectLink>(), p => p.Id, x => x.ProjectId, (p, x) => new { p.Id, x.Code }).ToListAsync(cancel);
        var landedThen = Landed(then).Select(s => s.ProjectId!.Value).ToHashSet();
        var landed = Landed(now).Where(s => !landedThen.Contains(s.ProjectId!.Value)).SelectMany(s => s.Links.Select(l => new { Id = s.ProjectId!.Value, Code = l }));

        ILookup<string, Guid> ByLink(IEnumerable<(string Code, Guid Id)> rows) => rows.Where(r => links.Contains(r.Code)).Distinct().ToLookup(r => r.Code, r => r.Id, StringComparer.Ordinal);
        return new LoopBook
        {
            Then = then, Now = now, Links = links, CoverageThen = then.Coverage(), CoverageNow = now.Coverage(),
            Figures = new Dictionary<LoopFigure, ILookup<string, Guid>>
            {
                [LoopFigure.Targets] = ByLink(targets.Select(t => (t.Code, t.Id))),
                [LoopFigure.Leads] = ByLink(leads.Select(t => (t.Code, t.Id))),
                [LoopFigure.Projects] = ByLink(projects.Select(t => (t.Code, t.Id))),
                [LoopFigure.Landed] = ByLink(landed.Select(t => (t.Code, t.Id))),
            },
            Steps = GapBridge.Of(new ChainState(then.Map, then.Subjects), new ChainState(now.Map, now.Subjects), catalogue.Coverage, links),
        };
    }

    private static IEnumerable<ChainSubject> Landed(ChainGround ground) => ground.Subjects.Where(s => s is { ProjectId: not null, Phase: not SupplyPhase.Pipeline });
}

/// <summary>From the first moment of a day in Shanghai to the end of another, or to now. UTC, both inclusive.</summary>
internal sealed record LoopTime(DateOnly From, DateOnly Until, DateTime Begin, DateTime End)
{
    /// <summary>The year so far, where nothing is said.</summary>
    public static LoopTime Of(DateOnly? from, DateOnly? until, DateTime now)
    {
        var today = ShanghaiTime.Day(now);
        var last = until is { } given && given < today ? given : today;
        var first = from ?? new DateOnly(last.Year, 1, 1);
        var end = last == today ? now : ShanghaiTime.StartOfDayUtc(last.AddDays(1)).AddMilliseconds(-1);
        return new LoopTime(first, last, ShanghaiTime.StartOfDayUtc(first), end);
    }
}

/// <summary>What the loop counts between the gap before and the gap after.</summary>
public enum LoopFigure
{
    /// <summary>目标企业: leads made of targets that the gaps suggested.</summary>
    Targets,
    /// <summary>线索</summary>
    Leads,
    /// <summary>项目</summary>
    Projects,
    /// <summary>落地</summary>
    Landed,
}
