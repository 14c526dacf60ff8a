using JinshanBio.Crm.Agreements;
using JinshanBio.Crm.Domain.Agreements;
using JinshanBio.Crm.Commitments;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Commitments;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Domain.FirstTalks;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Reviews;
using JinshanBio.Crm.Domain.Stages;
using JinshanBio.Crm.FirstTalks;
using JinshanBio.Crm.FollowUps;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Notices;
using JinshanBio.Crm.Projects;
using JinshanBio.Crm.Reviews;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Data;

/// <summary>Tells a <see cref="DemoStory"/>: lines its events up by day and lets each happen at its moment, by its person.</summary>
internal sealed partial class DemoPlay(CrmDb db, ActorSlot slot, StoryClock clock, Catalogue catalogue, DemoForms forms, DateOnly today)
{
    private const int FirstDay = -260;
    private const string Head = "leader";
    private static readonly TimeOnly Opening = new(9, 0);
    private static readonly TimeOnly UsualDue = new(9, 30);

    private readonly Dictionary<string, Actor> _people = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Enterprise> _enterprises = new(StringComparer.Ordinal);
    private readonly List<(int Day, string By, Func<Task> Happen)> _events = [];
    private Dictionary<string, Park> _parks = [];

    public async Task HireAsync(DemoStory story, UserManager<Person> users, CancellationToken cancel)
    {
        clock.Now = Moment(FirstDay, Opening);
        _parks = await db.Parks.ToDictionaryAsync(p => p.Code, cancel);
        foreach (var p in story.People)
        {
            var person = new Person { UserName = p.UserName, DisplayName = p.DisplayName, Department = p.Department };
            foreach (var park in p.Parks) person.Parks.Add(new PersonPark(person.Id, _parks[park].Id));
            var result = await users.CreateAsync(person, story.Password);
            if (!result.Succeeded) throw new InvalidOperationException($"{p.UserName} was not created: {string.Join(' ', result.Errors.Select(e => e.Description))}");
            await users.AddToRoleAsync(person, p.Role);
            _people[p.UserName] = ActorDirectory.ToActor(person, [p.Role], catalogue);
        }
    }

    public void Prepare(DemoStory story, CancellationToken cancel)
    {
        foreach (var s in story.Spaces)
        {
            Space space = null!;
            On(s.Day, s.By, () => db.Spaces.Add(space = new Space(_parks[s.Park].Id, s.ToTerms(), ShanghaiTime.Day(clock.Now))));
            if (s.Split is { } split) On(split.Day, s.By, () => db.Spaces.AddRange(space.Split(split.Parts, [], ShanghaiTime.Day(clock.Now), [], ShanghaiTime.Day(clock.Now))));
        }
        foreach (var e in story.Enterprises)
            On(e.Day, e.By, () =>
            {
                _enterprises[e.Key] = new Enterprise(e.Name, e.CreditCode, e.Country, clock.Now, _people[e.By].Id);
                _enterprises[e.Key].Describe(e.Address, e.Kind, e.Country);
                _enterprises[e.Key].Trade(e.Industry, e.Scope);
                _enterprises[e.Key].Classify(e.Size, e.Group, e.LeaderFields.Count > 0, e.LeaderFields);
                _enterprises[e.Key].AlsoCalled(e.Aliases, clock.Now);
                _enterprises[e.Key].WorkIn(e.Links);
                db.Enterprises.Add(_enterprises[e.Key]);
                if (e.Contact is { } contact) db.Contacts.Add(new Contact(_enterprises[e.Key].Id, contact, clock.Now, _people[e.By].Id));
            });
        foreach (var l in story.Leads) Prepare(l, cancel);
    }

    private void Prepare(DemoLead story, CancellationToken cancel)
    {
        Lead lead = null!;
        Project? project = null;
        Assignment place = null!;
        On(story.Day, story.Owner, async () =>
        {
            var owner = _people[story.Owner].Id;
            var terms = new LeadTerms(story.Field, story.Links, story.Source, story.Investment, story.CodeName, story.Note);
            lead = new Lead(await NumberAsync("XS", cancel), _enterprises[story.Enterprise], terms, owner, clock.Now, owner);
            db.Leads.Add(lead);
        });
        foreach (var step in story.Steps)
        {
            var by = step.By ?? story.Owner;
            if (step.Plan is { } kind)
            {
                FollowUp followUp = null!;
                On(step.Day, by, async () =>
                {
                    followUp = new FollowUp(lead.Id, project?.Id, lead.OwnerId, kind, Moment(step.Due, step.At ?? UsualDue), step.Note, clock.Now);
                    followUp.Invite([.. step.With.Select(n => new Participant(_people.Values.FirstOrDefault(p => p.DisplayName == n)?.Id, n))]);
                    followUp.Repeat(step.Repeat, step.Every, null);
                    db.FollowUps.Add(followUp);
                    await NextDue.RefreshAsync(db, followUp, cancel);
                });
                if (step.PutOff is { } off)
                    On(off.Day, by, async () =>
                    {
                        followUp.SnoozeTo(Moment(off.To, step.At ?? UsualDue), off.Reason, clock.Now, _people[by].Id);
                        await NextDue.RefreshAsync(db, followUp, cancel);
                    });
                if (step.Supervised is { } watched)
                    On(watched.Day, watched.By, () =>
                    {
                        followUp.Supervise(watched.Note, clock.Now, _people[watched.By].Id);
                        db.Notices.Add(new Notice(followUp.OwnerId, NoticeKind.FollowUpSupervised, $"follow-up-supervised:{followUp.Id}",
                            [lead.CodeName ?? lead.Enterprise!.Name, _people[watched.By].DisplayName, watched.Note], $"/leads/{lead.Id}", clock.Now));
                    });
                if (step.Done is { } done)
                    On(done, by, async () =>
                    {
                        followUp.Complete(step.Result, step.Outcome!, clock.Now, _people[by].Id);
                        await db.BeatAsync(followUp, clock.Now, _people[by].Id, cancel);
                        await NextDue.RefreshAsync(db, followUp, cancel);
                    });
                continue;
            }
            if (step.Review is { } review) Prepare(review, step.Day, story.Owner, () => project!, cancel);
            if (step.Agreement is { } agreement) Prepare(agreement, step, story.Owner, () => project!, cancel);
            if (step.Promise is { } promise)
            {
                Prepare(promise, step.Day, by, () => project!.Id, cancel);
                continue;
            }
            On(step.Day, by, async () =>
            {
                var (now, me) = (clock.Now, _people[by].Id);
                if (step.Screen is not null) lead.Screen(step.Screen, now, me);
                if (step.Talk is { } talk)
                {
                    lead.Screen(Stage.FirstTalk, now, me);
                    db.FirstTalks.Add(new FirstTalk(lead, _people[by].Unit!, Proof(talk, step), catalogue.FirstTalk, now, me));
                }
                if (step.Dispute is { } dispute)
                    db.FirstTalks.Local.Single(t => t.EnterpriseId == lead.EnterpriseId && t.Field == lead.Field).Dispute(_people[by].Unit!, lead, Proof(dispute, step), now, me);
                if (step.Drop is not null) lead.Drop(step.Drop);
                if (step.Convert is not null) project = await ConvertAsync(lead, story.Enterprise, step.Convert, cancel);
                if (step.Move is not null) await MoveAsync(project!, step, _people[by], cancel);
                if (step.Status is { } status) project!.SetStatus(catalogue.SideStates[status], step.Reason, Told(step.Details), now, me);
                if (step.Propose is not null) place = Propose(project!, step);
                if (step.Accept is not null) Decide(place, p => p.Accept([new Allotment(SpaceIn(p.ParkId, step.Accept), p.AreaM2)], Day(step.Until), Day(step.HoldUntil), ShanghaiTime.Day(now), now, me));
                if (step.Refuse is not null) Decide(place, p => p.Refuse(step.Refuse, now, me));
                if (step.Wait is not null) place.Wait(null, 1, step.Wait, now, me);
                if (step.Lease is { } lease) place.Agree(new LeaseTerms(lease.Number, ShanghaiTime.Day(now), Day(lease.Until), lease.Note), ShanghaiTime.Day(now), now, me);
                if (step.Option is { } option) place.Grant(new Allotment(SpaceIn(place.ParkId, option.Space), option.AreaM2), ShanghaiTime.Day(now), Day(option.Until)!.Value, option.Note, ShanghaiTime.Day(now), now, me);
                if (step.MoveIn) place.MoveIn(ShanghaiTime.Day(now), now);
            });
        }
    }

    /// <summary>As MoveProject does: reviews and agreements speak to the gate, and the agreement follows the move.</summary>
    private async Task MoveAsync(Project project, DemoStep step, Actor by, CancellationToken cancel)
    {
        var from = project.Stage;
        project.MoveTo(step.Move!, catalogue.Stages, step.Evidence, step.Reason, clock.Now, by.Id, await db.GateAsync(project, step.Move!, cancel));
        await db.KeepAgreementAsync(project, from, step.Reason, by, clock.Now, cancel);
    }

    private void Prepare(DemoReview story, int day, string owner, Func<Project> of, CancellationToken cancel)
    {
        Review review = null!;
        On(day, owner, async () =>
        {
            review = new Review(await NumberAsync("PS", cancel), of(), null, new ReviewTerms(story.Committed, null, story.Again), clock.Now, _people[owner].Id);
            foreach (var asked in story.Opinions) review.Ask(asked.Unit, Day(asked.Due)!.Value, clock.Now, _people[owner].Id);
            db.Reviews.Add(review);
            foreach (var opinion in review.Opinions)
                db.Tell(_people.Values.Where(p => p.Unit == opinion.Unit && p.May(Permission.ReviewsAnswer)).Select(p => p.Id), _people[owner], NoticeKind.OpinionAsked, $"opinion-asked:{opinion.Id}", "/reviews",
                    clock.Now, of().Title, review.Number, ReviewSteps.Arg(opinion.DueOn));
        });
        foreach (var answer in story.Opinions.Where(o => o.Day is not null))
        {
            var by = answer.By ?? owner;
            On(answer.Day!.Value, by, () => review.Answer(answer.Unit, new OpinionTerms(answer.Verdict, answer.Conditions, answer.Document, null, answer.By is null), clock.Now, _people[by].Id));
        }
        if (story.Concluded is not { } concluded) return;
        On(concluded, Head, () => review.Conclude(new ReviewConclusion(
            story.Result, story.Minutes!, story.MinutesNumber!, ShanghaiTime.Day(clock.Now), story.Conditions, null), clock.Now, _people[Head].Id));
    }

    private void Prepare(DemoAgreement story, DemoStep step, string owner, Func<Project> of, CancellationToken cancel)
    {
        Agreement agreement = null!;
        On(step.Day, owner, () =>
        {
            var enterprise = of().Enterprise!;
            agreement = new Agreement(of().Id, story.Kind, story.Terms with { InvestorName = enterprise.Name, InvestorCode = enterprise.CreditCode }, clock.Now, _people[owner].Id);
            foreach (var m in story.Measures)
                agreement.Promise(null, new MeasureTerms(m.Kind, m.Document, m.Title, m.Date, m.Amount, m.Amount is null, m.Conditions, m.Unit, null));
            db.Agreements.Add(agreement);
            if (step.Fair is not { } fair) return;
            var review = new FairCompetition(of().Id);
            review.Record(fair.State, fair.Document, ShanghaiTime.Day(clock.Now), fair.By, fair.Basis);
            db.FairCompetitionReviews.Add(review);
        });
        if (story.Signed is not { } signed) return;
        On(signed, owner, async () =>
        {
            var review = db.FairCompetitionReviews.Local.FirstOrDefault(f => f.ProjectId == of().Id);
            agreement.Sign(ShanghaiTime.Day(clock.Now), review, catalogue.MeasureWays, of().IsForeign(), null, clock.Now, _people[owner].Id);
            if (agreement.Counts) await db.CountSignedAsync(of(), cancel);
        });
    }

    private void Prepare(DemoPromise story, int day, string by, Func<Guid> project, CancellationToken cancel)
    {
        Commitment promise = null!;
        On(day, by, () =>
        {
            var terms = new CommitmentTerms(story.Target, Day(day)!.Value, Day(story.Due)!.Value) { What = story.What, Unit = story.Unit, DocumentNumber = story.Document, AgreementNumber = story.Agreement };
            db.Commitments.Add(promise = new Commitment(project(), story.Kind, terms, clock.Now, _people[by].Id));
        });
        if (story.Postponed is { } put) On(put.Day, by, () => promise.Postpone(Day(put.To)!.Value, put.Reason, put.Document, clock.Now, _people[by].Id));
        foreach (var report in story.Reports)
        {
            Fulfilment line = null!;
            On(report.Day, by, () => line = promise.Report(new FulfilmentReport(Day(report.Day)!.Value, report.Value, report.Text, null), clock.Now, _people[by].Id));
            if (report.Verified is { } verified)
                On(verified, Head, async () =>
                {
                    promise.Verify(line.Id, isConfirmed: true, null, clock.Now, _people[Head].Id);
                    await db.ProveAsync(promise, cancel);
                });
        }
    }

    /// <summary>The talk was on the day before it was registered.</summary>
    private TalkProof Proof(TalkEvidence kind, DemoStep step) => new(kind, step.Note!, step.TalkedTo!, clock.Now.AddDays(-1));

    private async Task<Project> ConvertAsync(Lead lead, string enterprise, ProjectTerms terms, CancellationToken cancel)
    {
        var (number, next) = (await NumberAsync("XM", cancel), lead.NextFollowUpAt);
        var project = Project.From(lead, number, terms, clock.Now, lead.OwnerId);
        if (forms.Forms.TryGetValue(enterprise, out var answers)) project.Fill(Told(answers), catalogue.Stages.Form);
        project.PlanNext(next);
        db.Projects.Add(project);
        foreach (var open in db.FollowUps.Local.Where(f => f.LeadId == lead.Id && f.Status == FollowUpStatus.Open)) open.Follow(project.Id);
        return project;
    }

    /// <summary>A day is told as days from today: "start_date": "60".</summary>
    private Dictionary<string, string?> Told(Dictionary<string, string?> answers) => answers.ToDictionary(a => a.Key,
        a => (a.Key.EndsWith("On", StringComparison.Ordinal) || a.Key.EndsWith("_date", StringComparison.Ordinal)) && int.TryParse(a.Value, out var days)
            ? Day(days)!.Value.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) : a.Value, StringComparer.Ordinal);

    private Assignment Propose(Project project, DemoStep step)
    {
        var park = _parks[step.Propose!];
        var space = step.Space is null ? null : SpaceIn(park.Id, step.Space);
        var place = new Assignment(project.Id, park.Id, space?.Id, step.AreaM2, step.StartOn ?? Day(step.Start)!.Value, clock.Now, project.OwnerId)
            .DueBy(catalogue.Workdays.Add(ShanghaiTime.Day(clock.Now), catalogue.Places.RespondWorkdays));
        db.Assignments.Add(place);
        foreach (var manager in _people.Values.Where(p => p.Parks.Contains(park.Id)))
            Tell(manager.Id, NoticeKind.AssignmentProposed, place, "/proposals", project.Title, NoticeText.Both(park.NameZh, park.NameEn), NoticeText.Area(place.AreaM2));
        return place;
    }

    private void Decide(Assignment place, Action<Assignment> decide)
    {
        decide(place);
        var accepted = place.Status == AssignmentStatus.Accepted;
        var home = _parks.Values.First(p => p.Id == place.ParkId);
        var (park, area) = (NoticeText.Both(home.NameZh, home.NameEn), NoticeText.Area(place.AreaM2));
        var project = db.Projects.Local.First(p => p.Id == place.ProjectId);
        var page = $"/projects/{project.Id}";
        if (accepted) Tell(place.ProposedById, NoticeKind.AssignmentAccepted, place, page, project.Title, park, place.Space!.Name, area);
        else Tell(place.ProposedById, NoticeKind.AssignmentRefused, place, page, project.Title, park, place.Reason!);
    }

    /// <summary>News of more than a week ago has been read.</summary>
    private void Tell(Guid personId, NoticeKind kind, Assignment place, string page, params string[] args)
    {
        var notice = new Notice(personId, kind, $"assignment-{place.Status.ToString().ToLowerInvariant()}:{place.Id}", args, page, clock.Now);
        if (ShanghaiTime.Day(clock.Now) < today.AddDays(-7)) notice.MarkRead(clock.Now.AddHours(1));
        db.Notices.Add(notice);
    }

    private Space SpaceIn(Guid parkId, string name) => db.Spaces.Local.First(s => s.ParkId == parkId && s.Name == name);

    private async Task<string> NumberAsync(string prefix, CancellationToken cancel)
    {
        var series = $"{prefix}-{ShanghaiTime.Day(clock.Now).Year}";
        return $"{series}-{await Numbers.TakeAsync(db, series, 1, cancel):D5}";
    }

    public async Task PlayAsync(CancellationToken cancel)
    {
        foreach (var day in _events.OrderBy(e => e.Day).GroupBy(e => Day(e.Day)!.Value))
        {
            foreach (var (i, e) in day.Index())
            {
                clock.Now = Moment(e.Day, Opening.AddMinutes(7 * i));
                slot.Actor = _people[e.By];
                await e.Happen();
                await db.SaveChangesAsync(cancel);
            }
        }
    }

    private void On(int day, string by, Func<Task> happen) => _events.Add((day, by, happen));

    private void On(int day, string by, Action happen) => On(day, by, () => { happen(); return Task.CompletedTask; });

    private DateTime Moment(int day, TimeOnly time) => ShanghaiTime.StartOfDayUtc(Day(day)!.Value) + time.ToTimeSpan();

    /// <summary>The day counted from today, moved away from it to a workday: nobody worked on a Sunday.</summary>
    private DateOnly? Day(int? offset)
    {
        if (offset is not { } days) return null;
        var day = today.AddDays(days);
        while (days != 0 && !catalogue.Workdays.IsWorkday(day)) day = day.AddDays(Math.Sign(days));
        return day;
    }
}

/// <summary>The moment of the event that is being told.</summary>
internal sealed class StoryClock : TimeProvider
{
    public DateTime Now { get; set; }
    public override DateTimeOffset GetUtcNow() => new(Now, TimeSpan.Zero);
}
