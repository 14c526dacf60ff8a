namespace JinshanBio.Crm.Spreadsheets;

/// <summary>A file on disk for as long as it is open: lists can be longer than memory should hold.</summary>
internal static class TemporaryFile
{
    public static FileStream Create()
        => new(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.DeleteOnClose);
}
