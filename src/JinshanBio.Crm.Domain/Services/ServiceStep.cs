using JinshanBio.Crm.Domain.Stages;

namespace JinshanBio.Crm.Domain.Services;

/// <summary>服务清单: a step that companies on some tracks usually need. Reference data, see seeds/reference/service-steps.json.</summary>
/// <param name="After">Code of the stage whose entering makes it due: "S60" is the signing.</param>
/// <param name="DueDays">Days after entering that stage.</param>
/// <param name="ByPark">The manager of the park answers for it where the project has a place; else, and without a place, the owner of the project.</param>
/// <param name="Unit">Code of the department that is responsible for the matter, or null.</param>
public sealed record ServiceStep(string Code, string NameZh, string NameEn, ServicePhase Phase, IReadOnlySet<Track> Tracks, string After, int DueDays, bool ByPark, string? Unit);

/// <summary>服务时限: workdays within which a request is first answered and settled, days after which a company should have been visited, workdays of delay after which the head hears of it.</summary>
public sealed record ServiceTerms(int AnswerWorkdays, int SettleWorkdays, int VisitDays, int EscalateWorkdays);
