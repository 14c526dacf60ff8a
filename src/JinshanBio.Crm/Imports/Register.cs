using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Domain.Searching;
using JinshanBio.Crm.Identity;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Imports;

/// <summary>What the judge has to know of an enterprise in the register.</summary>
internal sealed record KnownEnterprise(Guid Id, string Name, string CoreName, string? CreditCode, string? Address, string? Kind, string Country, string? IndustryCode, string? Scope)
{
    public bool IsCalled(string name) => SearchText.Normalise(name) == SearchText.Normalise(Name);

    public bool IsEmpty(string column) => column switch
    {
        ImportColumns.CreditCode => CreditCode is null,
        ImportColumns.Address => Address is null,
        ImportColumns.Kind => Kind is null,
        ImportColumns.IndustryCode => IndustryCode is null,
        ImportColumns.Scope => Scope is null,
        _ => false,
    };
}

/// <summary>What the judge has to know of a lead that a row names by its number.</summary>
internal sealed record KnownLead(Guid Id, string Number, Guid EnterpriseId, string EnterpriseName, LeadTerms Terms, DateTime? NextFollowUpAt)
{
    public string Title => Terms.CodeName ?? EnterpriseName;

    public bool IsCalled(string name) => SearchText.Normalise(name) is var given && (given == SearchText.Normalise(EnterpriseName) || given == SearchText.Normalise(Title));
}

/// <summary>The part of the register that some rows are about.</summary>
internal sealed class Register
{
    private readonly Dictionary<string, KnownEnterprise> _byCode = new(StringComparer.Ordinal), _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, KnownLead> _leadsByNumber = new(StringComparer.Ordinal);
    private readonly HashSet<(Guid, string)> _leads = [];
    private ILookup<string, KnownEnterprise> _byName = Array.Empty<KnownEnterprise>().ToLookup(e => e.CoreName);

    public static async Task<Register> LoadAsync(CrmDb db, Import import, Actor starter, IReadOnlyList<ImportDraft> drafts, CancellationToken cancel)
    {
        var register = new Register();
        var isLeads = import.Kind == ImportKind.Leads;
        // A lead named by its number keeps the enterprise it has.
        var about = isLeads ? [.. drafts.Where(d => d.Key is null)] : drafts;
        var codes = about.Select(d => d.CreditCode).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var names = about.Where(d => d.Key is null).Select(d => d.CoreName).Distinct(StringComparer.Ordinal).ToList();
        var keys = drafts.Select(d => d.Key).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        if (codes.Count > 0) foreach (var known in await Known(db.Enterprises.Where(e => codes.Contains(e.CreditCode!))).ToListAsync(cancel)) register._byCode[known.CreditCode!] = known;
        if (names.Count > 0) register._byName = (await Known(db.Enterprises.Where(e => names.Contains(e.CoreName))).ToListAsync(cancel)).OrderBy(e => e.Id).ToLookup(e => e.CoreName, StringComparer.Ordinal);
        if (isLeads) await register.LoadLeadsAsync(db, import, starter, keys, cancel);
        else if (keys.ConvertAll(Guid.Parse) is { Count: > 0 } ids)
            foreach (var known in await Known(db.Enterprises.Where(e => ids.Contains(e.Id))).ToListAsync(cancel)) register._byId[known.Id.ToString()] = known;
        return register;
    }

    public KnownEnterprise? ByCode(string code) => _byCode.GetValueOrDefault(code);
    public KnownEnterprise? ById(string id) => _byId.GetValueOrDefault(id);
    public KnownLead? LeadBy(string number) => _leadsByNumber.GetValueOrDefault(number);
    public bool HasLead(Guid enterpriseId, string field) => _leads.Contains((enterpriseId, field));

    /// <summary>By credit code; else the one of that name: with a code only the very name, and only while it has no code of its own.</summary>
    /// <returns>Nothing when several have that name and none is spelled so.</returns>
    public (KnownEnterprise? Known, int Candidates) Find(ImportDraft draft)
    {
        if (draft.CreditCode is { } code && _byCode.TryGetValue(code, out var known)) return (known, 1);
        var alike = _byName[draft.CoreName].ToList();
        var called = alike.FindAll(e => e.IsCalled(draft.Name));
        if (draft.CreditCode is not null) return (called.Find(e => e.CreditCode is null), alike.Count);
        return called.Count == 1 ? (called[0], 1) : called.Count == 0 && alike.Count == 1 ? (alike[0], 1) : (null, alike.Count);
    }

    /// <summary>A lead is put on the first of several enterprises of that name: it says so, and can be moved.</summary>
    public KnownEnterprise? FindForLead(ImportDraft draft) => Find(draft) is var (known, _) && (known is not null || draft.CreditCode is not null) ? known
        : _byName[draft.CoreName].FirstOrDefault(e => e.IsCalled(draft.Name)) ?? _byName[draft.CoreName].FirstOrDefault();

    /// <summary>An enterprise of the same name under another credit code.</summary>
    public KnownEnterprise? Alike(ImportDraft draft) => _byName[draft.CoreName].FirstOrDefault();

    private async Task LoadLeadsAsync(CrmDb db, Import import, Actor starter, List<string> numbers, CancellationToken cancel)
    {
        var ids = _byCode.Values.Concat(_byName.SelectMany(n => n)).Select(e => e.Id).Distinct().ToList();
        if (ids.Count > 0)
        {
            var open = await db.Leads.Where(l => ids.Contains(l.EnterpriseId) && l.OwnerId == import.StartedById && l.Status == LeadStatus.Open)
                .Select(l => new { l.EnterpriseId, l.Field }).ToListAsync(cancel);
            _leads.UnionWith(open.Select(l => (l.EnterpriseId, l.Field)));
        }
        if (numbers.Count == 0) return;
        var leads = await db.Leads.AsNoTracking().VisibleTo(starter).Where(l => numbers.Contains(l.Number))
            .Select(l => new { l.Id, l.Number, l.EnterpriseId, EnterpriseName = l.Enterprise!.Name, l.Field, Links = l.Links.Select(x => x.Code).ToList(), l.Source, l.ExpectedInvestment, l.CodeName, l.Note, l.NextFollowUpAt })
            .ToListAsync(cancel);
        foreach (var l in leads)
            _leadsByNumber[l.Number] = new KnownLead(l.Id, l.Number, l.EnterpriseId, l.EnterpriseName, new LeadTerms(l.Field, l.Links, l.Source, l.ExpectedInvestment, l.CodeName, l.Note), l.NextFollowUpAt);
    }

    private static IQueryable<KnownEnterprise> Known(IQueryable<Enterprise> enterprises)
        => enterprises.Select(e => new KnownEnterprise(e.Id, e.Name, e.CoreName, e.CreditCode, e.Address, e.Kind, e.Country, e.IndustryCode, e.Scope));
}
