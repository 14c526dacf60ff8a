using JinshanBio.Crm.Domain.Searching;

namespace JinshanBio.Crm.Domain.Enterprises;

/// <summary>企业: a company that may invest, has invested, or supplies the chain. One record per company.</summary>
public sealed class Enterprise : Entity
{
    private Enterprise() { }

    /// <param name="name">Full registered name as written.</param>
    /// <param name="creditCode">统一社会信用代码, or null for a foreign firm or when it is not known yet.</param>
    /// <param name="country">ISO 3166-1 alpha-2.</param>
    /// <exception cref="Refusal">CreditCodeWrong.</exception>
    public Enterprise(string name, string? creditCode, string country, DateTime createdAt, Guid createdById)
    {
        CreatedAt = createdAt;
        CreatedById = createdById;
        Country = country;
        Rename(name);
        Identify(creditCode);
    }

    public string Name { get; private set; } = "";

    /// <summary>The name without company form, region and punctuation: equal for spellings of one name.</summary>
    public string CoreName { get; private set; } = "";
    public string? CreditCode { get; private set; }
    public string Country { get; private set; } = "CN";
    public string? Address { get; private set; }
    public string? Kind { get; private set; }
    public DateTime CreatedAt { get; private set; }
    public Guid CreatedById { get; private set; }
    public Guid? ImportId { get; init; }

    /// <summary>Index keys under which search finds the name by characters, pinyin or initials.</summary>
    public ICollection<EnterpriseKey> Keys { get; } = [];

    public void Rename(string name)
    {
        name = name.Trim();
        if (name == Name) return;
        Name = name;
        CoreName = EnterpriseName.Core(name);
        RefreshKeys();
    }

    /// <exception cref="Refusal">CreditCodeWrong, beside the field creditCode.</exception>
    public void Identify(string? creditCode)
    {
        var code = Enterprises.CreditCode.Normalise(creditCode);
        if (code is not null && Enterprises.CreditCode.Check(code) is not null)
            throw new Refusal(RefusalCode.CreditCodeWrong, code) { Field = "creditCode" };
        if (code == CreditCode) return;
        CreditCode = code;
        RefreshKeys();
    }

    public void Describe(string? address, string? kind, string country)
    {
        Address = string.IsNullOrWhiteSpace(address) ? null : address.Trim();
        Kind = string.IsNullOrWhiteSpace(kind) ? null : kind.Trim();
        Country = country;
    }

    private void RefreshKeys()
    {
        var wanted = (CreditCode is null ? SearchKeys.Of(Name) : SearchKeys.Of(Name, CreditCode)).ToHashSet(StringComparer.Ordinal);
        foreach (var stale in Keys.Where(k => !wanted.Contains(k.Key)).ToList()) Keys.Remove(stale);
        wanted.ExceptWith(Keys.Select(k => k.Key));
        foreach (var key in wanted) Keys.Add(new EnterpriseKey(Id, key));
    }
}

/// <summary>One prefix under which an enterprise is found; see <see cref="SearchKeys"/>.</summary>
public sealed class EnterpriseKey(Guid enterpriseId, string key)
{
    public string Key { get; private set; } = key;
    public Guid EnterpriseId { get; private set; } = enterpriseId;
}
