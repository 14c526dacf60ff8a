using JinshanBio.Crm.Channels;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Agreements;
using JinshanBio.Crm.Domain.Allocations;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Campaigns;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Domain.Channels;
using JinshanBio.Crm.Domain.Commitments;
using JinshanBio.Crm.Domain.Documents;
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
using JinshanBio.Crm.Domain.Tenants;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Imports;
using JinshanBio.Crm.Jobs;
using JinshanBio.Crm.Lists;
using JinshanBio.Crm.Reports;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Data;

/// <summary>
/// The register on any of the three databases. Saving bumps versions, writes the audit trail, keeps the pipeline's
/// periods and puts notices on their way, all in the one transaction of the save.
/// </summary>
public sealed class CrmDb(DbContextOptions<CrmDb> options, ActorSlot? actor = null, TimeProvider? clock = null, CatalogueSlot? catalogue = null)
    : IdentityDbContext<Person, IdentityRole<Guid>, Guid>(options)
{
    public DbSet<Enterprise> Enterprises => Set<Enterprise>();
    public DbSet<EnterpriseKey> EnterpriseKeys => Set<EnterpriseKey>();
    public DbSet<EnterpriseAlias> EnterpriseAliases => Set<EnterpriseAlias>();
    public DbSet<EnterpriseNote> EnterpriseNotes => Set<EnterpriseNote>();
    public DbSet<EnterpriseMerge> EnterpriseMerges => Set<EnterpriseMerge>();
    public DbSet<Contact> Contacts => Set<Contact>();
    public DbSet<ContactKey> ContactKeys => Set<ContactKey>();
    public DbSet<Lead> Leads => Set<Lead>();
    public DbSet<FirstTalk> FirstTalks => Set<FirstTalk>();
    public DbSet<FirstTalkEntry> FirstTalkEntries => Set<FirstTalkEntry>();
    public DbSet<FollowUp> FollowUps => Set<FollowUp>();
    public DbSet<Project> Projects => Set<Project>();
    public DbSet<StageChange> StageChanges => Set<StageChange>();
    public DbSet<Commitment> Commitments => Set<Commitment>();
    public DbSet<StageProbability> StageProbabilities => Set<StageProbability>();
    public DbSet<Park> Parks => Set<Park>();
    public DbSet<Space> Spaces => Set<Space>();
    public DbSet<SpaceSpan> SpaceSpans => Set<SpaceSpan>();
    public DbSet<SpaceLineage> SpaceLineage => Set<SpaceLineage>();
    public DbSet<Booking> Bookings => Set<Booking>();
    public DbSet<SpaceOption> SpaceOptions => Set<SpaceOption>();
    public DbSet<AllocationPlan> AllocationPlans => Set<AllocationPlan>();
    public DbSet<Assignment> Assignments => Set<Assignment>();
    public DbSet<TenantReport> TenantReports => Set<TenantReport>();
    public DbSet<Campaign> Campaigns => Set<Campaign>();
    public DbSet<LinkEdition> LinkEditions => Set<LinkEdition>();
    public DbSet<EdgeEdition> EdgeEditions => Set<EdgeEdition>();
    public DbSet<LinkPeriod> LinkPeriods => Set<LinkPeriod>();
    public DbSet<Presence> Presences => Set<Presence>();
    public DbSet<MapProposal> MapProposals => Set<MapProposal>();
    public DbSet<MapProposalRow> MapProposalRows => Set<MapProposalRow>();
    public DbSet<Partner> Partners => Set<Partner>();
    public DbSet<LinkProposal> LinkProposals => Set<LinkProposal>();
    public DbSet<LinkMatching> LinkMatchings => Set<LinkMatching>();
    public DbSet<ChainTarget> ChainTargets => Set<ChainTarget>();
    public DbSet<ChainTargetLink> ChainTargetLinks => Set<ChainTargetLink>();
    public DbSet<Offer> Offers => Set<Offer>();
    public DbSet<Introduction> Introductions => Set<Introduction>();
    public DbSet<Review> Reviews => Set<Review>();
    public DbSet<ReviewOpinion> ReviewOpinions => Set<ReviewOpinion>();
    public DbSet<ReviewSheet> ReviewSheets => Set<ReviewSheet>();
    public DbSet<Agreement> Agreements => Set<Agreement>();
    public DbSet<FairCompetition> FairCompetitionReviews => Set<FairCompetition>();
    public DbSet<Document> Documents => Set<Document>();
    public DbSet<ServiceTask> ServiceTasks => Set<ServiceTask>();
    public DbSet<CompanyRequest> CompanyRequests => Set<CompanyRequest>();
    public DbSet<LeavingSignal> LeavingSignals => Set<LeavingSignal>();
    public DbSet<Notice> Notices => Set<Notice>();
    public DbSet<OwnerChange> OwnerChanges => Set<OwnerChange>();
    public DbSet<PersonChannel> PersonChannels => Set<PersonChannel>();
    public DbSet<NoticeSettings> NoticeSettings => Set<NoticeSettings>();
    public DbSet<Delivery> Deliveries => Set<Delivery>();
    public DbSet<CalendarFeed> CalendarFeeds => Set<CalendarFeed>();
    public DbSet<PipelinePeriod> PipelinePeriods => Set<PipelinePeriod>();
    public DbSet<PipelinePosting> PipelinePostings => Set<PipelinePosting>();
    public DbSet<PipelineSnapshot> PipelineSnapshots => Set<PipelineSnapshot>();
    public DbSet<Import> Imports => Set<Import>();
    public DbSet<ImportRow> ImportRows => Set<ImportRow>();
    public DbSet<ImportMapping> ImportMappings => Set<ImportMapping>();
    public DbSet<SavedView> SavedViews => Set<SavedView>();
    public DbSet<ChosenColumns> ChosenColumns => Set<ChosenColumns>();
    public DbSet<JobRun> JobRuns => Set<JobRun>();
    public DbSet<PersonPark> PersonParks => Set<PersonPark>();
    public DbSet<ReferenceRecord> ReferenceRecords => Set<ReferenceRecord>();
    public DbSet<NumberSeries> NumberSeries => Set<NumberSeries>();
    public DbSet<AuditRecord> AuditRecords => Set<AuditRecord>();
    public DbSet<IdempotentAnswer> IdempotentAnswers => Set<IdempotentAnswer>();

    /// <summary>For a save of thousands of new records: inserts them in bulk; versions, audit trail and periods are written as ever.</summary>
    internal bool InsertsInBulk { get; set; }

    /// <summary>Says which version of the record the change was made on; a save on a newer one then fails.</summary>
    public void Expect(Entity entity, int version) => Entry(entity).Property(e => e.Version).OriginalValue = version;

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        ChangeTracker.DetectChanges();
        ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            var now = (clock ?? TimeProvider.System).GetUtcNow().UtcDateTime;
            LedgersOnlyGrow();
            await ScoreBook.RateAsync(this, catalogue?.Loaded, now, cancellationToken);
            await ServiceBook.OpenAsync(this, catalogue?.Loaded, now, cancellationToken);
            BumpVersions();
            await PipelineBook.WriteAsync(this, now, cancellationToken);
            await ChainBook.WriteAsync(this, now, cancellationToken);
            await Outbox.WriteAsync(this, now, cancellationToken);
            AuditTrail.Write(this, actor?.Actor ?? Actor.System, now);
            if (InsertsInBulk) await BulkWriter.InsertAddedAsync(this, cancellationToken);
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        }
        finally
        {
            ChangeTracker.AutoDetectChangesEnabled = true;
        }
    }

    /// <summary>What rows are judged by when a query does so: the stages in force and the time.</summary>
    internal (StageTable? Stages, DateTime Now) Present => (catalogue?.Loaded?.Stages, (clock ?? TimeProvider.System).GetUtcNow().UtcDateTime);

    public override int SaveChanges(bool acceptAllChangesOnSuccess)
        => throw new NotSupportedException("Use SaveChangesAsync: saving also writes the audit trail and the pipeline's periods.");

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
        => Tables.Conventions(configurationBuilder, Database.ProviderName!);

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        Tables.Build(builder, Database.ProviderName!);
    }

    private void LedgersOnlyGrow()
    {
        foreach (var entry in ChangeTracker.Entries().Where(e => e.State is EntityState.Modified or EntityState.Deleted && e.Entity is FirstTalkEntry or StageChange or StatusChange or SupersededEvidence or OpinionAnswer or Fulfilment or Postponement or StageProbability or TenantReport or IntroductionStep))
        {
            // What an import created and takes back goes with its whole history.
            var goesWithItsLead = entry is { State: EntityState.Deleted, Entity: StageChange { LeadId: { } lead } } && Leads.Local.FindEntry(lead)?.State == EntityState.Deleted;
            if (!goesWithItsLead) throw new NotSupportedException($"{entry.Metadata.ClrType.Name} is only added to.");
        }
    }

    private void BumpVersions()
    {
        // A link or a piece of evidence is part of its record: whoever changes one makes a new version of the whole.
        foreach (var part in ChangeTracker.Entries().Where(e => e is
            { State: EntityState.Added or EntityState.Modified or EntityState.Deleted, Entity: LeadLink or LeadTag or ProjectLink or ProjectTag or ProjectEvidence or ProjectFact or EnterpriseLink or EnterpriseAlias or ReviewSheetItem or SpaceSpan or Booking or SpaceOption or CampaignAim or CampaignCost }).ToList())
        {
            Entity? whole = part.Entity switch
            {
                LeadLink link => Leads.Local.FindEntry(link.LeadId)?.Entity,
                LeadTag tag => Leads.Local.FindEntry(tag.LeadId)?.Entity,
                ProjectTag tag => Projects.Local.FindEntry(tag.ProjectId)?.Entity,
                ProjectLink link => Projects.Local.FindEntry(link.ProjectId)?.Entity,
                ProjectFact fact => Projects.Local.FindEntry(fact.ProjectId)?.Entity,
                ProjectEvidence evidence => Projects.Local.FindEntry(evidence.ProjectId)?.Entity,
                EnterpriseLink link => Enterprises.Local.FindEntry(link.EnterpriseId)?.Entity,
                ReviewSheetItem item => ReviewSheets.Local.FindEntry(item.SheetId)?.Entity,
                SpaceSpan span => Spaces.Local.FindEntry(span.SpaceId)?.Entity,
                CampaignAim aim => Campaigns.Local.FindEntry(aim.CampaignId)?.Entity,
                CampaignCost cost => Campaigns.Local.FindEntry(cost.CampaignId)?.Entity,
                SpaceOption option => Assignments.Local.FindEntry(option.AssignmentId)?.Entity,
                Booking booking => Assignments.Local.FindEntry(booking.AssignmentId)?.Entity,
                EnterpriseAlias alias => Enterprises.Local.FindEntry(alias.EnterpriseId)?.Entity,
                _ => null,
            };
            if (whole is not null && Entry(whole).State == EntityState.Unchanged) Entry(whole).Property(e => e.Version).IsModified = true;
        }
        // A new due time is told anew, also when the job told the old one since this was read.
        foreach (var entry in ChangeTracker.Entries<FollowUp>().Where(e => e.State == EntityState.Modified && e.Property(f => f.Round).IsModified))
            entry.Property(f => f.Told).IsModified = true;
        foreach (var entry in ChangeTracker.Entries<Entity>())
        {
            if (entry.State is not (EntityState.Added or EntityState.Modified)) continue;
            var version = entry.Property(e => e.Version);
            version.CurrentValue = entry.State == EntityState.Added ? 1 : version.OriginalValue + 1;
        }
    }
}
