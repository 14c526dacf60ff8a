using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Agreements;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Domain.Channels;
using JinshanBio.Crm.Domain.Commitments;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Domain.FirstTalks;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.Domain.HandOvers;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Reports;
using JinshanBio.Crm.Domain.Reviews;
using JinshanBio.Crm.Domain.Services;
using JinshanBio.Crm.Domain.Stages;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Imports;
using JinshanBio.Crm.Jobs;
using JinshanBio.Crm.Lists;
using JinshanBio.Crm.Reports;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace JinshanBio.Crm.Data;

/// <summary>Turns what is about to be saved into audit records in the same transaction.</summary>
internal static class AuditTrail
{
    /// <summary>Derived or already a record of its own: auditing these would only repeat what the trail says.</summary>
    private static readonly HashSet<Type> Unaudited =
    [
        typeof(FirstTalk), typeof(FirstTalkEntry), typeof(AuditRecord), typeof(EnterpriseKey), typeof(ContactKey), typeof(StageChange), typeof(StatusChange), typeof(SupersededEvidence), typeof(PipelinePeriod), typeof(PipelinePosting), typeof(PipelineSnapshot),
        typeof(ImportRow), typeof(JobRun), typeof(Notice), typeof(NumberSeries), typeof(IdempotentAnswer), typeof(ReferenceRecord), typeof(ChosenColumns),
        typeof(Delivery), typeof(OwnerChange), typeof(Snooze), typeof(Fulfilment), typeof(Postponement), typeof(StageProbability), typeof(RequestAnswer), typeof(SpaceSpan), typeof(SpaceLineage),
        typeof(LinkEdition), typeof(EdgeEdition), typeof(LinkPeriod), typeof(MapProposalRow),
        typeof(LinkProposal), typeof(LinkMatching), typeof(ChainTargetLink),
        typeof(LinkEdition), typeof(EdgeEdition), typeof(LinkPeriod), typeof(IntroductionStep),
    ];

    private static readonly HashSet<string> Secret = ["PasswordHash", "SecurityStamp", "ConcurrencyStamp", "Email", "NormalizedEmail", "PhoneNumber", "ProtectedAddress", "TokenHash"];

    /// <summary>Personal data of a contact: shown to those who may see contacts in full, and removed when the contact is erased.</summary>
    internal static readonly HashSet<string> Personal = ["Name", "Title", "Phone", "Email", "WeChat", "Note"];

    private static readonly HashSet<string> Derived = ["Version", "Score", "CoreName", "CorePinyin", "PhoneKey", "EmailKey", "Memory", "AccessFailedCount", "Told", "ToldHoldUntil", "ToldEnding", "Round", "RoundTold", "IntroductionCount", "ChangedAt", "Done", "IsClosed", "StatusDetails", "Steps", "NumberKey", "Entries", "BehindOn", "IsWaiting", "Outcome"];

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All), Converters = { new JsonStringEnumConverter() } };

    public static void Write(CrmDb db, Actor actor, DateTime now)
    {
        var versions = db.ChangeTracker.Entries<Entity>().ToDictionary(e => e.Entity.Id, e => e.Entity.Version);
        var records = db.ChangeTracker.Entries()
            .Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted && !Unaudited.Contains(e.Metadata.ClrType))
            .Select(e => Describe(e, actor.Id, now, versions)).OfType<AuditRecord>().ToList();
        db.AuditRecords.AddRange(records);
    }

    private static AuditRecord? Describe(EntityEntry entry, Guid actorId, DateTime now, Dictionary<Guid, int> versions)
    {
        var changes = new Dictionary<string, object?[]>(StringComparer.Ordinal);
        // Which role or park was given stands only in the key.
        var isRight = entry.Entity is PersonPark or IdentityUserRole<Guid>;
        foreach (var property in entry.Properties.Concat(entry.ComplexProperties.SelectMany(c => c.Properties)))
        {
            var name = property.Metadata.Name;
            if (Derived.Contains(name) || (property.Metadata.IsPrimaryKey() && !isRight)) continue;
            var (old, now2) = entry.State switch
            {
                EntityState.Added => (null, property.CurrentValue),
                EntityState.Deleted => (property.OriginalValue, null),
                _ => (property.OriginalValue, property.CurrentValue),
            };
            if (entry.State == EntityState.Modified ? !property.IsModified || Equals(old, now2) : old is null && now2 is null) continue;
            // An erased contact leaves that there was one, not who it was.
            var isHidden = entry.Entity is Contact ? entry.State == EntityState.Deleted && Personal.Contains(name) : Secret.Contains(name);
            changes[name] = isHidden ? ["***", "***"] : [old, now2];
        }
        if (changes.Count == 0 && entry.State == EntityState.Modified) return null;

        var (subject, id) = Owner(entry);
        return new AuditRecord
        {
            At = now,
            ActorId = actorId,
            Subject = subject,
            SubjectId = id,
            SubjectVersion = versions.GetValueOrDefault(id),
            Action = entry.State switch { EntityState.Added => AuditAction.Created, EntityState.Deleted => AuditAction.Deleted, _ => AuditAction.Changed },
            Changes = JsonSerializer.Serialize(changes, Json),
        };
    }

    /// <summary>Parts of a record stand in the trail of the record they belong to.</summary>
    private static (string Subject, Guid Id) Owner(EntityEntry entry) => entry.Entity switch
    {
        EnterpriseLink link => ("Enterprise.Link." + link.Code, link.EnterpriseId),
        EnterpriseAlias alias => ("Enterprise.Alias", alias.EnterpriseId),
        Partner partner => ("Enterprise.Partner", partner.LeaderId),
        EnterpriseNote note => ("Enterprise.Note", note.EnterpriseId),
        LeadLink link => ("Lead.Link." + link.Code, link.LeadId),
        LeadTag tag => ("Lead.Tag." + tag.Name, tag.LeadId),
        ProjectTag tag => ("Project.Tag." + tag.Name, tag.ProjectId),
        ProjectLink link => ("Project.Link." + link.Code, link.ProjectId),
        ProjectFact fact => ("Project.Fact." + fact.Key, fact.ProjectId),
        ProjectEvidence evidence => ("Project.Evidence." + evidence.Key, evidence.ProjectId),
        ReviewOpinion opinion => ("Review.Opinion." + opinion.Unit, opinion.ReviewId),
        OpinionAnswer answer => ("ReviewOpinion.Answer", answer.OpinionId),
        ReviewMark mark => ("Review.Mark." + mark.Order.ToString(System.Globalization.CultureInfo.InvariantCulture), mark.ReviewId),
        ReviewSheetItem item => ("ReviewSheet.Item." + item.Order.ToString(System.Globalization.CultureInfo.InvariantCulture), item.SheetId),
        PromisedMeasure measure => ("Agreement.Measure." + measure.Kind, measure.AgreementId),
        SpaceOption option => ("Assignment.Option", option.AssignmentId),
        Booking booking => ("Assignment.Booking", booking.AssignmentId),
        PersonPark park => ("Person.Park", park.PersonId),
        IdentityUserRole<Guid> role => ("Person.Role", role.UserId),
        _ => (entry.Metadata.ClrType.Name.Split('`')[0], entry.Metadata.FindPrimaryKey()!.Properties
            .Select(p => entry.Property(p.Name).CurrentValue).OfType<Guid>().FirstOrDefault()),
    };
}
