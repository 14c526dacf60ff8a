using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Projects;

namespace JinshanBio.Crm.Projects;

/// <summary>What the records that hang on a project say to the gate of a stage.</summary>
internal static class Gate
{
    /// <param name="to">Code of the stage to enter.</param>
    public static Task<GateRecords> GateAsync(this CrmDb db, Project project, string to, CancellationToken cancel)
    {
        _ = (db, project, to, cancel);
        return Task.FromResult(GateRecords.None);
    }
}
