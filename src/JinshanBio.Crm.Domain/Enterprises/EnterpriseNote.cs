namespace JinshanBio.Crm.Domain.Enterprises;

/// <summary>备忘: something worth knowing about an enterprise, said by somebody at a time. It is added, never changed.</summary>
public sealed class EnterpriseNote(Guid enterpriseId, string text, DateTime at, Guid byId)
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid EnterpriseId { get; private set; } = enterpriseId;
    public string Text { get; private set; } = text.Trim();
    public DateTime At { get; private set; } = at;
    public Guid ById { get; private set; } = byId;

    internal void MoveTo(Guid enterpriseId) => EnterpriseId = enterpriseId;
}
