using System.Security.Cryptography;
using System.Text;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Searching;

namespace JinshanBio.Crm.Imports;

/// <summary>列对应方案: which column fills which field, kept under a name for the next list of the same make.</summary>
public sealed class ImportMapping : Entity
{
    private ImportMapping() { }

    public ImportMapping(string name, bool shared, Import import, Guid ownerId, DateTime now)
    {
        (OwnerId, Kind, CreatedAt) = (ownerId, import.Kind, now);
        Rename(name, shared);
        Take(import);
    }

    public Guid OwnerId { get; private set; }
    public ImportKind Kind { get; private set; }
    public string Name { get; private set; } = "";

    /// <summary>Offered to everybody who imports, not only to its owner.</summary>
    public bool Shared { get; private set; }
    public IReadOnlyList<ImportColumn> Columns { get; private set; } = [];

    /// <summary>Fingerprint of the headers, by which a later list is recognised.</summary>
    public string Headers { get; private set; } = "";
    public DateTime CreatedAt { get; private set; }

    public void Rename(string name, bool shared) => (Name, Shared) = (name.Trim(), shared);

    public void Take(Import import) => (Columns, Headers) = (import.Columns, Fingerprint(import.Columns.Select(c => c.Header)));

    /// <summary>Equal for the same headers in the same order, however they are spaced.</summary>
    public static string Fingerprint(IEnumerable<string> headers)
        => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', headers.Select(SearchText.Normalise)))));

    /// <summary>The columns of a list as this mapping reads them, by their headers; what it does not know is left out.</summary>
    public IReadOnlyList<ImportColumn> For(IReadOnlyList<ImportColumn> columns)
    {
        var known = Columns.GroupBy(c => SearchText.Normalise(c.Header), StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => new Queue<string?>(g.Select(c => c.Field)), StringComparer.Ordinal);
        return [.. columns.Select(c => c with { Field = known.TryGetValue(SearchText.Normalise(c.Header), out var fields) && fields.TryDequeue(out var field) ? field : null })];
    }
}
