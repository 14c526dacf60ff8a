namespace JinshanBio.Crm.Texts;

/// <summary>A sentence kept as a text key and values, so that each reader sees it in the own language: "job.said.reminders|4|0".</summary>
public static class Sentence
{
    private const char Separator = '|';

    public static string Of(string key, params object[] values) => string.Join(Separator, [key, .. values]);

    /// <summary>The sentence in words; what is no key, such as the kind of a failure, stays as it is.</summary>
    public static string? Say(string? sentence)
        => sentence?.Split(Separator) is [var key, .. var values] && Text.Has(key) ? Text.Of(key, [.. values]) : sentence;
}
