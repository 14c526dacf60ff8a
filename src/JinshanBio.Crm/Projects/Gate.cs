using JinshanBio.Crm.Agreements;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Stages;
using JinshanBio.Crm.Reviews;

namespace JinshanBio.Crm.Projects;

/// <summary>What the records that hang on a project say to the gate of a stage.</summary>
internal static class Gate
{
    /// <param name="to">Code of the stage to enter.</param>
    public static async Task<GateRecords> GateAsync(this CrmDb db, Project project, string to, CancellationToken cancel)
    {
        var records = GateRecords.None;
        if (to is Stage.Review or Stage.Signed) records = records.And(await db.ReviewGateAsync(project.Id, to, cancel));
        if (to == Stage.Signed) records = records.And(await db.AgreementGateAsync(project, cancel));
        return records;
    }

    private static GateRecords And(this GateRecords one, GateRecords other)
        => new(new Dictionary<string, string>(one.Evidence.Concat(other.Evidence), StringComparer.Ordinal), one.Obstacle ?? other.Obstacle);
}
