using JinshanBio.Crm.Domain.Services;
using Xunit;
using static JinshanBio.Crm.Domain.Tests.Story;

namespace JinshanBio.Crm.Domain.Tests.Services;

public sealed class ServiceTests
{
    private static readonly DateOnly Day = new(2026, 12, 1);

    [Fact]
    public void A_step_is_closed_once_and_what_is_not_needed_says_why()
    {
        var task = Task();
        Assert.Equal(RefusalCode.ReasonRequired, Refused(() => task.Close(false, " ", Now, Officer)));
        task.Close(false, "没有危化品", Now, Officer);
        Assert.Equal((ServiceTaskState.NotNeeded, "没有危化品"), (task.State, task.Note));
        Assert.Equal(RefusalCode.ServiceTaskClosed, Refused(() => task.Close(true, null, Now, Officer)));
        Assert.Equal(RefusalCode.ServiceTaskClosed, Refused(() => task.Plan(Officer, Day)));
        task.Reopen();
        Assert.Equal((ServiceTaskState.Open, (DateTime?)null), (task.State, task.ClosedAt));
    }

    [Fact]
    public void A_new_day_or_person_is_reminded_anew_and_the_same_ones_are_not()
    {
        var task = Task();
        task.Plan(Officer, Day);
        Assert.Equal(0, task.Round);
        task.Plan(Officer, Day.AddDays(1));
        task.Plan(Manager, Day.AddDays(1));
        Assert.Equal((2, ServiceTold.Nothing), (task.Round, task.Told));
    }

    [Fact]
    public void A_request_is_due_for_its_first_answer_then_for_its_settlement()
    {
        var asked = Asked();
        Assert.Equal((RequestState.Received, Day), (asked.State, asked.DueOn));
        asked.Answer(" 已转办 ", Now, Officer);
        asked.Answer("还在办", Now, Officer);
        Assert.Equal((RequestState.Answered, Day.AddDays(20), 1, 2), (asked.State, asked.DueOn, asked.Round, asked.Answers.Count));
        asked.Settle(RequestResult.Partly, "先解决一半", Satisfaction.Fair, Now, Officer);
        Assert.Equal((RequestState.Settled, RequestResult.Partly, 3), (asked.State, asked.Result!.Value, asked.Answers.Count));
        Assert.Equal(RefusalCode.CompanyRequestSettled, Refused(() => asked.Answer("晚了", Now, Officer)));
        Assert.Equal(RefusalCode.CompanyRequestSettled, Refused(() => asked.Assign(Manager)));
    }

    [Fact]
    public void Settling_at_once_is_the_first_answer_too()
    {
        var asked = Asked();
        asked.Settle(RequestResult.Solved, "当场解决", Satisfaction.Satisfied, Now, Officer);
        Assert.Equal(Now, asked.AnsweredAt);
    }

    [Fact]
    public void A_warning_sign_is_closed_once_with_a_reason()
    {
        var signal = new LeavingSignal(Guid.CreateVersion7(), LeavingSign.Arrears, " 欠租两月 ", Day, Now, Manager);
        Assert.True(signal.IsStanding);
        signal.Close(" 已补缴 ", Now, Officer);
        Assert.Equal((false, "已补缴", "欠租两月"), (signal.IsStanding, signal.CloseReason, signal.Note));
        Assert.Equal(RefusalCode.LeavingSignalClosed, Refused(() => signal.Close("再次", Now, Officer)));
    }

    private static ServiceTask Task() => new(Guid.CreateVersion7(), "SV-01", "税务登记", ServicePhase.Registration, null, Officer, Day, Now, Officer);

    private static CompanyRequest Asked()
        => new("SQ-2026-00001", Guid.CreateVersion7(), new RequestTerms("缺电", RequestCategory.Utilities, RequestChannel.Call, Day.AddDays(-3)), Officer, Day, Day.AddDays(20), Now, Officer);
}
