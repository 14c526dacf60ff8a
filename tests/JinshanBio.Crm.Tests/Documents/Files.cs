using System.IO.Compression;
using System.Text;

namespace JinshanBio.Crm.Tests.Documents;

/// <summary>Files of every kind, made here: what people send, and what must not come in.</summary>
public static class Files
{
    public static byte[] Pdf => Encoding.ASCII.GetBytes("%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");
    public static byte[] Png => [0x89, .. "PNG\r\n\u001a\n"u8, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 0, 1];
    public static byte[] Jpeg => [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. "JFIF"u8, 0];
    public static byte[] Exe => [.. "MZ"u8, 0x90, 0, 3, 0, 0, 0, 4, 0];
    public static byte[] Elf => [0x7F, .. "ELF"u8, 2, 1, 1, 0];
    public static byte[] Script => "#!/bin/sh\necho hello\n"u8.ToArray();

    public static byte[] Office(string kind, params (string Name, byte[] Content)[] more)
        => Zip([("[Content_Types].xml", Types($"application/vnd.openxmlformats-officedocument.{kind}.main+xml")), ("word/document.xml", "<document/>"u8.ToArray()), .. more]);

    public static byte[] Docx(params (string Name, byte[] Content)[] more) => Office("wordprocessingml.document", more);

    public static byte[] MacroType => Zip([("[Content_Types].xml", Types("application/vnd.ms-word.document.macroEnabled.main+xml"))]);

    /// <summary>An embedded object as Word keeps a file that was dropped into the text.</summary>
    public static byte[] Package => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[70_000], .. Encoding.Unicode.GetBytes("\u0001Ole10Native"), .. new byte[100]];

    public static byte[] Embedded => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[70_000], .. Encoding.Unicode.GetBytes("Equation Native")];

    public static byte[] Zip(params (string Name, byte[] Content)[] parts)
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, content) in parts)
            {
                using var part = archive.CreateEntry(name).Open();
                part.Write(content);
            }
        return file.ToArray();
    }

    public static byte[] Gb18030(string text)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return Encoding.GetEncoding("gb18030").GetBytes(text);
    }

    private static byte[] Types(string type)
        => Encoding.UTF8.GetBytes($"""<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="{type}"/></Types>""");
}
