using System.Globalization;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Agreements;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Reports;
using JinshanBio.Crm.Domain.Stages;

namespace JinshanBio.Crm.Benchmarks.Fill;

/// <summary>How many of what.</summary>
internal sealed record Amounts(int Leads, int Projects, int Enterprises);

/// <summary>
/// Lives of made-up leads and projects, told through the domain one lead after the other, each event at its own past
/// moment. The same seed and day tell the same story; only the ids are new each time.
/// </summary>
internal sealed class Story(Amounts amounts, int seed, Catalogue catalogue, IReadOnlyList<Guid> owners, DateTime now)
{
    private static readonly TimeSpan Span = TimeSpan.FromDays(730);

    private readonly Random _random = new(seed);
    private readonly Vocabulary _words = Vocabulary.Load();
    private readonly List<Enterprise> _reused = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly string[] _fields = [.. catalogue.Fields.Select(f => f.Code)];
    private readonly ILookup<string, string> _links = catalogue.Links.ToLookup(l => l.Field, l => l.Code, StringComparer.Ordinal);

    private int _leads, _projects, _enterprises;

    /// <summary>The last number given out in each series.</summary>
    public IEnumerable<NumberSeries> Series => _numbers.Select(s => new NumberSeries { Key = s.Key, Last = s.Value });

    /// <summary>The next leads with everything that belongs to them; null when all are told.</summary>
    public Chapter? Next(int leads)
    {
        if (_leads == amounts.Leads && _enterprises == amounts.Enterprises) return null;
        var chapter = new Chapter();
        for (var end = Math.Min(amounts.Leads, _leads + leads); _leads < end; _leads++) Tell(chapter);
        // Enterprises that nobody has a lead of yet.
        if (_leads == amounts.Leads)
            while (_enterprises < amounts.Enterprises && chapter.Enterprises.Count < leads) AddEnterprise(chapter, now - Span);
        return chapter;
    }

    private void Tell(Chapter chapter)
    {
        var created = now - Span + Span * ((_leads + 1.0) / (amounts.Leads + 1.0));
        var owner = Vocabulary.Pick(_random, owners);
        var at = (double part) => created + (now - created) * part;
        var field = Vocabulary.Pick(_random, _fields);
        var links = Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Vocabulary.Pick(_random, _links[field].ToList())).ToList();
        var secret = _random.Next(6) == 0 ? Vocabulary.Pick(_random, _words.CodeNames) + (_random.Next(900) + 100).ToString(CultureInfo.InvariantCulture) : null;
        var note = _random.Next(2) == 0 ? Vocabulary.Pick(_random, _words.Notes) : null;
        var terms = new LeadTerms(field, links, Vocabulary.Pick(_random, Enum.GetValues<LeadSource>()), Money(100, 60_000), secret, note);

        var lead = new Lead(Number("XS", created), Enterprise(chapter, created), terms, owner, created, owner);
        var first = new FollowUp(lead.Id, null, owner, FollowUpKind.Call, at(0.15), null, created);
        lead.PlanNext(first.DueAt);
        chapter.Leads.Add(lead);
        chapter.FollowUps.Add(first);
        chapter.Save(created, lead);
        chapter.Save(created, first);

        if (_random.NextDouble() < 0.7) Screen(chapter, lead, Stage.Screened, at(0.1));
        first.Complete(FollowUpResult.Progress, Vocabulary.Pick(_random, _words.Outcomes), at(0.15), owner);
        var next = new FollowUp(lead.Id, null, owner, Vocabulary.Pick(_random, Enum.GetValues<FollowUpKind>()), now.AddHours(_random.Next(-120, 900)), note, at(0.15));
        lead.PlanNext(next.DueAt);
        chapter.FollowUps.Add(next);
        chapter.Save(at(0.15), first);
        chapter.Save(at(0.15), next);
        chapter.Save(at(0.15), lead);
        if (lead.Stage == Stage.Screened && _random.Next(2) == 0) Screen(chapter, lead, Stage.FirstTalk, at(0.2));

        if ((long)(_leads + 1) * amounts.Projects / amounts.Leads > _projects) Convert(chapter, lead, next, at);
        else if (_random.Next(8) == 0)
        {
            lead.Drop(Vocabulary.Pick(_random, _words.Outcomes));
            chapter.Save(at(0.5), lead);
        }
    }

    private static void Screen(Chapter chapter, Lead lead, string to, DateTime at)
    {
        lead.Screen(to, at, lead.OwnerId);
        chapter.Save(at, lead);
    }

    private void Convert(Chapter chapter, Lead lead, FollowUp open, Func<double, DateTime> at)
    {
        _projects++;
        var (created, due) = (at(0.3), lead.NextFollowUpAt);
        var track = Vocabulary.Pick(_random, Enum.GetValues<Track>());
        var name = EnterpriseName.Core(lead.Enterprise!.Name) + Vocabulary.Pick(_random, _words.Projects);
        var terms = new ProjectTerms(name, track, Money(500, 80_000), Money(500, 200_000), _random.Next(200, 40_000));
        var project = Project.From(lead, Number("XM", created), terms, created, lead.OwnerId);
        project.PlanNext(due);
        open.Follow(project.Id);
        chapter.Projects.Add(project);
        chapter.Save(created, lead);
        chapter.Save(created, project);
        chapter.Save(created, open);

        var steps = _random.Next(0, 9);
        // Whoever passes a gate has filled the form.
        if (steps > 0) project.Fill(catalogue.Stages.Form.Fields.Where(f => f.Type != FormType.Calc && f.WhenKey is null && f.Tracks.Contains(track)).Select(f => KeyValuePair.Create(f.Key, Answer(f))), catalogue.Stages.Form);
        for (var step = 1; step <= steps && catalogue.Stages.Next(track, project.Stage) is { } next; step++)
        {
            project.MoveTo(next.Code, catalogue.Stages, next.Evidence.ToDictionary(n => n.Key, Proof, StringComparer.Ordinal), null, at(0.3 + 0.07 * step), lead.OwnerId);
            if (next.Code == Stage.Signed) Sign(chapter, project, at(0.3 + 0.07 * step));
            chapter.Save(at(0.3 + 0.07 * step), project);
        }
        if (_random.Next(10) != 0) return;
        var side = catalogue.SideStates[_random.Next(2) == 0 ? ProjectStatus.OnHold : ProjectStatus.Lost];
        var day = ShanghaiTime.Day(at(0.95)).AddDays(side.Status == ProjectStatus.OnHold ? 60 : 0).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        project.SetStatus(side, Vocabulary.Pick(_random, _words.Outcomes), side.Inputs.ToDictionary(i => i.Key, i => i.Type == FormType.Date ? day : Answer(i), StringComparer.Ordinal), at(0.95), lead.OwnerId);
        chapter.Save(at(0.95), project);
    }

    /// <summary>As the move to S60 does.</summary>
    private static void Sign(Chapter chapter, Project project, DateTime at)
    {
        string? Said(string key) => project.Evidence.FirstOrDefault(e => e.Key == key)?.Value;
        var agreement = Agreement.FromEvidence(project, Said("agreementNumber")!, project.Enterprise!.Name, Said(EvidenceNeed.SigningCreditCode), ShanghaiTime.Day(at), at, project.OwnerId);
        project.CountSigned(agreement.Amount);
        chapter.Agreements.Add(agreement);
        chapter.Save(at, agreement);
    }

    private string? Proof(EvidenceNeed need) => need.Type switch
    {
        "creditCode" => Vocabulary.CreditCodeOf(1_000_000_000 + _projects),
        "option" => need.Options[0],
        _ => $"{need.Key}-{_projects:D6}",
    };

    private string? Answer(FormField field) => field.Type switch
    {
        FormType.Decimal or FormType.Int => Math.Max(1, decimal.Round((field.Max ?? 100) / 1000 * (1 + _projects % 10) / 10)).ToString(CultureInfo.InvariantCulture),
        FormType.Bool => "false",
        FormType.Enum => field.Options[0].Key,
        FormType.Date => ShanghaiTime.Day(now).AddDays(_projects % 700).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        FormType.CreditCode => Vocabulary.CreditCodeOf(1_000_000_000 + _projects),
        _ => $"{field.Key}-{_projects:D6}",
    };

    /// <summary>A new enterprise for each lead as long as there are to be more, then those that are there already.</summary>
    private Enterprise Enterprise(Chapter chapter, DateTime created)
    {
        if (_enterprises == amounts.Enterprises) return Vocabulary.Pick(_random, _reused);
        var enterprise = AddEnterprise(chapter, created);
        if (amounts.Enterprises < amounts.Leads) _reused.Add(enterprise);
        return enterprise;
    }

    private Enterprise AddEnterprise(Chapter chapter, DateTime created)
    {
        var enterprise = new Enterprise(_words.EnterpriseName(_random), Vocabulary.CreditCodeOf(_enterprises++), "CN", created, owners[0]);
        chapter.Enterprises.Add(enterprise);
        chapter.Save(created, enterprise);
        return enterprise;
    }

    private string Number(string prefix, DateTime at)
    {
        var series = $"{prefix}-{ShanghaiTime.Day(at).Year}";
        return $"{series}-{_numbers[series] = _numbers.GetValueOrDefault(series) + 1:D5}";
    }

    /// <summary>Ten thousands of yuan, small amounts more often than large ones.</summary>
    private decimal Money(int from, int to) => decimal.Round((decimal)(from * Math.Pow((double)to / from, _random.NextDouble()))) * 10_000m;
}

/// <summary>Rows to be written together.</summary>
internal sealed class Chapter
{
    private static readonly System.Reflection.PropertyInfo Version = typeof(Entity).GetProperty(nameof(Entity.Version))!;
    private readonly Dictionary<Guid, PipelinePeriod> _open = [];

    public List<Enterprise> Enterprises { get; } = [];
    public List<Lead> Leads { get; } = [];
    public List<FollowUp> FollowUps { get; } = [];
    public List<Project> Projects { get; } = [];
    public List<Agreement> Agreements { get; } = [];
    public List<PipelinePeriod> Periods { get; } = [];

    /// <summary>What all this adds to the running pipeline.</summary>
    public IEnumerable<PipelinePosting> Postings => _open.Values.SelectMany(p => PipelinePosting.Of(p.Facts, p.IsProject, +1));

    /// <summary>What saving does beside writing the row: one more version, and a period of the pipeline when what counts has changed.</summary>
    public void Save(DateTime at, Entity entity)
    {
        Version.SetValue(entity, entity.Version + 1);
        if (entity is Lead lead) Count(lead.Id, false, PipelineBook.Facts(lead), at);
        if (entity is Project project) Count(project.Id, true, PipelineBook.Facts(project), at);
    }

    private void Count(Guid id, bool isProject, PipelineFacts facts, DateTime at)
    {
        if (_open.TryGetValue(id, out var open))
        {
            if (open.Facts == facts) return;
            open.End(at);
        }
        Periods.Add(_open[id] = new PipelinePeriod(id, isProject, facts, at));
    }
}
