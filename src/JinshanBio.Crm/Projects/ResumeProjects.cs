using System.Globalization;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Projects;

/// <summary>恢复提醒: tells the owners of projects on hold whose day has come, once. Whether it goes on is theirs to say.</summary>
[Needs(Permission.JobsManage)]
public sealed record ResumeProjects : IRequest<string>;

internal sealed class ResumeProjectsHandler(CrmDb db, TimeProvider clock) : IRequestHandler<ResumeProjects, string>
{
    public async Task<string> Handle(ResumeProjects request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var today = ShanghaiTime.Day(now);
        var due = await db.Projects.AsNoTracking().In(ProjectStatus.OnHold).Where(p => p.ResumeOn <= today).Select(p => new { p.Id, p.OwnerId, p.Title, p.ResumeOn }).ToListAsync(cancellationToken);
        var told = 0;
        foreach (var project in due)
        {
            var day = project.ResumeOn!.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            var key = $"project-resumes:{project.Id}:{day}";
            if (await db.Notices.AnyAsync(n => n.PersonId == project.OwnerId && n.Key == key, cancellationToken)) continue;
            db.Notices.Add(new Notice(project.OwnerId, NoticeKind.ProjectResumes, key, [project.Title, day], $"/projects/{project.Id}", now));
            told++;
        }
        await db.SaveChangesAsync(cancellationToken);
        return Sentence.Of("job.said.resumed", told);
    }
}
