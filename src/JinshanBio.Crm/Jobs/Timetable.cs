using JinshanBio.Crm.Agreements;
using JinshanBio.Crm.Assignments;
using JinshanBio.Crm.Chain;
using JinshanBio.Crm.Commitments;
using JinshanBio.Crm.Documents;
using JinshanBio.Crm.FirstTalks;
using JinshanBio.Crm.FollowUps;
using JinshanBio.Crm.Leads;
using JinshanBio.Crm.Projects;
using JinshanBio.Crm.Reports;
using JinshanBio.Crm.Reviews;
using JinshanBio.Crm.Services;
using JinshanBio.Crm.Tenants;
using MediatR;

namespace JinshanBio.Crm.Jobs;

/// <summary>Every piece of work that happens by itself: a name, when (Asia/Shanghai), and the request that is sent as the system.</summary>
public static class Timetable
{
    public static readonly IReadOnlyList<TimetableEntry> Entries =
    [
        // Every five minutes: follow-ups that are soon due, have fallen due or are so late that the head must hear of it.
        new("reminders", "*/5 * * * *", _ => new SendReminders()),
        // At 08:30: what waits for each person today; nothing on a day off.
        new("digests", "30 8 * * *", _ => new SendDigests()),
        // The first run after midnight writes the pipeline as of 00:00; the others find it there and keep the running sum short.
        new("pipeline-roll-up", "10 * * * *", now => new RollUpPipeline { AsOf = now }),
        // At the start of each day: reservations and options whose last day is over become free again, and the next on the list is told.
        new("lapsed-holds", "20 0 * * *", _ => new LapseHolds()),
        // On workdays at 08:38: answers that parks owe, and reservations and options that will soon end.
        new("place-reminders", "38 8 * * *", _ => new RemindOfPlaces()),
        // At the start of each day: leads in reserve whose day has come are taken up again.
        new("wake-leads", "30 0 * * *", _ => new WakeLeads()),
        // At the start of each day: owners of projects on hold hear that the day to resume has come.
        new("resume-projects", "35 0 * * *", _ => new ResumeProjects()),
        // Every night: what only time changes in the scores of leads.
        new("lead-scores", "40 2 * * *", _ => new RefreshLeadScores()),
        // At the start of each day: rights of first talk that will end are announced, those whose last day is over end.
        new("first-talks", "25 0 * * *", _ => new LapseFirstTalks()),
        // At 08:40: departments whose opinion is overdue are reminded, then their heads told; scoring sheets that have expired are announced.
        new("reviews", "40 8 * * *", _ => new RemindReviews()),
        // At 08:35: promises that are soon due, have become overdue or are so late that the leaders must hear of it.
        new("commitments", "35 8 * * *", _ => new WarnOfCommitments()),
        // On the first of each month: how likely each stage leads to production, from the district's own history.
        new("probabilities", "50 2 1 * *", _ => new EstimateProbabilities()),
        // Every night: bytes of documents that were removed long ago, or that no row names.
        new("documents", "50 2 * * *", _ => new TidyDocuments()),
        // At the start of each day: steps of the service for projects that were signed without them.
        new("service-steps", "35 0 * * *", _ => new OpenServiceSteps()),
        // On workdays at 08:45: steps and requests whose day has come, and those so late that the head must hear of it.
        new("service-reminders", "45 8 * * *", _ => new RemindOfService()),
        // Every night: projects that were signed before agreements were kept get theirs from the evidence of their signing.
        new("agreements", "10 3 * * *", _ => new RecordMissingAgreements()),
        // Every night: enterprises that are new or changed are matched to the links of the chain, for a person to confirm.
        new("link-matches", "20 3 * * *", _ => new MatchChangedLinks()),
        // At 08:20: managers hear which tenants come near graduation, may graduate or have stayed too long; each is told once.
        new("graduations", "20 8 * * *", _ => new TellOfGraduations()),
        // At 08:36: posts of supply and demand whose last day is over are closed; introductions whose day has come are announced.
        new("offers", "36 8 * * *", _ => new TidyOffers()),
    ];

    public static TimetableEntry? Find(string name) => Entries.FirstOrDefault(e => e.Name == name);
}

/// <param name="Name">Name in the address of the API and in the ledger of runs.</param>
/// <param name="Cron">Five fields of unix cron, in Asia/Shanghai time.</param>
/// <param name="Request">The request for a run scheduled at this time (UTC); it answers what it did, in a few words.</param>
public sealed record TimetableEntry(string Name, string Cron, Func<DateTime, IRequest<string>> Request);
