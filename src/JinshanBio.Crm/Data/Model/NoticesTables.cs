using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Channels;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Identity;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Data;

/// <summary>Tables of notices, channels and calendars.</summary>
internal static partial class Tables
{
    private static void Notices(ModelBuilder model)
    {
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
    }
}
