using System.Text;
using JinshanBio.Crm.Documents;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Documents;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Services;

namespace JinshanBio.Crm.Data;

internal sealed record DemoPaper(string Project, string By, int Day, DocumentPurpose Purpose, DocumentLabel Label, string FileName, string Text);

internal sealed record DemoAsked(string Project, string By, int Day, RequestCategory Category, RequestChannel Channel, string Text)
{
    public DemoAnswer? Answer { get; init; }
    public DemoAnswer? Settle { get; init; }
}

internal sealed record DemoAnswer(int Day, string Text)
{
    public RequestResult Result { get; init; }
    public Satisfaction Satisfaction { get; init; }
}

internal sealed record DemoSign(string Project, string By, int Day, LeavingSign Sign, string Note);

internal sealed record DemoVisit(string Project, string By, int Day, string Outcome);

/// <summary>The part of the story that tells of papers and of the service after signing.</summary>
internal sealed partial class DemoPlay
{
    private const int DaysLeftOpen = 25;

    public void PrepareService(DemoStory story, FileStore store, CancellationToken cancel)
    {
        foreach (var p in story.Papers)
            On(p.Day, p.By, async () =>
            {
                var number = await NumberAsync("WJ", cancel);
                using var content = new MemoryStream(Encoding.UTF8.GetBytes(p.Text));
                db.Documents.Add(new Document(number, null, Named(p.Project).Id, p.Purpose, p.Label, null, p.FileName, await store.TakeInAsync(content, p.FileName, cancel), clock.Now, _people[p.By].Id));
            });
        foreach (var a in story.Asked) Prepare(a, cancel);
        foreach (var s in story.Signs)
            On(s.Day, s.By, () => db.LeavingSignals.Add(new LeavingSignal(Named(s.Project).Id, s.Sign, s.Note, ShanghaiTime.Day(clock.Now), clock.Now, _people[s.By].Id)));
        foreach (var v in story.Visits)
            On(v.Day, v.By, () =>
            {
                var visit = new FollowUp(null, Named(v.Project).Id, Named(v.Project).OwnerId, FollowUpKind.Visit, clock.Now, null, clock.Now);
                visit.Complete(FollowUpResult.Reached, v.Outcome, clock.Now, _people[v.By].Id);
                db.FollowUps.Add(visit);
            });
    }

    /// <summary>What fell due some weeks ago was done on its day.</summary>
    public async Task CloseServiceAsync(CancellationToken cancel)
    {
        foreach (var task in db.ServiceTasks.Local.Where(t => t.DueOn < today.AddDays(-DaysLeftOpen)).OrderBy(t => t.DueOn).ToList())
        {
            clock.Now = ShanghaiTime.StartOfDayUtc(catalogue.Workdays.IsWorkday(task.DueOn) ? task.DueOn : catalogue.Workdays.Add(task.DueOn, 1)) + UsualDue.ToTimeSpan();
            slot.Actor = _people.Values.First(p => p.Id == task.OwnerId);
            task.Close(true, null, clock.Now, task.OwnerId);
            await db.SaveChangesAsync(cancel);
        }
    }

    private void Prepare(DemoAsked story, CancellationToken cancel)
    {
        CompanyRequest asked = null!;
        On(story.Day, story.By, async () =>
        {
            var (number, received) = (await NumberAsync("SQ", cancel), ShanghaiTime.Day(clock.Now));
            asked = new CompanyRequest(number, Named(story.Project).Id, new RequestTerms(story.Text, story.Category, story.Channel, received), Named(story.Project).OwnerId,
                catalogue.Workdays.Add(received, catalogue.Service.AnswerWorkdays), catalogue.Workdays.Add(received, catalogue.Service.SettleWorkdays), clock.Now, _people[story.By].Id);
            db.CompanyRequests.Add(asked);
        });
        if (story.Answer is { } answer) On(answer.Day, story.By, () => asked.Answer(answer.Text, clock.Now, _people[story.By].Id));
        if (story.Settle is { } settled) On(settled.Day, story.By, () => asked.Settle(settled.Result, settled.Text, settled.Satisfaction, clock.Now, _people[story.By].Id));
    }

    private Project Named(string project) => db.Projects.Local.Single(p => p.Name == project);
}
