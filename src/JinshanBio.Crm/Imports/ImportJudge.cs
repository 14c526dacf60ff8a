using System.Globalization;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Searching;
using JinshanBio.Crm.Identity;

namespace JinshanBio.Crm.Imports;

/// <summary>
/// 预演与判定: says what a row would do, and why. The one place that does, for the dry run and again in the moment of running.
/// Rows are given in the order of the file, some hundreds at a time: a few statements answer for all of them.
/// </summary>
internal sealed class ImportJudge(CrmDb db, Catalogue catalogue, Import import, Actor starter)
{
    private readonly ImportReader _reader = new(import, catalogue);
    private readonly Dictionary<string, Earlier> _codes = new(StringComparer.Ordinal), _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<(Guid Enterprise, string Field), int> _leads = [];
    private readonly Dictionary<Guid, int> _known = [];
    private readonly Dictionary<(Guid Park, string Name), int> _spaces = [];

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
        if (import.Kind == ImportKind.Spaces)
        {
            await SpaceImport.JudgeAsync(db, starter, judgements, _spaces, ShanghaiTime.Day(db.Present.Now), cancel);
            return judgements;
        }
        var register = await Register.LoadAsync(db, import, starter, judgements.ConvertAll(j => j.Draft), cancel);
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
        if (draft.CreditCode is { } code && _codes.TryGetValue(code, out var first)) { Say(row, ImportVerdict.Refuse, ImportReason.CodeTwice, Number(first.Row)); return; }
        if (draft.Key is { } key) { JudgeByKey(judgement, register.ById(key), register); return; }

        var (known, candidates) = register.Find(draft);
        judgement.Known = known;
        if (known is null && candidates > 1 && draft.CreditCode is null) Say(row, ImportVerdict.Refuse, ImportReason.Ambiguous, draft.Name);
        else if (known is not null && _known.TryGetValue(known.Id, out var earlier)) Say(row, ImportVerdict.Skip, ImportReason.SameAsRow, Number(earlier));
        else if (known is null && _names.TryGetValue(draft.CoreName, out first) && first.IsProbably(draft)) Say(row, ImportVerdict.Skip, ImportReason.SameAsRow, Number(first.Row));
        else if (known is null) JudgeNew(row, draft, register);
        else if (draft.CreditCode is not null && known.CreditCode is not null) JudgeUpdate(row, draft, known);
        else JudgeMatch(row, draft, known);
    }

    // Alike in name, but two codes are two enterprises: created, and somebody should look.
    private void JudgeNew(ImportRow row, ImportDraft draft, Register register)
    {
        if (register.Alike(draft) is { } other) Say(row, ImportVerdict.Create, ImportReason.AlikeOther, other.Name);
        else if (_names.TryGetValue(draft.CoreName, out var first)) Say(row, ImportVerdict.Create, ImportReason.AlikeRow, Number(first.Row));
        else Say(row, ImportVerdict.Create, null, null);
    }

    private void JudgeByKey(Judgement judgement, KnownEnterprise? known, Register register)
    {
        var (row, draft) = (judgement.Row, judgement.Draft);
        judgement.Known = known;
        if (known is null) Say(row, ImportVerdict.Refuse, ImportReason.KeyUnknown, draft.Key);
        else if (_known.TryGetValue(known.Id, out var earlier)) Say(row, ImportVerdict.Refuse, ImportReason.KeyTwice, Number(earlier));
        else if (draft.CreditCode is { } code && known.CreditCode is { } other && code != other) Say(row, ImportVerdict.Refuse, ImportReason.CodeDiffers, other);
        else if (draft.CreditCode is not null && register.ByCode(draft.CreditCode) is { } owner && owner.Id != known.Id) Say(row, ImportVerdict.Refuse, ImportReason.CodeTaken, owner.Name);
        else SayNews(row, ImportVerdict.Update, draft.NewsOver(known, byKey: true));
    }

    private static void JudgeUpdate(ImportRow row, ImportDraft draft, KnownEnterprise known)
    {
        SayNews(row, ImportVerdict.Update, draft.NewsOver(known, byKey: false));
        if (!known.IsCalled(draft.Name)) (row.Reason, row.ReasonValue) = (ImportReason.NameKept, known.Name);
    }

    // In the very same spelling it may change what is there; in another one it only fills what is empty.
    private static void JudgeMatch(ImportRow row, ImportDraft draft, KnownEnterprise known)
    {
        var news = draft.NewsOver(known, byKey: false).ToList();
        if (known.IsCalled(draft.Name))
        {
            SayNews(row, ImportVerdict.Match, news);
            if (news.Count > 0) row.Reason = ImportReason.ByName;
            return;
        }
        news = news.FindAll(known.IsEmpty);
        if (news.Count == 0) Say(row, ImportVerdict.Skip, ImportReason.ProbablySame, known.Name);
        else Say(row, ImportVerdict.Match, ImportReason.FillsByName, $"{known.Name}|{string.Join(',', news)}");
    }

    private void JudgeLead(Judgement judgement, Register register)
    {
        var (row, draft) = (judgement.Row, judgement.Draft);
        if (draft.Key is { } key) { JudgeLeadByKey(judgement, register.LeadBy(key)); return; }

        judgement.Known = register.FindForLead(draft);
        if (judgement.Known is null && draft.CreditCode is { } code && _codes.TryGetValue(code, out var earlier)) judgement.EnterpriseId = earlier.EnterpriseId;
        else if (judgement.Known is null && _names.TryGetValue(draft.CoreName, out earlier) && earlier.IsProbably(draft)) judgement.EnterpriseId = earlier.EnterpriseId;

        var field = draft.Lead!.Field!;
        if (_leads.TryGetValue((judgement.EnterpriseId, field), out var first)) Say(row, ImportVerdict.Skip, ImportReason.SameAsRow, Number(first));
        else if (register.HasLead(judgement.EnterpriseId, field)) Say(row, ImportVerdict.Skip, ImportReason.LeadExists, judgement.Known!.Name);
        else if (judgement.Known is { } other && !other.IsCalled(draft.Name)) Say(row, ImportVerdict.Create, ImportReason.OnExisting, other.Name);
        else if (judgement.Known is null && register.Alike(draft) is { } alike) Say(row, ImportVerdict.Create, ImportReason.AlikeOther, alike.Name);
        else Say(row, ImportVerdict.Create, null, null);
    }

    private void JudgeLeadByKey(Judgement judgement, KnownLead? known)
    {
        var (row, draft) = (judgement.Row, judgement.Draft);
        judgement.KnownLead = known;
        if (_keys.TryGetValue(draft.Key!, out var earlier)) Say(row, ImportVerdict.Refuse, ImportReason.KeyTwice, Number(earlier));
        else if (known is null) Say(row, ImportVerdict.Refuse, ImportReason.KeyUnknown, draft.Key);
        else
        {
            judgement.EnterpriseId = known.EnterpriseId;
            SayNews(row, ImportVerdict.Update, draft.Lead!.NewsOver(known.Terms));
            if (row.Verdict == ImportVerdict.Update) return;
            // What a list cannot change is said, not passed over.
            if (draft.Name.Length > 0 && !known.IsCalled(draft.Name)) (row.Reason, row.ReasonValue) = (ImportReason.NameKept, known.Title);
            else if (draft.NextFollowUp is { } at && (known.NextFollowUpAt is not { } next || ShanghaiTime.Day(at) != ShanghaiTime.Day(next))) row.Reason = ImportReason.FollowUpKept;
        }
    }

    private static void SayNews(ImportRow row, ImportVerdict verdict, IEnumerable<string> news)
    {
        var fields = string.Join(',', news);
        if (fields.Length > 0) Say(row, verdict, ImportReason.Changes, fields);
        else Say(row, ImportVerdict.Skip, ImportReason.NothingNew, null);
    }

    private void Remember(Judgement judgement)
    {
        var (draft, row) = (judgement.Draft, judgement.Row);
        if (draft.Key is { } key) _keys.TryAdd(key, row.Number);
        if (judgement.Known is { } known) _known.TryAdd(known.Id, row.Number);
        if (import.Kind == ImportKind.Leads && draft.Key is not null) return;
        var earlier = new Earlier(row.Number, judgement.EnterpriseId, draft.CreditCode is null ? SearchText.Normalise(draft.Name) : null);
        if (draft.CreditCode is { } code) _codes.TryAdd(code, earlier);
        if (draft.CoreName.Length > 0) _names.TryAdd(draft.CoreName, earlier);
        if (draft.Lead?.Field is { } field) _leads.TryAdd((judgement.EnterpriseId, field), row.Number);
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
    public KnownLead? KnownLead { get; set; }
    public KnownSpace? KnownSpace { get; set; }

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
