using Xunit;

namespace JinshanBio.Crm.Web.Tests;

/// <summary>The files of the product, for rules about the source and for approved files.</summary>
internal static class Repository
{
    public static readonly string Root = FindRoot();

    /// <summary>Path below src/JinshanBio.Crm.Web and text of each file with one of these endings.</summary>
    public static IEnumerable<(string Path, string Text)> WebSources(params string[] endings)
    {
        var folder = Path.Combine(Root, "src", "JinshanBio.Crm.Web");
        return Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => (File: file, Path: Path.GetRelativePath(folder, file).Replace('\\', '/')))
            .Where(f => endings.Any(e => f.Path.EndsWith(e, StringComparison.Ordinal)) && !f.Path.StartsWith("bin/", StringComparison.Ordinal) && !f.Path.StartsWith("obj/", StringComparison.Ordinal))
            .OrderBy(f => f.Path, StringComparer.Ordinal).Select(f => (f.Path, System.IO.File.ReadAllText(f.File)));
    }

    /// <summary>A real file that lies beside the repository; skips the test where it does not.</summary>
    public static string Real(string path)
    {
        var file = Path.GetFullPath(Path.Combine(Root, "..", "shared", "data", path));
        if (!File.Exists(file)) Assert.Skip($"The sample data is not here: ../shared/data/{path}");
        return file;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "JinshanBio.Crm.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests must lie inside the repository.");
    }
}
