using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Tenants;

namespace JinshanBio.Crm.Data;

/// <summary>What a manager reported of a tenant on a day, as of that day.</summary>
internal sealed record DemoTenantReport(string Project, string By, int Day, int? Headcount, decimal? Revenue, decimal? Output, ProductStage? Product, decimal? AreaNeedM2, DateOnly? FoundedOn, string? Note);

/// <summary>The part of the story that tells what tenants reported.</summary>
internal sealed partial class DemoPlay
{
    public void PrepareTenants(DemoStory story)
    {
        foreach (var r in story.TenantReports)
            On(r.Day, r.By, () =>
            {
                var project = Named(r.Project);
                var place = db.Assignments.Local.Single(a => a.ProjectId == project.Id && a.Status == AssignmentStatus.MovedIn);
                var (day, known) = (ShanghaiTime.Day(clock.Now), db.TenantReports.Local.Where(t => t.ProjectId == project.Id).ToList());
                db.TenantReports.Add(new TenantReport(place, new TenantTerms(day)
                {
                    Headcount = r.Headcount, Revenue = r.Revenue, Output = r.Output, Product = r.Product, AreaNeedM2 = r.AreaNeedM2, FoundedOn = r.FoundedOn, Note = r.Note,
                }, known.Where(t => t.AsOf == day).MaxBy(t => t.Number), known.Where(t => t.AsOf < day).MaxBy(t => t.AsOf), day, clock.Now, _people[r.By].Id));
            });
    }
}
