using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.FollowUps;
using JinshanBio.Crm.HandOvers;
using JinshanBio.Crm.Identity;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Leads;

/// <summary>线索详情: one lead with its history and follow-ups.</summary>
[Needs(Permission.LeadsRead)]
public sealed record GetLead(Guid Id) : IRequest<LeadRecord>;

/// <summary>A lead as a person may see it. Money in yuan, times UTC.</summary>
public sealed record LeadRecord
{
    public Guid Id { get; init; }
    public required string Number { get; init; }
    public int Version { get; init; }
    public Guid EnterpriseId { get; init; }
    public required string EnterpriseName { get; init; }
    public string? CreditCode { get; init; }
    public string? CodeName { get; init; }
    public required string Field { get; init; }
    public IReadOnlyList<string> Links { get; init; } = [];
    public LeadSource Source { get; init; }
    public decimal ExpectedInvestment { get; init; }
    public string? Note { get; init; }
    public Guid OwnerId { get; init; }
    public required string OwnerName { get; init; }
    public required string Stage { get; init; }
    public DateTime StageSince { get; init; }
    public LeadStatus Status { get; init; }
    public string? DropReason { get; init; }
    public DateOnly? WakeOn { get; init; }
    public string? ReserveReason { get; init; }
    public string? Event { get; init; }
    public Guid? CampaignId { get; init; }
    public string? CampaignName { get; init; }
    public Confidentiality Confidentiality { get; init; }

    /// <summary>0–100; the terms stand in ExplainLeadScore.</summary>
    public int Score { get; init; }
    public DateTime? NextFollowUp { get; init; }
    public Guid? ProjectId { get; init; }
    public DateTime CreatedAt { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];
    public IReadOnlyList<StageMove> History { get; init; } = [];
    public IReadOnlyList<FollowUpLine> FollowUps { get; init; } = [];
    public IReadOnlyList<OwnerMove> OwnerMoves { get; init; } = [];

    /// <summary>The code name where there is one, else the enterprise's name.</summary>
    public string Title => CodeName ?? EnterpriseName;
}

/// <summary>One move through the stages.</summary>
public sealed record StageMove(string? From, string To, DateTime At, string By, string? Reason);

/// <summary>A follow-up on a record's page.</summary>
public sealed record FollowUpLine(
    Guid Id, FollowUpKind Kind, DateTime DueAt, string? Note, FollowUpStatus Status, string? Outcome, DateTime? DoneAt, string Owner)
{
    public FollowUpResult? Result { get; init; }
    public string? CancelReason { get; init; }
    public bool IsSupervised { get; init; }
    public string? SupervisionNote { get; init; }
    public int SnoozeCount { get; init; }
    public bool Repeats { get; init; }
}

internal sealed class GetLeadHandler(CrmDb db, Actor actor) : IRequestHandler<GetLead, LeadRecord>
{
    public async Task<LeadRecord> Handle(GetLead request, CancellationToken cancellationToken)
    {
        // The real name of a confidential lead is for its owner and for those with the right to real names.
        var mayKnow = actor.May(Permission.RealNames);
        var lead = await db.Leads.AsNoTracking().VisibleTo(actor).Where(l => l.Id == request.Id)
            .Select(l => new LeadRecord
            {
                Id = l.Id, Number = l.Number, Version = l.Version, EnterpriseId = l.EnterpriseId,
                EnterpriseName = mayKnow || l.OwnerId == actor.Id || l.Confidentiality != Confidentiality.Confidential ? l.Enterprise!.Name : l.CodeName!,
                CreditCode = mayKnow || l.OwnerId == actor.Id || l.Confidentiality != Confidentiality.Confidential ? l.Enterprise!.CreditCode : null, CodeName = l.CodeName, Field = l.Field, Links = l.Links.OrderBy(x => x.Code).Select(x => x.Code).ToList(),
                Tags = l.Tags.OrderBy(t => t.Name).Select(t => t.Name).ToList(), Source = l.Source, ExpectedInvestment = l.ExpectedInvestment, Note = l.Note, OwnerId = l.OwnerId,
                OwnerName = db.Users.Where(p => p.Id == l.OwnerId).Select(p => p.DisplayName).First(),
                Stage = l.Stage, StageSince = l.StageSince, Status = l.Status, DropReason = l.DropReason,
                WakeOn = l.WakeOn, ReserveReason = l.ReserveReason, Event = l.Event, CampaignId = l.CampaignId, CampaignName = db.Campaigns.Where(c => c.Id == l.CampaignId).Select(c => c.Name).FirstOrDefault(), Confidentiality = l.Confidentiality, Score = l.Score, NextFollowUp = l.NextFollowUpAt,
                ProjectId = l.ProjectId, CreatedAt = l.CreatedAt,
                History = l.History.OrderBy(h => h.At).ThenBy(h => h.Id)
                    .Select(h => new StageMove(h.From, h.To, h.At, db.Users.Where(p => p.Id == h.ById).Select(p => p.DisplayName).FirstOrDefault() ?? "", h.Reason)).ToList(),
            })
            .AsSplitQuery().FirstOrDefaultAsync(cancellationToken) ?? throw new Refusal(RefusalCode.NotFound);
        return lead with
        {
            FollowUps = await db.LinesAsync(db.FollowUps.Where(f => f.LeadId == lead.Id), cancellationToken),
            OwnerMoves = await db.OwnerMovesAsync(lead.Id, null, cancellationToken),
        };
    }
}
