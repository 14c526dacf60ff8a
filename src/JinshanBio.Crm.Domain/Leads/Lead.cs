using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Domain.Stages;

namespace JinshanBio.Crm.Domain.Leads;

/// <summary>线索: somebody who may invest. Carries the stages S10–S30 and becomes a project once.</summary>
public sealed class Lead : Entity
{
    private Lead() { }

    public Lead(string number, Enterprise enterprise, LeadTerms terms, Guid ownerId, DateTime now, Guid byId)
    {
        (Number, Enterprise, EnterpriseId, OwnerId, CreatedAt, CreatedById) = (number, enterprise, enterprise.Id, ownerId, now, byId);
        Stage = Stages.Stage.Lead;
        StageSince = now;
        History.Add(new StageChange(null, Stage, now, byId));
        Edit(terms);
    }

    /// <summary>"XS-2026-00001".</summary>
    public string Number { get; private set; } = "";
    public Guid EnterpriseId { get; private set; }
    public Enterprise? Enterprise { get; private set; }

    /// <summary>代号: stands instead of the enterprise's name in lists, exports and notices until signing.</summary>
    public string? CodeName { get; private set; }

    /// <summary>重点领域: MED, MAT, AGR, ENE or CMN.</summary>
    public string Field { get; private set; } = "";
    public ICollection<LeadLink> Links { get; } = [];
    public ICollection<LeadTag> Tags { get; } = [];
    public LeadSource Source { get; private set; }

    /// <summary>来源活动: the fair, visit or campaign that brought it.</summary>
    public string? Event { get; private set; }
    public Confidentiality Confidentiality { get; private set; }

    /// <summary>招商活动 that brought it.</summary>
    public Guid? CampaignId { get; private set; }

    /// <summary>拟投资, CNY yuan.</summary>
    public decimal ExpectedInvestment { get; private set; }
    public string? Note { get; private set; }
    public Guid OwnerId { get; private set; }
    public string Stage { get; private set; } = "";
    public DateTime StageSince { get; private set; }
    public LeadStatus Status { get; private set; }
    public string? DropReason { get; private set; }

    /// <summary>储备: the day on which it is taken up again.</summary>
    public DateOnly? WakeOn { get; private set; }
    public string? ReserveReason { get; private set; }

    /// <summary>评分, 0–100; kept here so that lists sort by it. How it comes about: <see cref="LeadScore"/>.</summary>
    public int Score { get; private set; }

    /// <summary>Due time of the earliest open follow-up, UTC; kept here so that lists sort by it.</summary>
    public DateTime? NextFollowUpAt { get; private set; }
    public Guid? ProjectId { get; private set; }
    public DateTime CreatedAt { get; private set; }
    public Guid CreatedById { get; private set; }
    public Guid? ImportId { get; init; }
    public ICollection<StageChange> History { get; } = [];

    /// <exception cref="Refusal">CodeNameRequired for a confidential lead without one.</exception>
    public void Edit(LeadTerms terms)
    {
        if (terms.Confidentiality == Confidentiality.Confidential && string.IsNullOrWhiteSpace(terms.CodeName))
            throw new Refusal(RefusalCode.CodeNameRequired) { Field = "codeName" };
        (Confidentiality, Event) = (terms.Confidentiality, string.IsNullOrWhiteSpace(terms.Event) ? null : terms.Event.Trim());
        CampaignId = terms.CampaignId;
        (Field, Source, ExpectedInvestment) = (terms.Field, terms.Source, terms.ExpectedInvestment);
        CodeName = string.IsNullOrWhiteSpace(terms.CodeName) ? null : terms.CodeName.Trim();
        Note = string.IsNullOrWhiteSpace(terms.Note) ? null : terms.Note.Trim();
        var wanted = terms.Links.Distinct(StringComparer.Ordinal).ToList();
        foreach (var gone in Links.Where(l => !wanted.Contains(l.Code)).ToList()) Links.Remove(gone);
        foreach (var code in wanted.Except(Links.Select(l => l.Code)).ToList()) Links.Add(new LeadLink(Id, code));
    }

    /// <exception cref="Refusal">LeadAlreadyConverted, LeadDropped.</exception>
    public void Screen(string to, DateTime now, Guid byId)
    {
        MustBeOpen();
        if (to == Stage) throw new Refusal(RefusalCode.StageUnchanged, to) { Field = "to" };
        History.Add(new StageChange(Stage, to, now, byId));
        (Stage, StageSince) = (to, now);
    }

    /// <exception cref="Refusal">TooManyTags.</exception>
    public void Label(string tag)
    {
        tag = Tag.Normalise(tag);
        if (Tags.Any(t => t.Name == tag)) return;
        if (Tags.Count == Tag.Most) throw new Refusal(RefusalCode.TooManyTags, Tag.Most) { Field = "tag" };
        Tags.Add(new LeadTag(Id, tag));
    }

    public void Unlabel(string tag)
    {
        tag = Tag.Normalise(tag);
        if (Tags.FirstOrDefault(t => t.Name == tag) is { } there) Tags.Remove(there);
    }

    public void CreditTo(Guid? campaignId) => CampaignId = campaignId;

    public void HandTo(Guid ownerId) => OwnerId = ownerId;

    /// <summary>Its enterprise was merged into another record, or the merge was undone.</summary>
    public void BelongTo(Enterprise enterprise) => (EnterpriseId, Enterprise) = (enterprise.Id, enterprise);

    /// <summary>Marks the lead as turned into the project. A second conversion is refused.</summary>
    public void ConvertTo(Guid projectId)
    {
        MustBeOpen();
        (ProjectId, Status, NextFollowUpAt) = (projectId, LeadStatus.Converted, null);
    }

    public void Drop(string reason)
    {
        MustBeOpen();
        (Status, DropReason) = (LeadStatus.Dropped, reason.Trim());
    }

    public void Reopen()
    {
        if (Status != LeadStatus.Dropped) return;
        (Status, DropReason) = (LeadStatus.Open, null);
    }

    /// <summary>储备: put aside until a day, with a reason. It takes no steps meanwhile.</summary>
    /// <exception cref="Refusal">LeadAlreadyConverted, LeadDropped, LeadReserved.</exception>
    public void Reserve(DateOnly wakeOn, string reason)
    {
        MustBeOpen();
        (Status, WakeOn, ReserveReason, NextFollowUpAt) = (LeadStatus.Reserved, wakeOn, reason.Trim(), null);
    }

    /// <summary>唤醒. Waking one that is awake changes nothing.</summary>
    public bool Wake()
    {
        if (Status != LeadStatus.Reserved) return false;
        (Status, WakeOn, ReserveReason) = (LeadStatus.Open, null, null);
        return true;
    }

    public void Rate(int score) => Score = score;

    public void PlanNext(DateTime? dueAt) => NextFollowUpAt = dueAt;

    private void MustBeOpen()
    {
        if (Status == LeadStatus.Converted) throw new Refusal(RefusalCode.LeadAlreadyConverted, Number);
        MustBeLive();
    }

    /// <summary>Open, or gone on as a project.</summary>
    /// <exception cref="Refusal">LeadDropped, LeadReserved.</exception>
    public void MustBeLive()
    {
        if (Status == LeadStatus.Dropped) throw new Refusal(RefusalCode.LeadDropped, Number);
        if (Status == LeadStatus.Reserved) throw new Refusal(RefusalCode.LeadReserved, Number);
    }
}

/// <summary>What is said about a lead when it is captured or edited.</summary>
public sealed record LeadTerms(
    string Field, IReadOnlyCollection<string> Links, LeadSource Source, decimal ExpectedInvestment, string? CodeName, string? Note)
{
    public string? Event { get; init; }
    public Guid? CampaignId { get; init; }
    public Confidentiality Confidentiality { get; init; }
}

public sealed class LeadLink(Guid leadId, string code)
{
    public Guid LeadId { get; private set; } = leadId;
    public string Code { get; private set; } = code;
}

public sealed class LeadTag(Guid leadId, string name)
{
    public Guid LeadId { get; private set; } = leadId;
    public string Name { get; private set; } = name;
}

public enum LeadStatus
{
    Open,
    Converted,
    Dropped,
    /// <summary>储备: put aside until a day.</summary>
    Reserved,
}

/// <summary>密级.</summary>
public enum Confidentiality
{
    /// <summary>公开</summary>
    Open,
    /// <summary>内部</summary>
    Internal,
    /// <summary>保密: the real name is for the owner and those with the right to real names only.</summary>
    Confidential,
}

/// <summary>来源渠道.</summary>
public enum LeadSource
{
    /// <summary>以商招商</summary>
    Tenant,
    /// <summary>基金招商</summary>
    Fund,
    /// <summary>中介/券商</summary>
    Broker,
    /// <summary>驻外招商点</summary>
    Outpost,
    /// <summary>展会论坛</summary>
    Event,
    /// <summary>院所高校</summary>
    Academia,
    /// <summary>上级转办</summary>
    Superior,
    /// <summary>主动拜访</summary>
    Visit,
    /// <summary>老客户增资</summary>
    Expansion,
    /// <summary>平台推荐</summary>
    Platform,
}
