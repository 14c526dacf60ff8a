using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Domain.Searching;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Data;

/// <summary>Tables of the register of enterprises and their contacts.</summary>
internal static partial class Tables
{
    private static void Enterprises(ModelBuilder model, string provider)
    {
        model.Entity<Enterprise>(enterprise =>
        {
            enterprise.Property(e => e.CreditCode).HasMaxLength(18);
            enterprise.Property(e => e.Country).HasMaxLength(2);
            enterprise.Property(e => e.Address).HasMaxLength(500);
            enterprise.Property(e => e.IndustryCode).HasMaxLength(4);
            enterprise.Property(e => e.Scope).HasMaxLength(IndustryClass.ScopeLength);
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
            // Only those that were merged: an index that says of nearly every row that it was not is one that lists would fall for.
            enterprise.HasIndex(e => e.MergedIntoId).HasFilter(Quote(provider, "MergedIntoId IS NOT NULL"));
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
    }
}
