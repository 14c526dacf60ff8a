using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Xml;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Documents;

namespace JinshanBio.Crm.Documents;

/// <summary>内容检查: what a file really is, read from its bytes and never from what the client says. Reads in blocks.</summary>
internal static class ContentCheck
{
    private const int MostDirectoryBytes = 2 * 1024 * 1024, MostTypesBytes = 1024 * 1024, Block = 64 * 1024;
    private const long MostUnpacked = 200L * 1024 * 1024;

    private static readonly Dictionary<string, (string Type, Func<Stream, bool> Is)> Kinds = new(StringComparer.Ordinal)
    {
        [".pdf"] = ("application/pdf", s => Begins(s, "%PDF-"u8)),
        [".png"] = ("image/png", s => Begins(s, [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A])),
        [".jpg"] = ("image/jpeg", s => Begins(s, [0xFF, 0xD8, 0xFF])),
        [".jpeg"] = ("image/jpeg", s => Begins(s, [0xFF, 0xD8, 0xFF])),
        [".docx"] = ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", s => IsOffice(s, "wordprocessingml.document")),
        [".xlsx"] = ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", s => IsOffice(s, "spreadsheetml.sheet")),
        [".pptx"] = ("application/vnd.openxmlformats-officedocument.presentationml.presentation", s => IsOffice(s, "presentationml.presentation")),
        [".ofd"] = ("application/ofd", IsOfd),
        [".txt"] = ("text/plain", IsText),
        [".csv"] = ("text/csv", IsText),
        [".md"] = ("text/markdown", IsText),
    };

    private static readonly string[] Programs =
        [".exe", ".dll", ".com", ".scr", ".msi", ".bat", ".cmd", ".ps1", ".vbs", ".vbe", ".js", ".jse", ".wsf", ".hta", ".jar", ".lnk", ".sh", ".apk", ".docm", ".xlsm", ".pptm", ".dotm", ".xltm", ".xlam"];

    /// <summary>".pdf .png …": what the input of a form offers to choose from.</summary>
    public static readonly string Accepted = string.Join(' ', Kinds.Keys);

    /// <param name="content">Seekable; stands anywhere afterwards.</param>
    /// <returns>The type of the content.</returns>
    /// <exception cref="Refusal">FileEmpty, TooLarge, FileTypeNotAllowed, FileTypeMismatch, FileExecutable, FileHasMacros.</exception>
    public static string Check(Stream content, string fileName, int maxMegabytes)
    {
        const string field = "file";
        if (content.Length == 0) throw new Refusal(RefusalCode.FileEmpty) { Field = field };
        if (content.Length > maxMegabytes * 1024L * 1024L) throw new Refusal(RefusalCode.TooLarge, maxMegabytes) { Field = field };
        if (IsProgram(Head(content))) throw new Refusal(RefusalCode.FileExecutable) { Field = field };
        var extension = FileName.Extension(FileName.Clean(fileName));
        if (!Kinds.TryGetValue(extension, out var kind)) throw new Refusal(RefusalCode.FileTypeNotAllowed, Accepted) { Field = field };
        try
        {
            return kind.Is(content) ? kind.Type : throw new Refusal(RefusalCode.FileTypeMismatch, extension[1..].ToUpperInvariant()) { Field = field };
        }
        catch (Exception e) when (e is InvalidDataException or XmlException or EndOfStreamException or NotSupportedException or ArgumentException or OverflowException)
        {
            throw new Refusal(RefusalCode.FileTypeMismatch, extension[1..].ToUpperInvariant()) { Field = field };
        }
    }

    private static byte[] Head(Stream content)
    {
        var head = new byte[8];
        content.Position = 0;
        return head[..content.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
    }

    private static bool Begins(Stream content, ReadOnlySpan<byte> mark) => Head(content).AsSpan().StartsWith(mark);

    /// <summary>Windows, Linux and macOS programs, Java classes, and scripts that name their interpreter.</summary>
    private static bool IsProgram(ReadOnlySpan<byte> head) => head.StartsWith("MZ"u8) || head.StartsWith("\u007fELF"u8) || head.StartsWith("#!"u8)
        || head.Length >= 4 && BinaryPrimitives.ReadUInt32BigEndian(head) is 0xFEEDFACE or 0xFEEDFACF or 0xCEFAEDFE or 0xCFFAEDFE or 0xCAFEBABE;

    /// <summary>Valid from the first byte to the last in UTF-8 or GB18030, and no control characters but those of lines and columns.</summary>
    private static bool IsText(Stream content)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var decoders = new List<Decoder>
        {
            new UTF8Encoding(false, throwOnInvalidBytes: true).GetDecoder(),
            Encoding.GetEncoding("gb18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback).GetDecoder(),
        };
        var (block, chars) = (new byte[Block], new char[Block + 16]);
        content.Position = 0;
        for (var end = false; !end && decoders.Count > 0;)
        {
            var read = content.ReadAtLeast(block, block.Length, throwOnEndOfStream: false);
            end = read < block.Length;
            if (block.AsSpan(0, read).ContainsAnyInRange((byte)0, (byte)8) || block.AsSpan(0, read).ContainsAnyInRange((byte)0x0E, (byte)0x1F) || block.AsSpan(0, read).Contains((byte)0x7F)) return false;
            decoders.RemoveAll(decoder => !Decodes(decoder, block, read, chars, end));
        }
        return decoders.Count > 0;
    }

    private static bool Decodes(Decoder decoder, byte[] block, int count, char[] chars, bool end)
    {
        try
        {
            decoder.GetChars(block, 0, count, chars, 0, end);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static bool IsOfd(Stream content)
    {
        using var archive = Unpack(content);
        if (archive?.GetEntry("OFD.xml") is null) return false;
        MustBeHarmless(archive);
        return true;
    }

    /// <param name="kind">Part of the type of the main part, as the package itself declares it.</param>
    private static bool IsOffice(Stream content, string kind)
    {
        using var archive = Unpack(content);
        if (archive?.GetEntry("[Content_Types].xml") is not { } types) return false;
        var declared = Types(types);
        if (archive.Entries.Any(e => e.Name.Equals("vbaProject.bin", StringComparison.OrdinalIgnoreCase))
            || declared.Any(t => t.Contains("macroEnabled", StringComparison.OrdinalIgnoreCase) || t.Contains("vbaProject", StringComparison.OrdinalIgnoreCase)))
            throw new Refusal(RefusalCode.FileHasMacros) { Field = "file" };
        if (!declared.Contains($"application/vnd.openxmlformats-officedocument.{kind}.main+xml")) return false;
        MustBeHarmless(archive);
        return true;
    }

    /// <summary>Null when it is no archive, or one whose directory is larger than any document's.</summary>
    private static ZipArchive? Unpack(Stream content)
    {
        if (!Begins(content, "PK\u0003\u0004"u8)) return null;
        // The directory is read as a whole: see how large it is before.
        var tail = new byte[Math.Min(content.Length, 22 + ushort.MaxValue)];
        content.Position = content.Length - tail.Length;
        content.ReadExactly(tail);
        var end = tail.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        if (end < 0 || tail.Length - end < 22) return null;
        var start = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 16));
        if (content.Length - tail.Length + end - start > MostDirectoryBytes) return null;
        return new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
    }

    private static HashSet<string> Types(ZipArchiveEntry entry)
    {
        if (entry.Length > MostTypesBytes) throw new InvalidDataException();
        using var xml = XmlReader.Create(entry.Open(), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MostTypesBytes });
        var types = new HashSet<string>(StringComparer.Ordinal);
        while (xml.Read())
            if (xml.NodeType == XmlNodeType.Element && xml.GetAttribute("ContentType") is { } type) types.Add(type);
        return types;
    }

    /// <summary>No part is a program, neither by its name nor by its first bytes, nor hidden in an embedded object.</summary>
    private static void MustBeHarmless(ZipArchive archive)
    {
        var left = MostUnpacked;
        foreach (var entry in archive.Entries)
        {
            if (Programs.Contains(FileName.Extension(entry.Name))) throw new Refusal(RefusalCode.FileExecutable) { Field = "file" };
            using var part = entry.Open();
            var head = new byte[8];
            var read = part.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            if (IsProgram(head.AsSpan(0, read))) throw new Refusal(RefusalCode.FileExecutable) { Field = "file" };
            if (head.AsSpan(0, read).StartsWith(CompoundFile) && CarriesPackage(part, ref left)) throw new Refusal(RefusalCode.FileExecutable) { Field = "file" };
        }
    }

    private static ReadOnlySpan<byte> CompoundFile => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    /// <summary>An embedded object of the kind that holds any file whatever.</summary>
    private static bool CarriesPackage(Stream part, ref long left)
    {
        var mark = Encoding.Unicode.GetBytes("Ole10Native");
        var block = new byte[Block + mark.Length];
        var kept = 0;
        for (int read; (read = part.ReadAtLeast(block.AsSpan(kept, Block), Block, throwOnEndOfStream: false)) > 0;)
        {
            if ((left -= read) < 0) throw new InvalidDataException();
            var seen = block.AsSpan(0, kept + read);
            if (seen.IndexOf(mark) >= 0) return true;
            kept = Math.Min(mark.Length - 1, seen.Length);
            seen[^kept..].CopyTo(block);
        }
        return false;
    }
}
