using JinshanBio.Crm.Domain.Agreements;
using JinshanBio.Crm.Domain.Allocations;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Domain.Commitments;
using JinshanBio.Crm.Domain.Documents;
using JinshanBio.Crm.Domain.FirstTalks;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Reports;
using JinshanBio.Crm.Domain.Reviews;
using JinshanBio.Crm.Domain.Tenants;
using JinshanBio.Crm.Imports;
using JinshanBio.Crm.Lists;

namespace JinshanBio.Crm.Identity;

/// <summary>
/// Which rows a person may see: one predicate per entity, used by list, record, export, report and reminder alike.
/// A row that is not visible does not exist for the person (404).
/// </summary>
public static class Visibility
{
    public static IQueryable<Lead> VisibleTo(this IQueryable<Lead> leads, Actor actor)
        => actor.May(Permission.EverybodysRows) ? leads : leads.Where(l => l.OwnerId == actor.Id);

    /// <summary>Rights of the own unit, and those it has been offered or disputes; other units' rights are told masked, see GetFirstTalk.</summary>
    public static IQueryable<FirstTalk> VisibleTo(this IQueryable<FirstTalk> talks, Actor actor)
        => actor.May(Permission.EverybodysRows) ? talks
            : talks.Where(t => actor.Unit != null && (t.Unit == actor.Unit || t.OfferedTo == actor.Unit || t.Challenger == actor.Unit) || t.Lead!.OwnerId == actor.Id);

    public static IQueryable<Project> VisibleTo(this IQueryable<Project> projects, Actor actor)
        => actor.May(Permission.EverybodysRows) ? projects
            : actor.Parks.Count == 0 ? projects.Where(p => p.OwnerId == actor.Id)
            : projects.Where(p => p.OwnerId == actor.Id || p.Assignments.Any(a => actor.Parks.Contains(a.ParkId)));

    /// <summary>Those of the projects one sees, and those one is responsible for.</summary>
    public static IQueryable<Commitment> VisibleTo(this IQueryable<Commitment> commitments, Actor actor)
        => actor.May(Permission.EverybodysRows) ? commitments
            : actor.Parks.Count == 0 ? commitments.Where(c => c.Project!.OwnerId == actor.Id || c.ResponsibleId == actor.Id)
            : commitments.Where(c => c.Project!.OwnerId == actor.Id || c.ResponsibleId == actor.Id || c.Project.Assignments.Any(a => actor.Parks.Contains(a.ParkId)));
    /// <summary>附件: those of the leads, projects and spaces that the person sees; what is labelled confidential only with the right to it.</summary>
    public static IQueryable<Document> VisibleTo(this IQueryable<Document> documents, Actor actor)
    {
        if (!actor.May(Permission.DocumentsConfidential)) documents = documents.Where(d => d.Label != DocumentLabel.Confidential);
        if (actor.May(Permission.EverybodysRows)) return documents;
        var leads = actor.May(Permission.LeadsRead);
        var parks = actor.May(Permission.AllParks);
        return documents.Where(d => leads && d.Lead!.OwnerId == actor.Id || d.Project!.OwnerId == actor.Id || d.Project.Assignments.Any(a => actor.Parks.Contains(a.ParkId))
            || d.SpaceId != null && (parks || actor.Parks.Contains(d.Space!.ParkId)));
    }

    /// <summary>服务: the projects whose company the person serves or watches: the own ones, and those with a place in the own parks, held or moved into.</summary>
    public static IQueryable<Project> InCareOf(this IQueryable<Project> projects, Actor actor)
    {
        // What a company asks for tells who it is.
        if (!actor.May(Permission.RealNames)) projects = projects.Where(p => p.Title == p.Name);
        return actor.May(Permission.EverybodysRows) ? projects : projects.Where(p => p.OwnerId == actor.Id
            || p.Assignments.Any(a => actor.Parks.Contains(a.ParkId) && Assignment.Placed.Contains(a.Status)));
    }

    public static IQueryable<FollowUp> VisibleTo(this IQueryable<FollowUp> followUps, Actor actor)
        => actor.May(Permission.EverybodysRows) ? followUps : followUps.Where(f => f.OwnerId == actor.Id);

    public static IQueryable<Park> VisibleTo(this IQueryable<Park> parks, Actor actor)
        => actor.May(Permission.AllParks) ? parks : parks.Where(p => actor.Parks.Contains(p.Id));

    public static IQueryable<Space> VisibleTo(this IQueryable<Space> spaces, Actor actor)
        => actor.May(Permission.AllParks) ? spaces : spaces.Where(s => actor.Parks.Contains(s.ParkId));

    public static IQueryable<Assignment> VisibleTo(this IQueryable<Assignment> assignments, Actor actor)
        => actor.May(Permission.EverybodysRows) ? assignments
            : assignments.Where(a => actor.Parks.Contains(a.ParkId) || a.Project!.OwnerId == actor.Id);

    /// <summary>Of the places that the person sees.</summary>
    public static IQueryable<TenantReport> VisibleTo(this IQueryable<TenantReport> reports, Actor actor)
        => actor.May(Permission.EverybodysRows) ? reports
            : reports.Where(r => actor.Parks.Contains(r.Assignment!.ParkId) || r.Assignment.Project!.OwnerId == actor.Id);

    /// <summary>As their projects are; the departments see what they were asked and not the review.</summary>
    public static IQueryable<Review> VisibleTo(this IQueryable<Review> reviews, Actor actor)
        => actor.May(Permission.EverybodysRows) ? reviews
            : reviews.Where(r => r.Project!.OwnerId == actor.Id || r.Project.Assignments.Any(a => actor.Parks.Contains(a.ParkId)));

    /// <summary>What the person's own department was asked.</summary>
    public static IQueryable<ReviewOpinion> VisibleTo(this IQueryable<ReviewOpinion> opinions, Actor actor)
        => opinions.Where(o => actor.Unit != null && o.Unit == actor.Unit);

    public static IQueryable<Agreement> VisibleTo(this IQueryable<Agreement> agreements, Actor actor)
        => actor.May(Permission.EverybodysRows) ? agreements
            : agreements.Where(a => a.Project!.OwnerId == actor.Id || a.Project.Assignments.Any(x => actor.Parks.Contains(x.ParkId)));

    /// <summary>统筹方案 speak of the projects that their maker saw: everybody's plans for whoever sees every row, else one's own.</summary>
    public static IQueryable<AllocationPlan> VisibleTo(this IQueryable<AllocationPlan> plans, Actor actor)
        => actor.May(Permission.EverybodysRows) ? plans : plans.Where(p => p.MadeById == actor.Id);

    /// <summary>引荐: all for whoever knows the register; else those one made or answers for, and those of which a side stands in the own parks. Posts themselves are known to everybody with ChainRead.</summary>
    public static IQueryable<Introduction> VisibleTo(this IQueryable<Introduction> introductions, Actor actor)
        => actor.May(Permission.EnterprisesRead) ? introductions : introductions.Where(i => i.ById == actor.Id || i.OwnerId == actor.Id
            || i.ParkId != null && actor.Parks.Contains(i.ParkId.Value) || i.Offer!.ParkId != null && actor.Parks.Contains(i.Offer.ParkId.Value));

    public static IQueryable<Notice> VisibleTo(this IQueryable<Notice> notices, Actor actor)
        => notices.Where(n => n.PersonId == actor.Id);

    public static IQueryable<Import> VisibleTo(this IQueryable<Import> imports, Actor actor)
        => actor.May(Permission.EverybodysRows) ? imports : imports.Where(i => i.StartedById == actor.Id);

    public static IQueryable<ImportMapping> VisibleTo(this IQueryable<ImportMapping> mappings, Actor actor)
        => mappings.Where(m => m.OwnerId == actor.Id || m.Shared);

    public static IQueryable<PipelinePeriod> VisibleTo(this IQueryable<PipelinePeriod> periods, Actor actor)
        => actor.May(Permission.EverybodysRows) ? periods : periods.Where(p => p.OwnerId == actor.Id);

    public static IQueryable<PipelinePosting> VisibleTo(this IQueryable<PipelinePosting> postings, Actor actor)
        => actor.May(Permission.EverybodysRows) ? postings : postings.Where(p => p.OwnerId == actor.Id);

    /// <summary>One's own, and what colleagues share.</summary>
    public static IQueryable<SavedView> VisibleTo(this IQueryable<SavedView> views, Actor actor)
        => views.Where(v => v.OwnerId == actor.Id || v.IsShared);
}
