using System.Text.Json;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Channels;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Domain.FirstTalks;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.Domain.HandOvers;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Reports;
using JinshanBio.Crm.Domain.Searching;
using JinshanBio.Crm.Domain.Stages;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Imports;
using JinshanBio.Crm.Jobs;
using JinshanBio.Crm.Lists;
using JinshanBio.Crm.Reports;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace JinshanBio.Crm.Data;

/// <summary>Tables, columns and indexes: the same on all three databases.</summary>
internal static class Tables
{
    private const int Code = 32, Name = 200, Text = 4000;

    public static void Conventions(ModelConfigurationBuilder conventions, string provider)
    {
        conventions.Properties<DateTime>().HaveConversion<UtcConverter>();
        conventions.Properties<Enum>().HaveConversion<string>().HaveMaxLength(Code);
        conventions.Properties<string>().HaveMaxLength(Name);
        // SQLite has no decimal: hundredths as integers sum, compare and index exactly.
        if (IsSqlite(provider)) conventions.Properties<decimal>().HaveConversion<HundredthsConverter>();
        else conventions.Properties<decimal>().HavePrecision(18, 2);
    }

    public static void Build(ModelBuilder model, string provider)
    {
        model.Entity<Person>(person =>
        {
            person.ToTable("People");
            person.Property(p => p.DisplayName).HasMaxLength(50);
            person.HasMany(p => p.Parks).WithOne().HasForeignKey(p => p.PersonId);
        });
        model.Entity<PersonPark>(park =>
        {
            park.HasKey(p => new { p.PersonId, p.ParkId });
            park.HasOne<Park>().WithMany().HasForeignKey(p => p.ParkId);
        });

        model.Entity<Enterprise>(enterprise =>
        {
            enterprise.Property(e => e.CreditCode).HasMaxLength(18);
            enterprise.Property(e => e.Country).HasMaxLength(2);
            enterprise.Property(e => e.Address).HasMaxLength(500);
            enterprise.HasIndex(e => e.CreditCode).IsUnique();
            enterprise.HasIndex(e => e.CoreName);
            enterprise.HasIndex(e => e.Name);
            enterprise.HasIndex(e => e.CreatedAt);
            enterprise.HasMany(e => e.Keys).WithOne().HasForeignKey(k => k.EnterpriseId);
            enterprise.Property(e => e.ImportId).HasField("_importId");
            enterprise.Property(e => e.DuplicateReason).HasMaxLength(500);
            enterprise.Property(e => e.LeaderFields).HasConversion(new ListConverter<string>(f => f, f => f), new ListComparer<string>());
            enterprise.HasIndex(e => e.CorePinyin);
            enterprise.HasIndex(e => e.ParentId);
            enterprise.HasOne<Enterprise>().WithMany().HasForeignKey(e => e.ParentId).OnDelete(DeleteBehavior.Restrict);
            enterprise.HasOne<Enterprise>().WithMany().HasForeignKey(e => e.MergedIntoId).OnDelete(DeleteBehavior.Restrict);
            enterprise.HasMany(e => e.Aliases).WithOne().HasForeignKey(a => a.EnterpriseId);
            enterprise.HasMany(e => e.Links).WithOne().HasForeignKey(l => l.EnterpriseId);
        });
        model.Entity<EnterpriseKey>(key =>
        {
            key.HasKey(k => new { k.Kind, k.Key, k.EnterpriseId });
            // "Does this enterprise fit?" is asked of the second one, "which do?" of the first.
            key.HasIndex(k => new { k.EnterpriseId, k.Key, k.Kind });
            key.Property(k => k.Kind).HasConversion<byte>();
            key.Property(k => k.Key).HasMaxLength(SearchKeys.Length).UseCollation(Binary(provider));
        });
        model.Entity<EnterpriseAlias>(alias =>
        {
            alias.Property(a => a.Id).ValueGeneratedNever();
            alias.HasIndex(a => a.CoreName);
            alias.HasIndex(a => a.CorePinyin);
            alias.HasIndex(a => a.Name);
        });
        model.Entity<EnterpriseLink>(link =>
        {
            link.HasKey(l => new { l.EnterpriseId, l.Code });
            link.Property(l => l.Code).HasMaxLength(8);
            link.HasIndex(l => l.Code);
        });
        model.Entity<EnterpriseNote>(note =>
        {
            note.Property(n => n.Id).ValueGeneratedNever();
            note.Property(n => n.Text).HasMaxLength(Text);
            note.HasOne<Enterprise>().WithMany().HasForeignKey(n => n.EnterpriseId);
            note.HasIndex(n => new { n.EnterpriseId, n.At });
        });
        model.Entity<EnterpriseMerge>(merge =>
        {
            merge.Property(m => m.Memory).HasConversion(Json<MergeMemory>(), JsonComparer<MergeMemory>()).HasMaxLength(-1);
            merge.HasOne<Enterprise>().WithMany().HasForeignKey(m => m.WinnerId).OnDelete(DeleteBehavior.Restrict);
            merge.HasOne<Enterprise>().WithMany().HasForeignKey(m => m.LoserId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Contact>(contact =>
        {
            contact.Property(c => c.Name).HasMaxLength(100);
            contact.Property(c => c.Title).HasMaxLength(100);
            contact.Property(c => c.Phone).HasMaxLength(40);
            contact.Property(c => c.WeChat).HasMaxLength(100);
            contact.Property(c => c.Note).HasMaxLength(1000);
            contact.Property(c => c.PhoneKey).HasMaxLength(20);
            contact.HasOne<Enterprise>().WithMany().HasForeignKey(c => c.EnterpriseId);
            contact.HasMany(c => c.Keys).WithOne().HasForeignKey(k => k.ContactId);
            contact.HasIndex(c => c.PhoneKey);
            contact.HasIndex(c => c.EmailKey);
        });
        model.Entity<ContactKey>(key =>
        {
            key.HasKey(k => new { k.Key, k.ContactId });
            key.Property(k => k.Key).HasMaxLength(SearchKeys.Length).UseCollation(Binary(provider));
        });

        model.Entity<Lead>(lead =>
        {
            lead.Property(l => l.Number).HasMaxLength(Code);
            lead.Property(l => l.CodeName).HasMaxLength(50).UseCollation(Binary(provider));
            lead.Property(l => l.Field).HasMaxLength(8);
            lead.Property(l => l.Stage).HasMaxLength(8);
            lead.Property(l => l.Note).HasMaxLength(Text);
            lead.Property(l => l.DropReason).HasMaxLength(500);
            lead.Property(l => l.ReserveReason).HasMaxLength(500);
            lead.HasOne(l => l.Enterprise).WithMany().HasForeignKey(l => l.EnterpriseId).OnDelete(DeleteBehavior.Restrict);
            lead.HasOne<Person>().WithMany().HasForeignKey(l => l.OwnerId).OnDelete(DeleteBehavior.Restrict);
            lead.HasMany(l => l.Links).WithOne().HasForeignKey(l => l.LeadId);
            lead.HasMany(l => l.Tags).WithOne().HasForeignKey(t => t.LeadId);
            lead.HasMany(l => l.History).WithOne().HasForeignKey(h => h.LeadId);
            lead.HasIndex(l => l.Number).IsUnique();
            // All that is asked of an enterprise's leads: without it SQLite prefers the index of a status and reads half the table.
            lead.HasIndex(l => new { l.EnterpriseId, l.Status, l.OwnerId });
            lead.HasIndex(l => l.CodeName);
            // What lists filter, then what they sort by, then the tie-breaker: a page is read off the index without sorting.
            lead.HasIndex(l => new { l.Status, l.Id });
            lead.HasIndex(l => new { l.Status, l.Score, l.Id });
            lead.HasIndex(l => new { l.Status, l.WakeOn });
            lead.HasIndex(l => new { l.OwnerId, l.Status, l.Score, l.Id });
            lead.HasIndex(l => new { l.Status, l.NextFollowUpAt, l.Id });
            lead.HasIndex(l => new { l.Status, l.ExpectedInvestment, l.Id });
            lead.HasIndex(l => new { l.Status, l.Field, l.ExpectedInvestment, l.Id });
            lead.HasIndex(l => new { l.OwnerId, l.Status, l.Id });
            lead.HasIndex(l => new { l.OwnerId, l.Status, l.NextFollowUpAt, l.Id });
            lead.HasIndex(l => new { l.OwnerId, l.Status, l.ExpectedInvestment, l.Id });
            lead.HasIndex(l => new { l.OwnerId, l.Status, l.Field, l.ExpectedInvestment, l.Id });
        });
        model.Entity<LeadLink>(link =>
        {
            link.HasKey(l => new { l.LeadId, l.Code });
            link.Property(l => l.Code).HasMaxLength(8);
            link.HasIndex(l => l.Code);
        });

        model.Entity<LeadTag>(tag =>
        {
            tag.HasKey(t => new { t.LeadId, t.Name });
            tag.Property(t => t.Name).HasMaxLength(Tag.Length);
            tag.HasIndex(t => t.Name);
        });

        model.Entity<FirstTalk>(talk =>
        {
            talk.Property(t => t.Field).HasMaxLength(8);
            talk.Property(t => t.Unit).HasMaxLength(Code);
            talk.Property(t => t.OfferedTo).HasMaxLength(Code);
            talk.Property(t => t.Challenger).HasMaxLength(Code);
            talk.Property(t => t.LastHash).HasMaxLength(64);
            talk.HasOne(t => t.Lead).WithMany().HasForeignKey(t => t.LeadId).OnDelete(DeleteBehavior.Restrict);
            talk.HasOne<Enterprise>().WithMany().HasForeignKey(t => t.EnterpriseId).OnDelete(DeleteBehavior.Restrict);
            talk.HasMany(t => t.Ledger).WithOne().HasForeignKey(e => e.FirstTalkId).OnDelete(DeleteBehavior.Restrict);
            // One living right for each intent, also when two units register in the same second.
            talk.HasIndex(t => new { t.EnterpriseId, t.Field }).IsUnique().HasFilter(Quote(provider, "Status IN ('Held', 'Disputed')"));
            talk.HasIndex(t => new { t.Unit, t.Status, t.LastDay, t.Id });
            talk.HasIndex(t => new { t.Status, t.LastDay, t.Id });
            talk.HasIndex(t => new { t.Status, t.AnnounceOn });
            talk.HasIndex(t => t.LeadId);
            talk.HasIndex(t => t.OfferedTo);
            talk.HasIndex(t => t.Challenger);
        });
        model.Entity<FirstTalkEntry>(entry =>
        {
            entry.Property(e => e.Id).ValueGeneratedNever();
            entry.Property(e => e.Unit).HasMaxLength(Code);
            entry.Property(e => e.OtherUnit).HasMaxLength(Code);
            entry.Property(e => e.Text).HasMaxLength(2000);
            entry.Property(e => e.Terms).HasMaxLength(Code);
            entry.Property(e => e.PreviousHash).HasMaxLength(64);
            entry.Property(e => e.Hash).HasMaxLength(64);
            entry.HasIndex(e => new { e.FirstTalkId, e.Number }).IsUnique();
        });

        model.Entity<FollowUp>(followUp =>
        {
            followUp.Property(f => f.Note).HasMaxLength(Text);
            followUp.Property(f => f.Outcome).HasMaxLength(Text);
            followUp.HasOne(f => f.Lead).WithMany().HasForeignKey(f => f.LeadId);
            followUp.HasOne(f => f.Project).WithMany().HasForeignKey(f => f.ProjectId).OnDelete(DeleteBehavior.Restrict);
            followUp.HasOne<Person>().WithMany().HasForeignKey(f => f.OwnerId).OnDelete(DeleteBehavior.Restrict);
            followUp.Property(f => f.CancelReason).HasMaxLength(500);
            followUp.Property(f => f.SupervisionNote).HasMaxLength(500);
            followUp.Property(f => f.Participants).HasConversion(Json<IList<Participant>>(), JsonComparer<IList<Participant>>()).HasMaxLength(Text);
            followUp.OwnsOne(f => f.Recurrence);
            followUp.HasMany(f => f.Snoozes).WithOne().HasForeignKey(s => s.FollowUpId);
            followUp.HasIndex(f => new { f.OwnerId, f.Status, f.DueAt, f.Id });
            followUp.HasIndex(f => new { f.Status, f.DueAt, f.Id });
            followUp.HasIndex(f => new { f.IsSupervised, f.Status, f.DueAt, f.Id });
            followUp.HasIndex(f => new { f.Status, f.Told, f.DueAt, f.Id });
        });

        model.Entity<Project>(project =>
        {
            project.Property(p => p.Number).HasMaxLength(Code);
            project.Property(p => p.CodeName).HasMaxLength(50);
            project.Property(p => p.Field).HasMaxLength(8);
            project.Property(p => p.Stage).HasMaxLength(8);
            project.Property(p => p.StatusReason).HasMaxLength(500);
            project.HasOne(p => p.Enterprise).WithMany().HasForeignKey(p => p.EnterpriseId).OnDelete(DeleteBehavior.Restrict);
            project.HasOne<Lead>().WithMany().HasForeignKey(p => p.LeadId).OnDelete(DeleteBehavior.Restrict);
            project.HasOne<Person>().WithMany().HasForeignKey(p => p.OwnerId).OnDelete(DeleteBehavior.Restrict);
            project.HasMany(p => p.Links).WithOne().HasForeignKey(l => l.ProjectId);
            project.HasMany(p => p.Tags).WithOne().HasForeignKey(t => t.ProjectId);
            project.HasMany(p => p.History).WithOne().HasForeignKey(h => h.ProjectId);
            project.HasMany(p => p.Evidence).WithOne().HasForeignKey(e => e.ProjectId);
            project.HasMany(p => p.Assignments).WithOne(a => a.Project).HasForeignKey(a => a.ProjectId).OnDelete(DeleteBehavior.Restrict);
            project.HasIndex(p => p.Number).IsUnique();
            project.HasIndex(p => p.LeadId).IsUnique();
            project.HasIndex(p => new { p.EnterpriseId, p.OwnerId });
            project.HasIndex(p => new { p.IsClosed, p.Id });
            project.HasIndex(p => new { p.IsClosed, p.Investment, p.Id });
            project.HasIndex(p => new { p.IsClosed, p.Stage, p.Investment, p.Id });
            project.HasIndex(p => new { p.IsClosed, p.Field, p.Investment, p.Id });
            project.HasIndex(p => new { p.OwnerId, p.IsClosed, p.Id });
            project.HasIndex(p => new { p.OwnerId, p.IsClosed, p.Investment, p.Id });
        });
        model.Entity<ProjectLink>(link =>
        {
            link.HasKey(l => new { l.ProjectId, l.Code });
            link.Property(l => l.Code).HasMaxLength(8);
            link.HasIndex(l => l.Code);
        });
        model.Entity<ProjectTag>(tag =>
        {
            tag.HasKey(t => new { t.ProjectId, t.Name });
            tag.Property(t => t.Name).HasMaxLength(Tag.Length);
            tag.HasIndex(t => t.Name);
        });
        model.Entity<ProjectEvidence>(evidence =>
        {
            evidence.HasKey(e => new { e.ProjectId, e.Key });
            evidence.Property(e => e.Stage).HasMaxLength(8);
            evidence.Property(e => e.Key).HasMaxLength(Code);
            evidence.Property(e => e.Value).HasMaxLength(1000);
        });
        model.Entity<StageChange>(change =>
        {
            change.Property(c => c.From).HasMaxLength(8);
            change.Property(c => c.To).HasMaxLength(8);
            change.Property(c => c.Reason).HasMaxLength(500);
            change.HasIndex(c => c.LeadId);
            change.HasIndex(c => c.ProjectId);
        });

        model.Entity<Park>(park =>
        {
            park.Property(p => p.Code).HasMaxLength(Code);
            park.Property(p => p.LayoutSlot).HasMaxLength(Code);
            park.Property(p => p.Roles).HasConversion(new ListConverter<ParkRole>(r => r.ToString(), Enum.Parse<ParkRole>), new ListComparer<ParkRole>());
            park.Property(p => p.Fields).HasConversion(new ListConverter<string>(f => f, f => f), new ListComparer<string>());
            park.HasIndex(p => p.Code).IsUnique();
            park.HasMany(p => p.Spaces).WithOne(s => s.Park).HasForeignKey(s => s.ParkId);
        });
        model.Entity<Space>(space =>
        {
            space.HasIndex(s => new { s.ParkId, s.Name }).IsUnique();
            space.ToTable(table => table.HasCheckConstraint("CK_Spaces_NeverOverbooked",
                Quote(provider, "HeldM2 >= 0 AND OccupiedM2 >= 0 AND HeldM2 + OccupiedM2 <= AreaM2")));
        });
        model.Entity<Assignment>(assignment =>
        {
            assignment.Property(a => a.Reason).HasMaxLength(500);
            assignment.HasOne(a => a.Park).WithMany().HasForeignKey(a => a.ParkId).OnDelete(DeleteBehavior.Restrict);
            assignment.HasOne(a => a.Space).WithMany().HasForeignKey(a => a.SpaceId).OnDelete(DeleteBehavior.Restrict);
            assignment.HasIndex(a => new { a.ParkId, a.Status });
            // A project has one place standing in a park, also when two propose at once.
            assignment.HasIndex(a => new { a.ProjectId, a.ParkId }).IsUnique()
                .HasFilter(Quote(provider, "Status IN ('Proposed', 'Accepted', 'MovedIn')"));
        });

        model.Entity<Snooze>(snooze => snooze.Property(s => s.Reason).HasMaxLength(500));
        model.Entity<OwnerChange>(change =>
        {
            change.Property(c => c.Reason).HasMaxLength(500);
            change.HasOne<Lead>().WithMany().HasForeignKey(c => c.LeadId).OnDelete(DeleteBehavior.Restrict);
            change.HasOne<Project>().WithMany().HasForeignKey(c => c.ProjectId).OnDelete(DeleteBehavior.Restrict);
            change.HasIndex(c => c.LeadId);
            change.HasIndex(c => c.ProjectId);
        });
        model.Entity<PersonChannel>(channel =>
        {
            channel.HasKey(c => new { c.PersonId, c.Kind });
            channel.Property(c => c.ProtectedAddress).HasMaxLength(Text);
            channel.Property(c => c.Topics).HasConversion(new ListConverter<NoticeTopic>(t => t.ToString(), Enum.Parse<NoticeTopic>), new ListComparer<NoticeTopic>());
            channel.HasOne<Person>().WithMany().HasForeignKey(c => c.PersonId);
        });
        model.Entity<NoticeSettings>(settings =>
        {
            settings.HasKey(s => s.PersonId);
            settings.HasOne<Person>().WithOne().HasForeignKey<NoticeSettings>(s => s.PersonId);
        });
        model.Entity<Delivery>(delivery =>
        {
            delivery.Property(d => d.ProtectedAddress).HasMaxLength(Text);
            delivery.Property(d => d.Error).HasMaxLength(500);
            delivery.HasOne(d => d.Notice).WithMany().HasForeignKey(d => d.NoticeId);
            delivery.HasIndex(d => new { d.NoticeId, d.Kind }).IsUnique();
            delivery.HasIndex(d => new { d.Status, d.DueAt, d.Id });
            delivery.HasIndex(d => d.LeasedBy);
        });
        model.Entity<CalendarFeed>(feed =>
        {
            feed.HasKey(f => f.PersonId);
            feed.Property(f => f.TokenHash).HasMaxLength(64);
            feed.HasOne<Person>().WithOne().HasForeignKey<CalendarFeed>(f => f.PersonId);
            feed.HasIndex(f => f.TokenHash).IsUnique();
        });
        model.Entity<Notice>(notice =>
        {
            notice.Property(n => n.Args).HasConversion(Json<IList<string>>(), JsonComparer<IList<string>>()).HasMaxLength(Text);
            notice.HasOne<Person>().WithMany().HasForeignKey(n => n.PersonId);
            notice.HasIndex(n => new { n.PersonId, n.Key }).IsUnique();
            notice.HasIndex(n => new { n.PersonId, n.ReadAt, n.CreatedAt });
        });

        model.Entity<PipelinePeriod>(period =>
        {
            period.Property(p => p.Field).HasMaxLength(8);
            period.Property(p => p.Stage).HasMaxLength(8);
            period.HasIndex(p => new { p.SubjectId, p.To }).IsUnique();
            period.HasIndex(p => new { p.To, p.From, p.IsProject, p.Field, p.Stage, p.IsLive });
            period.HasIndex(p => new { p.OwnerId, p.To });
        });
        model.Entity<PipelinePosting>(posting =>
        {
            posting.Property(p => p.Field).HasMaxLength(8);
            posting.Property(p => p.Stage).HasMaxLength(8);
            posting.HasIndex(p => p.OwnerId);
        });
        model.Entity<PipelineSnapshot>().HasKey(s => new { s.AsOf, s.Key });

        model.Entity<Import>(import =>
        {
            import.Property(i => i.Columns).HasConversion(Json<IReadOnlyList<ImportColumn>>(), JsonComparer<IReadOnlyList<ImportColumn>>()).HasMaxLength(-1);
            import.Property(i => i.OtherSheets).HasConversion(Json<IReadOnlyList<string>>(), JsonComparer<IReadOnlyList<string>>()).HasMaxLength(-1);
            import.Property(i => i.Delimiter).HasMaxLength(1);
            import.HasOne<Person>().WithMany().HasForeignKey(i => i.StartedById).OnDelete(DeleteBehavior.Restrict);
            import.HasIndex(i => new { i.StartedById, i.CreatedAt });
            import.HasIndex(i => i.Status);
        });
        model.Entity<ImportRow>(row =>
        {
            row.HasKey(r => new { r.ImportId, r.Number });
            row.Property(r => r.Cells).HasConversion(Json<IReadOnlyList<string>>(), JsonComparer<IReadOnlyList<string>>()).HasMaxLength(-1);
            row.Property(r => r.ReasonValue).HasMaxLength(500);
            row.Property(r => r.Before).HasMaxLength(-1);
            row.HasOne<Import>().WithMany().HasForeignKey(r => r.ImportId);
            row.HasIndex(r => new { r.ImportId, r.Verdict });
        });
        model.Entity<ImportMapping>(mapping =>
        {
            mapping.Property(m => m.Name).HasMaxLength(100);
            mapping.Property(m => m.Headers).HasMaxLength(64);
            mapping.Property(m => m.Columns).HasConversion(Json<IReadOnlyList<ImportColumn>>(), JsonComparer<IReadOnlyList<ImportColumn>>()).HasMaxLength(-1);
            mapping.HasOne<Person>().WithMany().HasForeignKey(m => m.OwnerId).OnDelete(DeleteBehavior.Restrict);
            mapping.HasIndex(m => new { m.OwnerId, m.Kind, m.Name }).IsUnique();
            mapping.HasIndex(m => m.Headers);
        });

        model.Entity<SavedView>(view =>
        {
            view.Property(v => v.Name).HasMaxLength(SavedView.NameLength);
            view.Property(v => v.Query).HasMaxLength(SavedView.QueryLength);
            view.HasOne<Person>().WithMany().HasForeignKey(v => v.OwnerId);
            view.HasIndex(v => new { v.OwnerId, v.List, v.Name }).IsUnique();
            view.HasIndex(v => new { v.List, v.IsShared });
        });
        model.Entity<ChosenColumns>(chosen =>
        {
            chosen.HasKey(c => new { c.PersonId, c.List });
            chosen.Property(c => c.Columns).HasMaxLength(500);
            chosen.HasOne<Person>().WithMany().HasForeignKey(c => c.PersonId);
        });

        model.Entity<JobRun>(run =>
        {
            run.Property(r => r.Name).HasMaxLength(Code);
            run.Property(r => r.Summary).HasMaxLength(500);
            run.HasIndex(r => new { r.Name, r.ScheduledAt }).IsUnique();
        });
        model.Entity<ReferenceRecord>(record =>
        {
            record.HasKey(r => new { r.Set, r.Code });
            record.Property(r => r.Set).HasMaxLength(Code);
            record.Property(r => r.Code).HasMaxLength(64);
            record.Property(r => r.Data).HasMaxLength(-1);
            record.Property(r => r.SeedHash).HasMaxLength(64);
        });
        model.Entity<NumberSeries>(series =>
        {
            series.HasKey(s => s.Key);
            series.Property(s => s.Key).HasMaxLength(Code);
            series.Property(s => s.Last).IsConcurrencyToken();
        });
        model.Entity<AuditRecord>(record =>
        {
            record.Property(r => r.Subject).HasMaxLength(64);
            record.Property(r => r.Changes).HasMaxLength(-1);
            record.HasIndex(r => new { r.SubjectId, r.At });
            record.HasIndex(r => r.At);
        });
        model.Entity<IdempotentAnswer>(answer =>
        {
            answer.HasKey(a => new { a.PersonId, a.Key });
            answer.Property(a => a.Key).HasMaxLength(100);
            answer.Property(a => a.RequestHash).HasMaxLength(64);
            answer.Property(a => a.Body).HasMaxLength(-1);
        });

        foreach (var entity in model.Model.GetEntityTypes().Where(e => typeof(Entity).IsAssignableFrom(e.ClrType)))
        {
            model.Entity(entity.ClrType).Property(nameof(Entity.Id)).ValueGeneratedNever();
            model.Entity(entity.ClrType).Property(nameof(Entity.Version)).IsConcurrencyToken();
        }
        foreach (var type in (Type[])[typeof(StageChange), typeof(Notice), typeof(PipelinePeriod), typeof(PipelinePosting), typeof(JobRun), typeof(AuditRecord),
            typeof(Snooze), typeof(OwnerChange), typeof(Delivery)])
            model.Entity(type).Property("Id").ValueGeneratedNever();
    }

    private static bool IsSqlite(string provider) => provider.EndsWith("Sqlite", StringComparison.Ordinal);

    /// <summary>Ranges over search keys compare code units, not words of a language.</summary>
    private static string Binary(string provider) => IsSqlite(provider) ? "BINARY"
        : provider.StartsWith("Npgsql", StringComparison.Ordinal) ? "C" : "Latin1_General_100_BIN2";

    private static string Quote(string provider, string sql) => provider.StartsWith("Npgsql", StringComparison.Ordinal)
        ? System.Text.RegularExpressions.Regex.Replace(sql, @"\b(?:\w+M2|Status)\b", "\"$0\"", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)) : sql;

    private static ValueConverter<T, string> Json<T>() => new(v => JsonSerializer.Serialize(v, JsonOptions), v => JsonSerializer.Deserialize<T>(v, JsonOptions)!);

    private static ValueComparer<T> JsonComparer<T>() => new(
        (a, b) => JsonSerializer.Serialize(a, JsonOptions) == JsonSerializer.Serialize(b, JsonOptions),
        v => JsonSerializer.Serialize(v, JsonOptions).GetHashCode(StringComparison.Ordinal), v => v);

    private static readonly JsonSerializerOptions JsonOptions = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private sealed class UtcConverter() : ValueConverter<DateTime, DateTime>(v => v, v => DateTime.SpecifyKind(v, DateTimeKind.Utc));

    private sealed class HundredthsConverter() : ValueConverter<decimal, long>(v => (long)decimal.Round(v * 100m), v => v / 100m);

    private sealed class ListConverter<T>(Func<T, string> write, Func<string, T> read) : ValueConverter<ICollection<T>, string>(
        v => string.Join(',', v.Select(write)),
        v => v.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(read).ToList());

    private sealed class ListComparer<T>() : ValueComparer<ICollection<T>>(
        (a, b) => ReferenceEquals(a, b) || (a != null && b != null && a.SequenceEqual(b)),
        v => v.Aggregate(0, (hash, item) => HashCode.Combine(hash, item)),
        v => v.ToList());
}
