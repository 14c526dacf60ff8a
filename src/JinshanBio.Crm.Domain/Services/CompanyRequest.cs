using JinshanBio.Crm.Domain.Projects;

namespace JinshanBio.Crm.Domain.Services;

/// <summary>企业诉求: something that a signed company asks for; answered and settled within workdays that are parameters.</summary>
public sealed class CompanyRequest : Entity
{
    private CompanyRequest() { }

    /// <param name="number">"SQ-2026-00001".</param>
    public CompanyRequest(string number, Guid projectId, RequestTerms terms, Guid ownerId, DateOnly answerBy, DateOnly settleBy, DateTime now, Guid byId)
    {
        (Number, ProjectId, OwnerId, AnswerBy, SettleBy, DueOn) = (number, projectId, ownerId, answerBy, settleBy, answerBy);
        (Text, Category, Channel, ReceivedOn, CreatedAt, CreatedById) = (terms.Text.Trim(), terms.Category, terms.Channel, terms.ReceivedOn, now, byId);
    }

    public string Number { get; private set; } = "";
    public Guid ProjectId { get; private set; }
    public Project? Project { get; private set; }
    public string Text { get; private set; } = "";
    public RequestCategory Category { get; private set; }
    public RequestChannel Channel { get; private set; }
    public DateOnly ReceivedOn { get; private set; }
    public Guid OwnerId { get; private set; }

    /// <summary>Day of the first answer at the latest.</summary>
    public DateOnly AnswerBy { get; private set; }

    /// <summary>Day on which it is settled at the latest.</summary>
    public DateOnly SettleBy { get; private set; }

    /// <summary>Whichever of the two is next; stored, because lists and reminders ask for it.</summary>
    public DateOnly DueOn { get; private set; }
    public RequestState State { get; private set; }
    public DateTime? AnsweredAt { get; private set; }
    public DateTime? SettledAt { get; private set; }
    public Guid? SettledById { get; private set; }
    public RequestResult? Result { get; private set; }
    public Satisfaction? Satisfaction { get; private set; }
    public ICollection<RequestAnswer> Answers { get; } = [];
    public DateTime CreatedAt { get; private set; }
    public Guid CreatedById { get; private set; }

    /// <summary>What has been said about the present day. The job sets it past the aggregate; see RemindOfService.</summary>
    public ServiceTold Told { get; private set; }
    public int Round { get; private set; }

    /// <exception cref="Refusal">CompanyRequestSettled.</exception>
    public void Answer(string text, DateTime now, Guid byId)
    {
        MustBeOpen();
        Answers.Add(new RequestAnswer(Id, text.Trim(), now, byId));
        if (State != RequestState.Received) return;
        (State, AnsweredAt, DueOn, Told, Round) = (RequestState.Answered, now, SettleBy, ServiceTold.Nothing, Round + 1);
    }

    /// <summary>办结: with what came of it, what the company was told, and how content it is.</summary>
    /// <exception cref="Refusal">CompanyRequestSettled.</exception>
    public void Settle(RequestResult result, string text, Satisfaction satisfaction, DateTime now, Guid byId)
    {
        MustBeOpen();
        Answers.Add(new RequestAnswer(Id, text.Trim(), now, byId));
        AnsweredAt ??= now;
        (State, Result, Satisfaction, SettledAt, SettledById) = (RequestState.Settled, result, satisfaction, now, byId);
    }

    /// <exception cref="Refusal">CompanyRequestSettled.</exception>
    public void Assign(Guid ownerId)
    {
        MustBeOpen();
        if (ownerId != OwnerId) HandTo(ownerId);
    }

    /// <summary>交接</summary>
    public void HandTo(Guid ownerId) => (OwnerId, Told, Round) = (ownerId, ServiceTold.Nothing, Round + 1);

    private void MustBeOpen()
    {
        if (State == RequestState.Settled) throw new Refusal(RefusalCode.CompanyRequestSettled, Number);
    }
}

/// <summary>What a company asks for, and how that was received.</summary>
public sealed record RequestTerms(string Text, RequestCategory Category, RequestChannel Channel, DateOnly ReceivedOn);

/// <summary>答复记录: what the company was told, when and by whom.</summary>
public sealed class RequestAnswer(Guid companyRequestId, string text, DateTime at, Guid byId)
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid CompanyRequestId { get; private set; } = companyRequestId;
    public string Text { get; private set; } = text;
    public DateTime At { get; private set; } = at;
    public Guid ById { get; private set; } = byId;
}

/// <summary>诉求类别</summary>
public enum RequestCategory
{
    /// <summary>审批手续</summary>
    Permits,
    /// <summary>用地用房</summary>
    Premises,
    /// <summary>水电气汽</summary>
    Utilities,
    /// <summary>政策兑现</summary>
    Policy,
    /// <summary>融资</summary>
    Finance,
    /// <summary>用工人才</summary>
    Staff,
    /// <summary>市场配套</summary>
    Market,
    /// <summary>其他</summary>
    Other,
}

/// <summary>诉求来源</summary>
public enum RequestChannel
{
    /// <summary>走访</summary>
    Visit,
    /// <summary>电话</summary>
    Call,
    /// <summary>来函</summary>
    Letter,
    /// <summary>平台或热线</summary>
    Platform,
    /// <summary>其他</summary>
    Other,
}

public enum RequestState
{
    /// <summary>待答复</summary>
    Received,
    /// <summary>办理中</summary>
    Answered,
    /// <summary>已办结</summary>
    Settled,
}

/// <summary>办理结果</summary>
public enum RequestResult
{
    /// <summary>已解决</summary>
    Solved,
    /// <summary>部分解决</summary>
    Partly,
    /// <summary>不能解决，已说明</summary>
    Explained,
}

/// <summary>企业评价</summary>
public enum Satisfaction
{
    /// <summary>满意</summary>
    Satisfied,
    /// <summary>一般</summary>
    Fair,
    /// <summary>不满意</summary>
    Dissatisfied,
    /// <summary>未评价</summary>
    NotAsked,
}
