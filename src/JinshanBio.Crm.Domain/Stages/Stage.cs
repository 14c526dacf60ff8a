using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Domain.Projects;

namespace JinshanBio.Crm.Domain.Stages;

/// <summary>落地方式: how a project lands. Each track skips different stages.</summary>
public enum Track
{
    /// <summary>拿地自建: buys land and builds.</summary>
    Land,
    /// <summary>租赁入驻: rents a factory, or enters an incubator or accelerator.</summary>
    Lease,
    /// <summary>研发平台: an R&amp;D institution or platform.</summary>
    Rnd,
}

/// <summary>阶段: how far a lead (S10–S30) or a project (S40–S120) got. Reference data, see seeds/reference/stages.json.</summary>
/// <param name="Code">"S10" … "S120".</param>
/// <param name="Order">10 … 120, the order of the life of a project.</param>
/// <param name="Probability">Share that reaches production from here, 0…1; a factory value until the district's own history replaces it.</param>
/// <param name="StallDays">Days without movement after which it counts as stalled, or null.</param>
public sealed record Stage(
    string Code, int Order, string NameZh, string NameEn, decimal Probability, int? StallDays,
    IReadOnlySet<Track> Tracks, IReadOnlyList<EvidenceNeed> Evidence)
{
    public const string Lead = "S10", Screened = "S20", FirstTalk = "S30", InTalks = "S40", Review = "S50", Signed = "S60",
        Landed = "S65", InProduction = "S100";

    /// <summary>Who is responsible while a project stands here.</summary>
    public string RoleZh { get; init; } = "";
    public string RoleEn { get; init; } = "";

    /// <summary>How many days a project usually stands here; null where it stays. A factory value.</summary>
    public int? TypicalDays { get; init; }

    /// <summary>Fields of the project form that must be filled before it is entered: those required from here or from an earlier stage.</summary>
    public IReadOnlyList<FormField> Fields { get; internal init; } = [];

    public const int SignedOrder = 60, LandedOrder = 65, InProductionOrder = 100;

    /// <summary>The number in the code is the order: "S65" is 65.</summary>
    public static int OrderOf(string code) => int.Parse(code.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>证据: something that must be on record before a stage is entered.</summary>
/// <param name="Key">Key in the evidence object of the API.</param>
/// <param name="Type">"text", "creditCode" or "option".</param>
/// <param name="Options">For an option, the keys that may be given.</param>
public sealed record EvidenceNeed(string Key, string NameZh, string NameEn, string Type, bool Required, IReadOnlyList<string> Options)
{
    public const string AgreementType = "agreementType", FormalAgreement = "formal", FairCompetition = "fairCompetition",
        ReviewPending = "pending", SigningCreditCode = "creditCode";

    /// <summary>The law that asks for it, in words: no administrator takes it away.</summary>
    public string? LawZh { get; init; }
    public string? LawEn { get; init; }
    /// <summary>A firm of another country has no credit code.</summary>
    public const string OwnCountry = "CN";

    /// <summary>The value as it is recorded.</summary>
    /// <exception cref="Refusal">CreditCodeWrong, or Invalid for an option that does not exist.</exception>
    public string Check(string value)
    {
        value = value.Trim();
        switch (Type)
        {
            case "creditCode":
                var code = CreditCode.Normalise(value);
                if (code is null || CreditCode.Check(code) is not null) throw new Refusal(RefusalCode.CreditCodeWrong, value) { Field = $"evidence.{Key}" };
                return code;
            case "option" when !Options.Contains(value, StringComparer.Ordinal):
                throw new Refusal(RefusalCode.Invalid) { Field = $"evidence.{Key}" };
            default:
                return value;
        }
    }
}

/// <summary>The stages of every track in order: the one transition table of a project.</summary>
public sealed class StageTable
{
    private readonly List<Stage> _stages;
    private readonly Dictionary<string, Stage> _byCode;

    /// <param name="form">The project form; its fields stand at the gates from the stage on from which they are required.</param>
    public StageTable(IEnumerable<Stage> stages, ProjectForm? form = null)
    {
        Form = form ?? ProjectForm.Empty;
        _stages = [.. stages.OrderBy(s => s.Order).Select(s => s with { Fields = [.. Form.Fields.Where(f => f.Type != FormType.Calc && f.IsRequiredAt(s.Order))] })];
        _byCode = _stages.ToDictionary(s => s.Code, StringComparer.Ordinal);
    }

    public IReadOnlyList<Stage> All => _stages;

    public ProjectForm Form { get; }

    /// <exception cref="KeyNotFoundException">For a code that is not in the table; check user input with <see cref="Find"/>.</exception>
    public Stage this[string code] => _byCode[code];

    public Stage? Find(string? code) => code is not null && _byCode.TryGetValue(code, out var stage) ? stage : null;

    /// <summary>The stages a project on this track passes, from 在谈 on.</summary>
    public IEnumerable<Stage> Of(Track track) => _stages.Where(s => s.Order >= 40 && s.Tracks.Contains(track));

    public Stage? Next(Track track, string from) => Of(track).FirstOrDefault(s => s.Order > this[from].Order);
}
