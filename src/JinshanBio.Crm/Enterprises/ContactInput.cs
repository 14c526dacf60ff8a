using FluentValidation;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Texts;

namespace JinshanBio.Crm.Enterprises;

/// <summary>What a person says about a contact.</summary>
public record ContactInput
{
    public string Name { get; set; } = "";

    /// <summary>职务.</summary>
    public string? Title { get; set; }
    public string? Phone { get; set; }
    public string? Email { get; set; }
    public string? WeChat { get; set; }
    public string? Note { get; set; }

    /// <summary>The first one to call; there is one.</summary>
    public bool IsPrimary { get; set; }

    internal bool IsEmpty => string.IsNullOrWhiteSpace(Name + Title + Phone + Email + WeChat + Note);

    internal ContactTerms ToTerms() => new(Name, Title, Phone, Email, WeChat, Note, IsPrimary);
}

internal sealed class ContactInputValidator : AbstractValidator<ContactInput>
{
    public ContactInputValidator()
    {
        RuleFor(r => r.Name).NotEmpty().MaximumLength(100).Must(n => n is null || !n.Any(char.IsControl)).WithMessage(_ => Text.Of("validation.oneLine"));
        RuleFor(r => r.Title).OneLine(100);
        RuleFor(r => r.Phone).OneLine(40).Must(p => string.IsNullOrWhiteSpace(p) || ContactSearch.Phone(p) is { Length: >= 5 }).WithMessage(_ => Text.Of("validation.phone"));
        RuleFor(r => r.Email).OneLine(200).Must(e => string.IsNullOrWhiteSpace(e) || (e.Trim() is var address && !address.Contains(' ', StringComparison.Ordinal)
            && address.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at == address.LastIndexOf('@') && at < address.Length - 1)).WithMessage(_ => Text.Of("validation.email"));
        RuleFor(r => r.WeChat).OneLine(100);
        RuleFor(r => r.Note).MaximumLength(1000);
    }
}

/// <summary>A contact as the reader may see it: in full, or masked.</summary>
public sealed record ContactRecord(
    Guid Id, string Name, string? Title, string? Phone, string? Email, string? WeChat, string? Note, bool IsPrimary, bool IsMasked, DateTime CreatedAt, int Version)
{
    internal static ContactRecord Of(Contact c, Actor actor) => actor.May(Permission.ContactsRead)
        ? new(c.Id, c.Name, c.Title, c.Phone, c.Email, c.WeChat, c.Note, c.IsPrimary, false, c.CreatedAt, c.Version)
        : new(c.Id, Masked.Name(c.Name), c.Title, Masked.Phone(c.Phone), Masked.Email(c.Email), Masked.Some(c.WeChat), Masked.Some(c.Note), c.IsPrimary, true, c.CreatedAt, c.Version);
}
