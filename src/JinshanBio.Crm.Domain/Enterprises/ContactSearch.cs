using JinshanBio.Crm.Domain.Searching;

namespace JinshanBio.Crm.Domain.Enterprises;

/// <summary>
/// Under which keys a contact is found: the name by characters, pinyin and initials; a phone by its last digits ("#" and the digits
/// from the end); an e-mail by its beginning or its domain ("@" before it). The marks keep the three from meeting each other.
/// </summary>
public static class ContactSearch
{
    private const int LastDigits = 4;

    public static IEnumerable<string> KeysOf(string name, string? phoneKey, string? emailKey)
    {
        foreach (var key in SearchKeys.OfPerson(name)) yield return key;
        if (phoneKey is { Length: >= LastDigits }) yield return Backwards(phoneKey);
        if (emailKey is null) yield break;
        yield return Cut("@" + emailKey);
        if (emailKey.IndexOf('@', StringComparison.Ordinal) is >= 0 and var at && at + 1 < emailKey.Length) yield return Cut(emailKey[at..]);
    }

    /// <summary>The beginnings of keys that somebody may mean who typed this.</summary>
    public static IReadOnlyList<string> OfQuery(string q)
    {
        var keys = new List<string>(3);
        if (SearchKeys.OfQuery(q) is { Length: > 0 } name) keys.Add(name);
        if (Phone(q) is { Length: >= LastDigits } digits && !q.Any(char.IsLetter)) keys.Add(Backwards(digits));
        if (q.Contains('@', StringComparison.Ordinal) && Email(q) is { Length: > 1 } address) keys.Add(Cut(address[0] == '@' ? address : "@" + address));
        return keys;
    }

    /// <summary>The digits of a phone, of a Chinese mobile without the country's code; null when there are none.</summary>
    public static string? Phone(string? phone)
    {
        var digits = new string([.. SearchText.Fold(phone).Where(char.IsAsciiDigit)]);
        if (digits.StartsWith("0086", StringComparison.Ordinal)) digits = digits[4..];
        if (digits.Length == 13 && digits.StartsWith("861", StringComparison.Ordinal)) digits = digits[2..];
        return digits.Length == 0 ? null : digits.Length > 20 ? digits[^20..] : digits;
    }

    public static string? Email(string? email)
    {
        var address = SearchText.Fold(email).Trim();
        return address.Length == 0 ? null : address;
    }

    private static string Backwards(string digits) => Cut("#" + new string([.. digits.Reverse()]));

    private static string Cut(string key) => key.Length > SearchKeys.Length ? key[..SearchKeys.Length] : key;
}
