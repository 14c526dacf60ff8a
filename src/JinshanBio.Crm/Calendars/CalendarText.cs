using System.Globalization;
using System.Text;

namespace JinshanBio.Crm.Calendars;

/// <summary>Content lines of RFC 5545: CRLF, folded at 75 octets without splitting a character, texts escaped, times in UTC.</summary>
internal sealed class CalendarText
{
    private const int MostOctets = 75;
    private readonly StringBuilder _text = new();

    public CalendarText Begin(string component) => Line("BEGIN:" + component);

    public CalendarText End(string component) => Line("END:" + component);

    public CalendarText Time(string name, DateTime utc) => Line($"{name}:{utc.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}");

    /// <summary>A property whose value is text.</summary>
    public CalendarText Say(string name, string text) => Line($"{name}:{Escape(text)}");

    public CalendarText Line(string line)
    {
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > MostOctets)
            {
                _text.Append("\r\n ");
                octets = 1;
            }
            _text.Append(rune);
            octets += rune.Utf8SequenceLength;
        }
        _text.Append("\r\n");
        return this;
    }

    public override string ToString() => _text.ToString();

    private static string Escape(string text)
        => string.Concat(text.ReplaceLineEndings("\n").Where(c => c == '\n' || !char.IsControl(c)).Select(c => c switch { '\n' => "\\n", '\\' => "\\\\", ';' => "\\;", ',' => "\\,", _ => c.ToString() }));
}
