using JinshanBio.Crm.Domain.Reviews;
using JinshanBio.Crm.Reviews;

namespace JinshanBio.Crm.Tests.Reviews;

/// <summary>Steps of a review as the people of the demo world take them. reviewer answers for the environment bureau.</summary>
internal static class ReviewDesk
{
    public const string Planning = "DEP-GHZY", EnvBureau = "DEP-STHJ", SafetyBureau = "DEP-YJJ";

    /// <summary>In talks, owned by officer2, never reviewed.</summary>
    public const string InTalks = "酶法合成工艺研发平台";

    public static async Task<Guid> OpenAsync(this World world, Guid project, params string[] units)
        => await world.As("officer2").Send(new OpenReview { Id = project, CommittedOutput = "年产值 2600 万元", Units = [.. units] });

    public static AnswerOpinion Answer(Guid review, Verdict verdict = Verdict.Agree, string? conditions = null, string? reason = null)
        => new() { Id = review, Verdict = verdict, Conditions = conditions, Reason = reason };

    public static RecordOpinion Letter(Guid review, string unit, Verdict verdict = Verdict.Agree, string? conditions = null, string? reason = null)
        => new() { Id = review, Unit = unit, Verdict = verdict, Conditions = conditions, Reason = reason, DocumentNumber = "来函〔2026〕7 号" };

    public static ConcludeReview Conclusion(Guid review, ReviewStatus result = ReviewStatus.Passed) => new()
    {
        Id = review, Result = result, Minutes = "会议同意", MinutesNumber = "专题会议〔2026〕31 号", MinutesDay = new DateOnly(2026, 11, 20), Conditions = result == ReviewStatus.PassedWithConditions ? "先行落实污水预处理" : null,
    };

    public static SaveReviewSheet Sheet(string title = "准入评审表", Guid? park = null, string? field = null, string from = "2026-01-01", string? until = null) => new()
    {
        Title = title, Document = "试行〔2026〕1 号", ParkId = park, Field = field, ValidFrom = DateOnly.Parse(from, null), ValidUntil = until is null ? null : DateOnly.Parse(until, null),
        Items = [new() { NameZh = "产出强度", NameEn = "Output", Most = 60, Least = 30 }, new() { NameZh = "技术水平", Most = 40 }, new() { IsVeto = true, NameZh = "环保一票否决" }],
    };

    public static Task<ReviewRecord> ReviewAsync(this World world, Guid review, string by = "leader") => world.As(by).Send(new GetReview(review));
}
