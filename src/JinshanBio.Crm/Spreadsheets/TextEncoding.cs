using System.Buffers;
using System.Text;

namespace JinshanBio.Crm.Spreadsheets;

/// <summary>The encoding (编码) of a text file, found from its bytes.</summary>
internal static class TextEncoding
{
    private const int SampleBytes = 64 * 1024;

    static TextEncoding() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static Encoding Named(string name)
    {
        // GB18030 contains the two older ones; a file said to be GB2312 often holds names beyond it.
        if (name.ToUpperInvariant() is "GBK" or "GB2312" or "CP936") name = "gb18030";
        try
        {
            return Encoding.GetEncoding(name, EncoderFallback.ReplacementFallback, new DecoderReplacementFallback("\uFFFD"));
        }
        catch (ArgumentException e)
        {
            throw new SheetException(SheetFault.EncodingUnknown, e);
        }
    }

    /// <summary>The encoding a file came in, to answer in the same; UTF-8 where its characters would not hold what is added to them.</summary>
    public static Encoding ForAnswer(string? name, bool isChinese)
        => name is null || (isChinese && name.StartsWith("windows-", StringComparison.OrdinalIgnoreCase)) || name.StartsWith("utf-8", StringComparison.OrdinalIgnoreCase)
            ? new UTF8Encoding(encoderShouldEmitUTF8Identifier: true) : Named(name);

    public static Encoding Of(Stream file)
    {
        var (sample, cut) = Sample(file);
        if (sample is [0xEF, 0xBB, 0xBF, ..]) return Named("utf-8");
        if (sample is [0xFF, 0xFE, ..]) return Named("utf-16");
        if (sample is [0xFE, 0xFF, ..]) return Named("utf-16BE");
        if (Utf16WithoutBom(sample) is { } utf16) return Named(utf16);
        if (Binary(sample)) throw new SheetException(SheetFault.EncodingUnknown);
        return Named(Utf8(sample, cut) ? "utf-8" : ChineseOrLatin(sample));
    }

    // An export can begin with pages of plain ASCII, which tell nothing: look where the first other byte stands.
    private static (byte[] Sample, bool Cut) Sample(Stream file)
    {
        var block = new byte[SampleBytes];
        file.Position = 0;
        for (var first = true; ; first = false)
        {
            var start = file.Position;
            var read = file.ReadAtLeast(block, block.Length, throwOnEndOfStream: false);
            var high = block.AsSpan(0, read).IndexOfAnyInRange<byte>(0x80, 0xFF);
            if (high >= 0 && !first)
            {
                file.Position = start + Math.Max(0, high - 1);
                read = file.ReadAtLeast(block, block.Length, throwOnEndOfStream: false);
            }
            var atEnd = file.Position >= file.Length;
            if (high >= 0 || atEnd || (first && Binary(block.AsSpan(0, read)))) return (block[..read], !atEnd);
        }
    }

    private static string? Utf16WithoutBom(ReadOnlySpan<byte> bytes)
    {
        int even = 0, odd = 0;
        for (var i = 0; i < bytes.Length; i++)
            if (bytes[i] == 0) _ = i % 2 == 0 ? even++ : odd++;
        if (odd * 8 > bytes.Length && even * 10 < odd) return "utf-16";
        return even * 8 > bytes.Length && odd * 10 < even ? "utf-16BE" : null;
    }

    private static bool Binary(ReadOnlySpan<byte> bytes)
    {
        var controls = Count(bytes, b => b < 0x20 && b is not ((byte)'\t' or (byte)'\r' or (byte)'\n'));
        return controls > 16 && controls * 20 > bytes.Length;
    }

    // One broken byte among many good characters is damage, not another encoding.
    private static bool Utf8(ReadOnlySpan<byte> bytes, bool cut)
    {
        int good = 0, bad = 0;
        while (!bytes.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(bytes, out _, out var length);
            if (status == OperationStatus.NeedMoreData && cut) break;
            if (status != OperationStatus.Done) bad++;
            else if (length > 1) good++;
            bytes = bytes[length..];
        }
        return good >= bad * 50;
    }

    private static string ChineseOrLatin(ReadOnlySpan<byte> bytes)
    {
        var (common, rare, broken) = ReadAsGb18030(bytes);
        var latin = LatinLetters(bytes);
        if (common > latin || latin == 0)
        {
            // Big5, Shift-JIS or Cyrillic give pairs too, but mostly of characters that nobody writes.
            var pairs = common + rare + broken;
            if (pairs >= 10 && common < 0.7 * pairs) throw new SheetException(SheetFault.EncodingUnknown);
            return "gb18030";
        }
        // In no Latin language do accents make up a third of the text.
        int high = Count(bytes, b => b >= 0x80), letters = Count(bytes, b => char.IsAsciiLetter((char)b));
        return high >= 10 && high * 2 > letters ? throw new SheetException(SheetFault.EncodingUnknown) : "windows-1252";
    }

    // Common: GB2312 level 1, by which ordinary Chinese is written, and the full-width signs.
    private static (int Common, int Rare, int Broken) ReadAsGb18030(ReadOnlySpan<byte> bytes)
    {
        int common = 0, rare = 0, broken = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] < 0x80) continue;
            if (i + 1 == bytes.Length) break;
            var (lead, trail) = (bytes[i], bytes[i + 1]);
            if (lead is 0x80 or 0xFF) { broken++; continue; }
            if (trail >= 0xA1 && lead is (>= 0xB0 and <= 0xD7) or (>= 0xA1 and <= 0xA3)) { common++; i++; }
            else if (trail is >= 0x40 and not (0x7F or 0xFF)) { rare++; i++; }
            else if (trail is >= 0x30 and <= 0x39) { rare++; i += 3; }
            else broken++;
        }
        return (common, rare, broken);
    }

    // Latin letters beyond ASCII stand alone, or two at most inside a word (Größe, AÇÃO).
    private static int LatinLetters(ReadOnlySpan<byte> bytes)
    {
        var found = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var start = i;
            while (i < bytes.Length && bytes[i] >= 0x80) i++;
            var inWord = start > 0 && i < bytes.Length && char.IsAsciiLetter((char)bytes[start - 1]) && char.IsAsciiLetter((char)bytes[i]);
            if (i - start == 1 || (i - start == 2 && inWord)) found += i - start;
        }
        return found;
    }

    private static int Count(ReadOnlySpan<byte> bytes, Func<byte, bool> which)
    {
        var count = 0;
        foreach (var b in bytes)
            if (which(b)) count++;
        return count;
    }
}
