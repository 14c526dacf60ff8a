using System.Globalization;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Domain.Searching;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Imports;

/// <summary>
/// 预演与判定: says what a row would do, and why. The one place that does, for the dry run and again in the moment of running.
/// Rows are given in the order of the file, some hundreds at a time: three statements answer for all of them.
/// </summary>
internal sealed class ImportJudge(CrmDb db, Catalogue catalogue, Import import)
{
    private readonly ImportReader _reader = new(import, catalogue);
    private readonly Dictionary<string, Earlier> _codes = new(StringComparer.Ordinal), _names = new(StringComparer.Ordinal);
    private readonly Dictionary<(Guid Enterprise, string Field), int> _leads = [];

    /// <summary>Writes verdict and reason into the rows.</summary>
    /// <param name="running">Keep what the dry run found within the file: the earlier rows stand in the register by now.</param>
    public async Task<IReadOnlyList<Judgement>> JudgeAsync(IReadOnlyList<ImportRow> rows, bool running, CancellationToken cancel)
    {
        var judgements = new List<Judgement>(rows.Count);
        foreach (var row in rows)
        {
            if (running && ImportReason.IsWithinFile(row.Reason)) continue;
            var draft = _reader.Read(row.Cells, out var fault);
            (row.Verdict, row.Reason, row.ReasonValue) = fault is { } f ? (ImportVerdict.Refuse, f.Reason, f.Value) : default;
            if (draft is not null) judgements.Add(new Judgement(row, draft));
        }
        var register = await Register.LoadAsync(db, import, judgements.ConvertAll(j => j.Draft), cancel);
        foreach (var judgement in judgements)
        {
            if (import.Kind == ImportKind.Leads) JudgeLead(judgement, register);
            else JudgeEnterprise(judgement, register);
            if (judgement.Row.Verdict != ImportVerdict.Refuse) Remember(judgement);
        }
        return judgements;
    }

    private void JudgeEnterprise(Judgement judgement, Register register)
    {
        var (row, draft) = (judgement.Row, judgement.Draft);
        if (draft.CreditCode is { } code && _codes.TryGetValue(code, out var first))
        {
            Say(row, ImportVerdict.Refuse, ImportReason.CodeTwice, Number(first.Row));
            return;
        }
        if (register.Find(draft) is { } known)
        {
            judgement.Known = known;
            if (draft.CreditCode is null) Say(row, ImportVerdict.Skip, ImportReason.ProbablySame, known.Name);
            else JudgeUpdate(row, draft, known);
            return;
        }
        if (_names.TryGetValue(draft.CoreName, out first) && first.IsProbably(draft)) Say(row, ImportVerdict.Skip, ImportReason.SameAsRow, Number(first.Row));
        else Say(row, ImportVerdict.Create, null, null);
    }

    private static void JudgeUpdate(ImportRow row, ImportDraft draft, KnownEnterprise known)
    {
        var news = new List<string>();
        if (known.CreditCode is null) news.Add(ImportColumns.CreditCode);
        if (draft.Address is not null && draft.Address != known.Address) news.Add(ImportColumns.Address);
        if (draft.Kind is not null && draft.Kind != known.Kind) news.Add(ImportColumns.Kind);
        if (draft.Country is not null && draft.Country != known.Country) news.Add(ImportColumns.Country);
        row.Verdict = news.Count > 0 ? ImportVerdict.Update : ImportVerdict.Skip;
        if (!known.IsCalled(draft.Name)) (row.Reason, row.ReasonValue) = (ImportReason.NameKept, known.Name);
        else (row.Reason, row.ReasonValue) = news.Count > 0 ? (ImportReason.Changes, string.Join(',', news)) : (ImportReason.NothingNew, null);
    }

    private void JudgeLead(Judgement judgement, Register register)
    {
        var (row, draft) = (judgement.Row, judgement.Draft);
        judgement.Known = register.Find(draft);
        if (judgement.Known is null && draft.CreditCode is { } code && _codes.TryGetValue(code, out var earlier)) judgement.EnterpriseId = earlier.EnterpriseId;
        else if (judgement.Known is null && _names.TryGetValue(draft.CoreName, out earlier) && earlier.IsProbably(draft)) judgement.EnterpriseId = earlier.EnterpriseId;

        if (_leads.TryGetValue((judgement.EnterpriseId, draft.Lead!.Field), out var first)) Say(row, ImportVerdict.Skip, ImportReason.SameAsRow, Number(first));
        else if (register.HasLead(judgement.EnterpriseId, draft.Lead.Field)) Say(row, ImportVerdict.Skip, ImportReason.LeadExists, judgement.Known!.Name);
        else if (judgement.Known is { } other && !other.IsCalled(draft.Name)) Say(row, ImportVerdict.Create, ImportReason.OnExisting, other.Name);
        else Say(row, ImportVerdict.Create, null, null);
    }

    private void Remember(Judgement judgement)
    {
        var draft = judgement.Draft;
        var earlier = new Earlier(judgement.Row.Number, judgement.EnterpriseId, draft.CreditCode is null ? SearchText.Normalise(draft.Name) : null);
        if (draft.CreditCode is { } code) _codes.TryAdd(code, earlier);
        _names.TryAdd(draft.CoreName, earlier);
        if (draft.Lead is { } lead) _leads.TryAdd((judgement.EnterpriseId, lead.Field), judgement.Row.Number);
    }

    private static void Say(ImportRow row, ImportVerdict verdict, string? reason, string? value)
        => (row.Verdict, row.Reason, row.ReasonValue) = (verdict, reason, value);

    private static string Number(int row) => row.ToString(CultureInfo.InvariantCulture);

    /// <param name="CodelessName">Normalised name of a row that had no credit code, else null.</param>
    private readonly record struct Earlier(int Row, Guid EnterpriseId, string? CodelessName)
    {
        // Two different codes are two enterprises, however alike their names.
        public bool IsProbably(ImportDraft draft) => draft.CreditCode is null || CodelessName == SearchText.Normalise(draft.Name);
    }
}

/// <summary>A row that could be read, and what it meets in the register.</summary>
internal sealed class Judgement(ImportRow row, ImportDraft draft)
{
    public ImportRow Row { get; } = row;
    public ImportDraft Draft { get; } = draft;

    /// <summary>Equal for rows about one enterprise: its id in the register, or one made up for an enterprise that is still to be created.</summary>
    public Guid EnterpriseId { get; set; } = Guid.CreateVersion7();

    public KnownEnterprise? Known
    {
        get;
        set
        {
            field = value;
            if (value is not null) EnterpriseId = value.Id;
        }
    }
}

/// <summary>What the judge has to know of an enterprise in the register.</summary>
internal sealed record KnownEnterprise(Guid Id, string Name, string CoreName, string? CreditCode, string? Address, string? Kind, string Country)
{
    public bool IsCalled(string name) => SearchText.Normalise(name) == SearchText.Normalise(Name);
}

/// <summary>The part of the register that some rows are about.</summary>
internal sealed class Register(IEnumerable<KnownEnterprise> byCode, IEnumerable<KnownEnterprise> byName, HashSet<(Guid, string)> leads)
{
    private readonly Dictionary<string, KnownEnterprise> _byCode = byCode.ToDictionary(e => e.CreditCode!, StringComparer.Ordinal);
    private readonly ILookup<string, KnownEnterprise> _byName = byName.ToLookup(e => e.CoreName, StringComparer.Ordinal);

    public static async Task<Register> LoadAsync(CrmDb db, Import import, IReadOnlyList<ImportDraft> drafts, CancellationToken cancel)
    {
        var codes = drafts.Select(d => d.CreditCode).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var names = drafts.Select(d => d.CoreName).Distinct(StringComparer.Ordinal).ToList();
        var byCode = codes.Count == 0 ? [] : await Known(db.Enterprises.Where(e => codes.Contains(e.CreditCode!))).ToListAsync(cancel);
        var byName = names.Count == 0 ? [] : await Known(db.Enterprises.Where(e => names.Contains(e.CoreName))).ToListAsync(cancel);
        HashSet<(Guid, string)> leads = [];
        var ids = byCode.Concat(byName).Select(e => e.Id).Distinct().ToList();
        if (import.Kind == ImportKind.Leads && ids.Count > 0)
        {
            var open = await db.Leads.Where(l => ids.Contains(l.EnterpriseId) && l.OwnerId == import.StartedById && l.Status == LeadStatus.Open)
                .Select(l => new { l.EnterpriseId, l.Field }).ToListAsync(cancel);
            leads = [.. open.Select(l => (l.EnterpriseId, l.Field))];
        }
        return new Register(byCode, byName.OrderBy(e => e.Id), leads);
    }

    /// <summary>By credit code; else one of that name: with a code only the very name, and only while it has no code of its own.</summary>
    public KnownEnterprise? Find(ImportDraft draft)
    {
        if (draft.CreditCode is { } code && _byCode.TryGetValue(code, out var known)) return known;
        var alike = _byName[draft.CoreName];
        return draft.CreditCode is null
            ? alike.FirstOrDefault(e => e.IsCalled(draft.Name)) ?? alike.FirstOrDefault()
            : alike.FirstOrDefault(e => e.CreditCode is null && e.IsCalled(draft.Name));
    }

    public bool HasLead(Guid enterpriseId, string field) => leads.Contains((enterpriseId, field));

    private static IQueryable<KnownEnterprise> Known(IQueryable<Domain.Enterprises.Enterprise> enterprises)
        => enterprises.Select(e => new KnownEnterprise(e.Id, e.Name, e.CoreName, e.CreditCode, e.Address, e.Kind, e.Country));
}
