using JinshanBio.Crm.Domain.Leads;

namespace JinshanBio.Crm.Imports;

/// <summary>What one row says, read and found well-formed.</summary>
/// <param name="CoreName">The name without company form and region; see <see cref="Domain.Enterprises.EnterpriseName.Core"/>.</param>
/// <param name="CreditCode">Normalised and right, or null.</param>
/// <param name="Country">Null when the row does not say.</param>
/// <param name="Lead">For an import of leads.</param>
/// <param name="NextFollowUp">UTC.</param>
internal sealed record ImportDraft(
    string Name, string CoreName, string? CreditCode, string? Address, string? Kind, string? Country, LeadTerms? Lead, DateTime? NextFollowUp);
