namespace JinshanBio.Crm.Domain.Enterprises;

/// <summary>脱敏: personal data as those see it who may know that it is there, but do not need it.</summary>
public static class Masked
{
    private const string Stars = "***";

    /// <summary>张*; J***.</summary>
    public static string Name(string name) => name.Length == 0 ? name : First(name) + (char.IsAscii(name[0]) ? Stars : "*");

    /// <summary>138****5678; of a short number only the last two digits.</summary>
    public static string? Phone(string? phone)
    {
        if (phone is null) return null;
        var digits = new string([.. phone.Where(char.IsAsciiDigit)]);
        if (digits.Length == 13 && digits.StartsWith("86", StringComparison.Ordinal)) digits = digits[2..];
        return digits.Length >= 11 ? $"{digits[..3]}****{digits[^4..]}" : digits.Length > 4 ? $"****{digits[^2..]}" : "****";
    }

    /// <summary>z***@example.com.</summary>
    public static string? Email(string? email) => email?.IndexOf('@', StringComparison.Ordinal) is > 0 and var at ? First(email) + Stars + email[at..] : Some(email);

    /// <summary>Whatever it is, that there is something.</summary>
    public static string? Some(string? text) => text is null ? null : Stars;

    private static string First(string text) => char.IsHighSurrogate(text[0]) && text.Length > 1 ? text[..2] : text[..1];
}
