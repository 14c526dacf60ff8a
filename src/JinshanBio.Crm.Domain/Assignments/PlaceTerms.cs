namespace JinshanBio.Crm.Domain.Assignments;

/// <summary>落位参数: how long a park has to answer, and how long it holds what it accepted.</summary>
/// <param name="RespondWorkdays">Workdays from the day of the proposal within which the park answers.</param>
/// <param name="EscalateWorkdays">Workdays after that day after which the head hears of it.</param>
/// <param name="HoldDays">Days for which an accepted place is held when the manager names no day.</param>
/// <param name="NoticeDays">Days before the end of a reservation or an option on which both sides are told.</param>
public sealed record PlaceTerms(int RespondWorkdays, int EscalateWorkdays, int HoldDays, int NoticeDays);
