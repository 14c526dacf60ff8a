using JinshanBio.Crm.Domain.Searching;

namespace JinshanBio.Crm.Domain.Enterprises;

/// <summary>联系人: a person whom one talks to at an enterprise. Personal data: kept to what is needed, masked for those who do not need it, erasable.</summary>
public sealed class Contact : Entity
{
    private Contact() { }

    public Contact(Guid enterpriseId, ContactTerms terms, DateTime now, Guid byId)
    {
        (EnterpriseId, CreatedAt, CreatedById) = (enterpriseId, now, byId);
        Edit(terms);
    }

    public Guid EnterpriseId { get; private set; }
    public string Name { get; private set; } = "";

    /// <summary>职务.</summary>
    public string? Title { get; private set; }
    public string? Phone { get; private set; }
    public string? Email { get; private set; }
    public string? WeChat { get; private set; }
    public string? Note { get; private set; }
    public bool IsPrimary { get; private set; }

    /// <summary>Digits of the phone and the address in lower case, for finding who has them too.</summary>
    public string? PhoneKey { get; private set; }
    public string? EmailKey { get; private set; }
    public DateTime CreatedAt { get; private set; }
    public Guid CreatedById { get; private set; }
    public ICollection<ContactKey> Keys { get; } = [];

    /// <summary>Wants the keys loaded.</summary>
    public void Edit(ContactTerms terms)
    {
        (Name, Title, Phone, Email) = (terms.Name.Trim(), Text(terms.Title), Text(terms.Phone), Text(terms.Email));
        (WeChat, Note, IsPrimary) = (Text(terms.WeChat), Text(terms.Note), terms.IsPrimary);
        (PhoneKey, EmailKey) = (ContactSearch.Phone(Phone), ContactSearch.Email(Email));
        var wanted = ContactSearch.KeysOf(Name, PhoneKey, EmailKey).ToHashSet(StringComparer.Ordinal);
        foreach (var stale in Keys.Where(k => !wanted.Contains(k.Key)).ToList()) Keys.Remove(stale);
        foreach (var key in wanted.Except(Keys.Select(k => k.Key)).ToList()) Keys.Add(new ContactKey(Id, key));
    }

    /// <summary>Another one is the first to call now.</summary>
    public void StandBack() => IsPrimary = false;

    internal void StandFirst() => IsPrimary = true;

    internal void MoveTo(Guid enterpriseId) => EnterpriseId = enterpriseId;

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>What is said about a contact.</summary>
public sealed record ContactTerms(string Name, string? Title, string? Phone, string? Email, string? WeChat, string? Note, bool IsPrimary);

/// <summary>One prefix under which a contact is found; see <see cref="ContactSearch"/>.</summary>
public sealed class ContactKey(Guid contactId, string key)
{
    public Guid ContactId { get; private set; } = contactId;
    public string Key { get; private set; } = key;
}
