namespace JinshanBio.Crm.Domain.Assignments;

/// <summary>The answer the park owes, and the waiting list on which it may put a proposal.</summary>
public sealed partial class Assignment
{
    /// <summary>Last day for an answer of the park; null for a proposal of the time before there was one.</summary>
    public DateOnly? RespondBy { get; private set; }

    /// <summary>What has been said about the answer that is owed. The job sets it past the aggregate; see RemindOfPlaces.</summary>
    public PlaceTold Told { get; private set; }

    /// <summary>候补: order on the list of the park, the smaller the sooner; gaps mean nothing.</summary>
    public int WaitOrder { get; private set; }
    public DateTime? WaitingSince { get; private set; }

    /// <summary>Why a manager gave it another place on the list.</summary>
    public string? OrderReason { get; private set; }

    /// <summary>答复期限: the day by which the park is to answer.</summary>
    public Assignment DueBy(DateOnly day)
    {
        RespondBy = day;
        return this;
    }

    /// <summary>列入候补: nothing fits now; it waits for one space, or for whatever becomes free in the park.</summary>
    /// <param name="order">Behind the last of the list.</param>
    public void Wait(Parks.Space? space, int order, string? note, DateTime now, Guid byId)
    {
        Must(AssignmentStatus.Proposed);
        ProjectMustGoOn();
        if (space is not null && space.ParkId != ParkId) throw new Refusal(RefusalCode.SpaceElsewhere) { Field = "spaceId" };
        (SpaceId, Space, WaitOrder, WaitingSince, Reason) = (space?.Id, space, order, now, string.IsNullOrWhiteSpace(note) ? null : note.Trim());
        (Status, DecidedAt, DecidedById) = (AssignmentStatus.Waiting, now, byId);
    }

    /// <summary>调整顺位: gives those that wait in a park the orders 1, 2, 3 … with this one at its new position.</summary>
    /// <param name="line">All that wait in the park, in their present order.</param>
    /// <param name="position">From 1; behind the last means the last.</param>
    /// <returns>Those that stand elsewhere now.</returns>
    public IReadOnlyList<Assignment> MoveInLine(IReadOnlyList<Assignment> line, int position, string reason)
    {
        Must(AssignmentStatus.Waiting);
        var after = line.Where(a => a != this).ToList();
        after.Insert(Math.Clamp(position - 1, 0, after.Count), this);
        foreach (var (i, place) in after.Index()) place.WaitOrder = i + 1;
        OrderReason = reason.Trim();
        return [.. after.Index().Where(x => line[x.Index] != x.Item).Select(x => x.Item)];
    }

    /// <summary>Whether it would take the area that is free in a space.</summary>
    public bool Fits(Parks.Space space, DateOnly today)
    {
        if (Status != AssignmentStatus.Waiting || space.ParkId != ParkId || (SpaceId is { } only && only != space.Id)) return false;
        var from = From > today ? From : today;
        return from >= space.AvailableFrom && space.LeastFree(from, space.AvailableUntil) >= WantedM2;
    }
}

/// <summary>How far the reminders of an answer that is owed have got; each step is said once.</summary>
public enum PlaceTold
{
    Nothing,
    /// <summary>The managers: it is due.</summary>
    Due,
    /// <summary>The head was told.</summary>
    Escalated,
}
