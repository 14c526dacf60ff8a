using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Stages;

namespace JinshanBio.Crm.Domain.Chain;

/// <summary>预计投产日: when a project can be reckoned with, and on whose word.</summary>
public sealed record ExpectedDay(DateOnly On, ExpectedSource Source)
{
    /// <summary>The first of these that lies ahead: what the investor has promised, what the project form plans; else the usual days of the stages that are left.</summary>
    /// <param name="promised">Due day of the promise to produce, if one is open.</param>
    /// <param name="planned">Planned day of production of the project form.</param>
    public static ExpectedDay Of(StageTable stages, Track track, string stage, DateOnly since, DateOnly? promised, DateOnly? planned, DateOnly today)
        => promised >= today ? new(promised.Value, ExpectedSource.Promise)
            : planned >= today ? new(planned.Value, ExpectedSource.Form)
            : new(today.AddDays(DaysLeft(stages, track, stage, since, today)), promised is null && planned is null ? ExpectedSource.Stages : ExpectedSource.StagesPlanPast);

    private static int DaysLeft(StageTable stages, Track track, string stage, DateOnly since, DateOnly today)
    {
        var order = Stage.OrderOf(stage);
        var here = stages.Find(stage)?.TypicalDays ?? 0;
        var ahead = stages.Of(track).Where(s => s.Order > order && s.Order < Stage.InProductionOrder).Sum(s => s.TypicalDays ?? 0);
        return order >= Stage.InProductionOrder ? 0 : Math.Max(0, here - (today.DayNumber - since.DayNumber)) + ahead;
    }
}

/// <summary>On whose word a day is expected.</summary>
public enum ExpectedSource
{
    /// <summary>本次设定: whoever asks has set it.</summary>
    Given,
    /// <summary>承诺</summary>
    Promise,
    /// <summary>项目表</summary>
    Form,
    /// <summary>阶段通常天数</summary>
    Stages,
    /// <summary>阶段通常天数, because the planned day is over.</summary>
    StagesPlanPast,
    /// <summary>即日: nothing is known of a day.</summary>
    Today,
}
