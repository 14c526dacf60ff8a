using JinshanBio.Crm.Audit;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Projects;
using Xunit;

namespace JinshanBio.Crm.Tests.Audit;

public sealed class AuditListTests
{
    [OnEveryDatabase]
    public async Task The_trail_says_who_changed_which_field_from_what_to_what(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.ProjectAsync(Finding.CodeNamed);
        await world.As("officer").Send(new SetProjectStatus { Id = id, Status = ProjectStatus.OnHold, Reason = "股权调整", Details = Finding.Pause });

        var row = (await world.As("admin").Send(new ListAudit { SubjectId = id, Size = 1 })).Items[0];
        Assert.Equal(("Project", AuditAction.Changed, "陆知遥", world.Clock.Now), (row.Subject, row.Action, row.ActorName, row.At));
        Assert.Equal([new FieldChange("resumeOn", null, "2027-01-20"), new FieldChange("status", "Active", "OnHold"), new FieldChange("statusReason", null, "股权调整")], row.Changes);
        Assert.Equal((await world.ReadAsync(id)).Version, row.Version);
    }

    [OnEveryDatabase]
    public async Task The_trail_is_filtered_by_subject_person_and_time(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var admin = world.As("admin");
        var officer2 = await world.PersonAsync("officer2");
        var leads = (await admin.Send(new ListAudit { Subject = "Lead", Size = 200 })).Items;
        Assert.All(leads, r => Assert.True(r.Subject == "Lead" || r.Subject.StartsWith("Lead.Link.", StringComparison.Ordinal)));
        Assert.NotEmpty(leads);
        Assert.All((await admin.Send(new ListAudit { Actor = officer2 })).Items, r => Assert.Equal(officer2, r.ActorId));

        var all = await admin.Send(new ListAudit { Size = 200 });
        Assert.Equal(all.Items.OrderByDescending(r => r.At).Select(r => r.At), all.Items.Select(r => r.At));
        var edge = all.Items[100].At;
        var before = (await admin.Send(new ListAudit { To = edge, Size = 1 })).Total;
        var since = (await admin.Send(new ListAudit { From = edge, Size = 1 })).Total;
        Assert.Equal(all.Total, before + since);
        Assert.NotEqual(0, before);
        await world.Malformed(() => admin.Send(new ListAudit { From = new DateTime(1899, 1, 1), Sort = "at" }), "from", "sort");
        await world.NotPermitted(() => new ListAudit(), "officer", "leader", "manager.park");
    }

    [OnEveryDatabase]
    public async Task A_records_history_is_for_those_who_see_the_record_and_the_names_in_it(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.ProjectAsync(Finding.CodeNamed);
        var history = await world.As("officer").Send(new GetHistory { SubjectId = id, Size = 200 });
        Assert.Contains(history.Items, r => r is { Subject: "Project", Action: AuditAction.Created });
        Assert.All(history.Items, r => Assert.Equal(id, r.SubjectId));
        await world.As("leader").Send(new GetHistory { SubjectId = id });

        // The manager sees the project, but the trail holds its name until signing.
        foreach (var other in (string[])["manager.park", "manager.incubator", "officer2"])
            await world.Refused(RefusalCode.NotFound, () => world.As(other).Send(new GetHistory { SubjectId = id }));
        var open = await world.ProjectAsync("伴随诊断试剂生产项目");
        Assert.NotEmpty((await world.As("manager.park").Send(new GetHistory { SubjectId = open })).Items);

        var lead = (await world.As("officer").Send(new Crm.Leads.ListLeads())).Items[0].Id;
        Assert.NotEmpty((await world.As("officer").Send(new GetHistory { SubjectId = lead })).Items);
        await world.Refused(RefusalCode.NotFound, () => world.As("officer2").Send(new GetHistory { SubjectId = lead }));
        var person = await world.PersonAsync("officer");
        await world.Refused(RefusalCode.NotFound, () => world.As("officer").Send(new GetHistory { SubjectId = person }));
    }
}
