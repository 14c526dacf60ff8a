using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.People;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Enterprises;

/// <summary>企业时间线: everything that happened with an enterprise, of what the person may see, newest first.</summary>
[Needs(Permission.EnterprisesRead)]
public sealed record GetTimeline : IRequest<Timeline>
{
    public Guid EnterpriseId { get; set; }

    /// <summary>Only what happened before this moment; the next of the page before.</summary>
    public DateTime? Before { get; set; }
    public int Size { get; set; } = 20;
}

/// <param name="Next">Give this as before to read on; null at the end.</param>
public sealed record Timeline(IReadOnlyList<TimelineEntry> Items, DateTime? Next);

/// <summary>One thing that happened.</summary>
/// <param name="Subject">Number of the lead or project, or the name that the event is about.</param>
/// <param name="Path">Page of that record.</param>
/// <param name="Detail">Stage, kind of follow-up or of name: a code or a word of an enumeration.</param>
/// <param name="Text">What was said: outcome, note, reason.</param>
public sealed record TimelineEntry(DateTime At, TimelineKind Kind, string By, string? Subject = null, string? Path = null, string? Detail = null, string? Text = null);

public enum TimelineKind
{
    Registered,
    LeadCaptured,
    LeadScreened,
    LeadDropped,
    ProjectOpened,
    ProjectMoved,
    FollowUpDone,
    Noted,
    ContactAdded,
    Merged,
    MergeUndone,
    AliasAdded,
    Introduced,
    IntroductionRecorded,
}

internal sealed class GetTimelineValidator : AbstractValidator<GetTimeline>
{
    public GetTimelineValidator()
    {
        RuleFor(r => r.Size).InclusiveBetween(1, Paging.MaxSize);
        RuleFor(r => r.Before).PlausibleTime();
    }
}

internal sealed class GetTimelineHandler(CrmDb db, Actor actor) : IRequestHandler<GetTimeline, Timeline>
{
    private readonly List<Happened> _all = [];

    public async Task<Timeline> Handle(GetTimeline request, CancellationToken cancellationToken)
    {
        var enterprise = await db.Enterprises.AsNoTracking().OneAsync(request.EnterpriseId, cancellationToken);
        var (before, most) = (request.Before?.ToUtc() ?? DateTime.MaxValue, request.Size + 1);
        if (actor.May(Permission.LeadsRead)) await LeadsAsync(enterprise.Id, before, most, cancellationToken);
        if (actor.May(Permission.ProjectsRead)) await ProjectsAsync(enterprise.Id, before, most, cancellationToken);
        if (actor.May(Permission.LeadsRead)) await FollowUpsAsync(enterprise.Id, before, most, cancellationToken);
        await OwnAsync(enterprise, before, most, cancellationToken);
        if (actor.May(Permission.ChainRead)) await IntroductionsAsync(enterprise.Id, before, most, cancellationToken);

        var sorted = _all.OrderByDescending(h => h.Entry.At).ThenByDescending(h => h.Entry.Kind).ToList();
        var shown = sorted.Take(request.Size).ToList();
        // What happened in one moment is not torn apart: the next page begins before it.
        if (sorted.Count > shown.Count) shown.AddRange(sorted.Skip(shown.Count).TakeWhile(h => h.Entry.At == shown[^1].Entry.At));
        var names = await db.NamesAsync(shown.Select(h => h.ById), cancellationToken);
        return new Timeline([.. shown.Select(h => h.Entry with { By = names.Of(h.ById) })], sorted.Count > shown.Count ? shown[^1].Entry.At : null);
    }

    private async Task LeadsAsync(Guid id, DateTime before, int most, CancellationToken cancel)
    {
        var leads = Leads(id);
        foreach (var l in await leads.Where(l => l.CreatedAt < before).OrderByDescending(l => l.CreatedAt).Take(most).Select(l => new { l.Id, l.Number, l.CreatedAt, l.CreatedById, l.Field }).ToListAsync(cancel))
            Add(l.CreatedById, new(l.CreatedAt, TimelineKind.LeadCaptured, "", l.Number, $"/leads/{l.Id}", l.Field));
        var moves = db.StageChanges.Where(c => c.From != null && c.At < before).Join(leads, c => c.LeadId, l => l.Id, (c, l) => new { c.At, c.ById, c.To, c.Reason, l.Id, l.Number });
        foreach (var m in await moves.OrderByDescending(m => m.At).Take(most).ToListAsync(cancel))
            Add(m.ById, new(m.At, TimelineKind.LeadScreened, "", m.Number, $"/leads/{m.Id}", m.To, m.Reason));
        // When a lead was dropped stands in the trail only.
        var drops = db.AuditRecords.Where(r => r.Subject == nameof(Lead) && r.At < before && r.Changes.Contains("\"Dropped\"]")).Join(leads, r => r.SubjectId, l => l.Id, (r, l) => new { r.At, r.ActorId, l.Id, l.Number, l.DropReason });
        foreach (var d in await drops.OrderByDescending(d => d.At).Take(most).ToListAsync(cancel))
            Add(d.ActorId, new(d.At, TimelineKind.LeadDropped, "", d.Number, $"/leads/{d.Id}", null, d.DropReason));
    }

    private async Task ProjectsAsync(Guid id, DateTime before, int most, CancellationToken cancel)
    {
        var projects = Projects(id);
        foreach (var p in await projects.Where(p => p.CreatedAt < before).OrderByDescending(p => p.CreatedAt).Take(most).Select(p => new { p.Id, p.Number, p.Title, p.CreatedAt, p.CreatedById }).ToListAsync(cancel))
            Add(p.CreatedById, new(p.CreatedAt, TimelineKind.ProjectOpened, "", p.Number, $"/projects/{p.Id}", null, p.Title));
        var moves = db.StageChanges.Where(c => c.From != null && c.CorrectsId == null && c.At < before).Join(projects, c => c.ProjectId, p => p.Id, (c, p) => new { c.At, c.ById, c.To, c.Reason, p.Id, p.Number });
        foreach (var m in await moves.OrderByDescending(m => m.At).Take(most).ToListAsync(cancel))
            Add(m.ById, new(m.At, TimelineKind.ProjectMoved, "", m.Number, $"/projects/{m.Id}", m.To, m.Reason));
    }

    private async Task FollowUpsAsync(Guid id, DateTime before, int most, CancellationToken cancel)
    {
        var (leads, projects) = (Leads(id), Projects(id));
        var done = db.FollowUps.AsNoTracking().VisibleTo(actor).Where(f => f.Status == FollowUpStatus.Done && f.DoneAt < before);
        // What was promised for the lead and went on with its project is told once, of the lead.
        var ofLeads = done.Join(leads, f => f.LeadId, l => l.Id, (f, l) => new { f.DoneAt, f.DoneById, f.Kind, f.Outcome, l.Id, l.Number });
        foreach (var f in await ofLeads.OrderByDescending(f => f.DoneAt).Take(most).ToListAsync(cancel))
            Add(f.DoneById, new(f.DoneAt!.Value, TimelineKind.FollowUpDone, "", f.Number, $"/leads/{f.Id}", f.Kind.ToString(), f.Outcome));
        if (!actor.May(Permission.ProjectsRead)) return;
        var ofProjects = done.Where(f => f.LeadId == null).Join(projects, f => f.ProjectId, p => p.Id, (f, p) => new { f.DoneAt, f.DoneById, f.Kind, f.Outcome, p.Id, p.Number });
        foreach (var f in await ofProjects.OrderByDescending(f => f.DoneAt).Take(most).ToListAsync(cancel))
            Add(f.DoneById, new(f.DoneAt!.Value, TimelineKind.FollowUpDone, "", f.Number, $"/projects/{f.Id}", f.Kind.ToString(), f.Outcome));
    }

    private async Task OwnAsync(Enterprise enterprise, DateTime before, int most, CancellationToken cancel)
    {
        var id = enterprise.Id;
        if (enterprise.CreatedAt < before) Add(enterprise.CreatedById, new(enterprise.CreatedAt, TimelineKind.Registered, "", Text: enterprise.DuplicateReason));
        foreach (var n in await db.EnterpriseNotes.AsNoTracking().Where(n => n.EnterpriseId == id && n.At < before).OrderByDescending(n => n.At).Take(most).ToListAsync(cancel))
            Add(n.ById, new(n.At, TimelineKind.Noted, "", Text: n.Text));
        foreach (var c in await db.Contacts.AsNoTracking().Where(c => c.EnterpriseId == id && c.CreatedAt < before).OrderByDescending(c => c.CreatedAt).Take(most).ToListAsync(cancel))
            Add(c.CreatedById, new(c.CreatedAt, TimelineKind.ContactAdded, "", ContactRecord.Of(c, actor).Name, null, null, c.Title));
        foreach (var a in await db.EnterpriseAliases.AsNoTracking().Where(a => a.EnterpriseId == id && a.At < before).OrderByDescending(a => a.At).Take(most).ToListAsync(cancel))
            Add(null, new(a.At, TimelineKind.AliasAdded, "", a.Name, null, a.Kind.ToString()));
        var merges = db.EnterpriseMerges.AsNoTracking().Where(m => (m.WinnerId == id || m.LoserId == id) && m.At < before)
            .Join(db.Enterprises, m => m.WinnerId == id ? m.LoserId : m.WinnerId, e => e.Id, (m, e) => new { m.At, m.ById, m.UndoneAt, m.UndoneById, OtherId = e.Id, Other = e.Name });
        foreach (var m in await merges.OrderByDescending(m => m.UndoneAt ?? m.At).Take(most).ToListAsync(cancel))
        {
            Add(m.ById, new(m.At, TimelineKind.Merged, "", m.Other));
            if (m.UndoneAt < before) Add(m.UndoneById, new(m.UndoneAt.Value, TimelineKind.MergeUndone, "", m.Other, $"/enterprises/{m.OtherId}"));
        }
    }

    private async Task IntroductionsAsync(Guid id, DateTime before, int most, CancellationToken cancel)
    {
        var introductions = db.Introductions.AsNoTracking().VisibleTo(actor).Where(i => i.EnterpriseId == id || i.Offer!.EnterpriseId == id)
            .Select(i => new { i.Id, i.OfferId, i.At, i.ById, i.Note, Other = i.EnterpriseId == id ? i.Offer!.Enterprise!.Name : i.Enterprise!.Name });
        foreach (var i in await introductions.Where(i => i.At < before).OrderByDescending(i => i.At).Take(most).ToListAsync(cancel))
            Add(i.ById, new(i.At, TimelineKind.Introduced, "", i.Other, $"/chain/offers/{i.OfferId}", null, i.Note));
        var steps = db.Set<IntroductionStep>().Where(s => s.At < before).Join(introductions, s => s.IntroductionId, i => i.Id, (s, i) => new { s.At, s.ById, s.State, s.Note, i.OfferId, i.Other });
        foreach (var s in await steps.OrderByDescending(s => s.At).Take(most).ToListAsync(cancel))
            Add(s.ById, new(s.At, TimelineKind.IntroductionRecorded, "", s.Other, $"/chain/offers/{s.OfferId}", s.State.ToString(), s.Note));
    }

    private IQueryable<Lead> Leads(Guid id) => db.Leads.AsNoTracking().VisibleTo(actor).NamedFor(actor).Where(l => l.EnterpriseId == id);

    private IQueryable<Project> Projects(Guid id) => db.Projects.AsNoTracking().VisibleTo(actor).NamedFor(actor).Where(p => p.EnterpriseId == id);

    private void Add(Guid? byId, TimelineEntry entry) => _all.Add(new Happened(byId ?? Guid.Empty, entry));

    private sealed record Happened(Guid ById, TimelineEntry Entry);
}
