using System.Security.Cryptography;
using JinshanBio.Crm.Domain.Documents;

namespace JinshanBio.Crm.Data;

/// <summary>Where files lie and how large one may be; docs/operations.md describes both.</summary>
public sealed class FileStoreOptions
{
    /// <summary>Shared by all nodes of an installation.</summary>
    public string Folder { get; init; } = Path.Combine(AppContext.BaseDirectory, "App_Data", "documents");
    public int MaxMegabytes { get; init; } = 50;
    public long MaxBytes => MaxMegabytes * 1024L * 1024L;
}

/// <summary>
/// The bytes of documents, each under the hash of its content: ab/cdef…. All that the program knows about keeping files stands here, so that an
/// object store could take its place. Saved before the row is: a crash leaves bytes without a row, which TidyDocuments takes away, never a row without bytes.
/// </summary>
public sealed class FileStore(FileStoreOptions options, TimeProvider clock)
{
    private const string Unfinished = "unfinished";

    public long MaxBytes => options.MaxBytes;
    public int MaxMegabytes => options.MaxMegabytes;

    /// <summary>Writes beside and moves into place, so that nobody ever reads half a file. What is there already only becomes young again.</summary>
    public async Task<StoredFile> SaveAsync(Stream content, string contentType, CancellationToken cancel)
    {
        var beside = Path.Combine(options.Folder, Unfinished, Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(Path.GetDirectoryName(beside)!);
        try
        {
            var (hash, size) = await WriteAsync(content, beside, cancel);
            var path = PathOf(hash);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            if (!File.Exists(path)) File.Move(beside, path, overwrite: true);
            File.SetLastWriteTimeUtc(path, clock.GetUtcNow().UtcDateTime);
            return new StoredFile(hash, size, contentType);
        }
        finally
        {
            File.Delete(beside);
        }
    }

    /// <returns>Null when the bytes are not there.</returns>
    public Stream? Open(string sha256)
    {
        try { return new FileStream(PathOf(sha256), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 64 * 1024, FileOptions.Asynchronous | FileOptions.SequentialScan); }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException) { return null; }
    }

    public bool Has(string sha256) => File.Exists(PathOf(sha256));

    /// <summary>Deletes the bytes if they were saved before the given time (UTC): an upload of the same content makes them young.</summary>
    public bool Delete(string sha256, DateTime savedBefore)
    {
        var path = PathOf(sha256);
        if (!File.Exists(path) || File.GetLastWriteTimeUtc(path) >= savedBefore) return false;
        File.Delete(path);
        return true;
    }

    /// <summary>Hashes of all there is that was saved before the given time (UTC).</summary>
    public IEnumerable<string> SavedBefore(DateTime time) => !Directory.Exists(options.Folder) ? []
        : Directory.EnumerateFiles(options.Folder, "*", SearchOption.AllDirectories)
            .Where(f => !f.Contains(Path.DirectorySeparatorChar + Unfinished + Path.DirectorySeparatorChar, StringComparison.Ordinal) && File.GetLastWriteTimeUtc(f) < time)
            .Select(f => Path.GetFileName(Path.GetDirectoryName(f)!) + Path.GetFileName(f));

    /// <summary>What an upload that broke off has left behind.</summary>
    public int DropUnfinished(DateTime before)
    {
        var folder = Path.Combine(options.Folder, Unfinished);
        if (!Directory.Exists(folder)) return 0;
        var left = Directory.EnumerateFiles(folder).Where(f => File.GetLastWriteTimeUtc(f) < before).ToList();
        foreach (var file in left) File.Delete(file);
        return left.Count;
    }

    private static async Task<(string Hash, long Size)> WriteAsync(Stream content, string path, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);
        var block = new byte[128 * 1024];
        long size = 0;
        content.Position = 0;
        for (int read; (read = await content.ReadAsync(block, cancel)) > 0; size += read)
        {
            hash.AppendData(block, 0, read);
            await file.WriteAsync(block.AsMemory(0, read), cancel);
        }
        // On the disk before the row that names it.
        file.Flush(flushToDisk: true);
        return (Convert.ToHexStringLower(hash.GetHashAndReset()), size);
    }

    private string PathOf(string sha256)
        => sha256.Length == 64 && sha256.All(char.IsAsciiHexDigitLower) ? Path.Combine(options.Folder, sha256[..2], sha256[2..]) : throw new ArgumentException("Not a hash.", nameof(sha256));
}
