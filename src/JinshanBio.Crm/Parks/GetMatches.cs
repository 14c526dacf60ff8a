using System.Text.Json.Serialization;
using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Parks;

/// <summary>选址匹配: every space that the person sees, judged for one project: those that fit first by their score, then those of which something is unknown, then the others.</summary>
[Needs(Permission.ParksRead)]
public sealed record GetMatches : IRequest<SpaceMatches>, IPaged
{
    public Guid Project { get; set; }

    /// <summary>Other days and another area than the project says, to try them.</summary>
    public DateOnly? From { get; set; }
    public DateOnly? Until { get; set; }

    /// <summary>m².</summary>
    public decimal? AreaM2 { get; set; }
    public FitVerdict? Verdict { get; set; }
    public Guid? Park { get; set; }
    public int Page { get; set; } = 1;
    public int Size { get; set; } = Paging.DefaultSize;

    string? IPaged.Sort => null;
}

/// <param name="Counts">Of all spaces, whatever verdict is asked for.</param>
/// <param name="Hints">The limits without which further spaces would come into question, the most effective first.</param>
public sealed record SpaceMatches(IReadOnlyList<SpaceMatch> Items, int Total, [property: JsonPropertyName("page")] int Number, int Size,
    decimal AreaM2, DateOnly From, DateOnly? Until, FitCounts Counts, IReadOnlyList<NeedRow> Needs, IReadOnlyList<FitHint> Hints);

public sealed record FitCounts(int Fits, int Unknown, int DoesNotFit)
{
    public int Total => Fits + Unknown + DoesNotFit;
}

/// <summary>One space and how it stands to the project.</summary>
/// <param name="FreeM2">Least free area over the wanted days, with what is held for the project itself.</param>
/// <param name="IsHeld">A part of it is held or occupied for the project.</param>
public sealed record SpaceMatch(Guid SpaceId, string SpaceName, Guid ParkId, string ParkName, SpaceKind Kind, string? Building, string? Floor, decimal AreaM2, decimal FreeM2,
    DateOnly AvailableFrom, DateOnly? AvailableUntil, decimal? Rent, bool IsHeld, FitVerdict Verdict, decimal Score, IReadOnlyList<FitReasonRow> Reasons, IReadOnlyList<FitPointRow> Points);

/// <summary>One need as it is on record.</summary>
/// <param name="Value">With its unit; null while nobody stated it.</param>
/// <param name="Question">Key of the question of the project form that states it.</param>
public sealed record NeedRow(string Key, string Name, string? Value, string? Question);

/// <summary>改变条件: so many spaces fail on this one limit alone.</summary>
/// <param name="Fits">Of them, those that would fit without it; of the others something is unknown besides.</param>
public sealed record FitHint(string Key, string Name, int Spaces, int Fits, bool IsFirm);

internal sealed class GetMatchesValidator : AbstractValidator<GetMatches>
{
    public GetMatchesValidator()
    {
        this.MustBePaged([]);
        RuleFor(r => r.Project).NotEmpty();
        RuleFor(r => r.From).PlausibleDay();
        RuleFor(r => r.Until).PlausibleDay();
        RuleFor(r => r.Until).GreaterThanOrEqualTo(r => r.From).When(r => r.From is not null && r.Until is not null);
        RuleFor(r => r.AreaM2!.Value).Area().OverridePropertyName("areaM2").When(r => r.AreaM2 is not null);
        RuleFor(r => r.Verdict).IsInEnum();
    }
}

internal sealed class GetMatchesHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<GetMatches, SpaceMatches>
{
    public async Task<SpaceMatches> Handle(GetMatches request, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.ProjectsRead)) throw new Refusal(RefusalCode.NotPermitted);
        var today = ShanghaiTime.Day(clock.GetUtcNow().UtcDateTime);
        var project = await db.Projects.AsNoTracking().VisibleTo(actor).Include(p => p.Facts).Include(p => p.Links).Include(p => p.Assignments).AsSplitQuery().OneAsync(request.Project, cancellationToken);
        var stated = ProjectNeeds.Of(project, today);
        var need = stated with { From = request.From ?? stated.From, Until = request.Until ?? stated.Until, AreaM2 = request.AreaM2 ?? stated.AreaM2 };

        var spaces = db.Spaces.VisibleTo(actor).Where(s => s.ReplacedOn == null);
        if (request.Park is { } park) spaces = spaces.Where(s => s.ParkId == park);
        var ground = await FitGround.LoadAsync(db, spaces, [project.Id], today, cancellationToken);
        var judged = Judged(ground, catalogue, project.Id, need);

        var shown = judged.Where(j => request.Verdict is null || j.Answer.Verdict == request.Verdict).ToList();
        return new SpaceMatches([.. shown.Skip((request.Page - 1) * request.Size).Take(request.Size).Select(j => j.Row(ground, catalogue, project.Id))], shown.Count, request.Page, request.Size,
            need.AreaM2, need.From, need.Until,
            new FitCounts(judged.Count(j => j.Answer.Verdict == FitVerdict.Fits), judged.Count(j => j.Answer.Verdict == FitVerdict.Unknown), judged.Count(j => j.Answer.Verdict == FitVerdict.DoesNotFit)),
            need.Rows(project, catalogue), Hints(judged));
    }

    /// <summary>Best first.</summary>
    internal static List<JudgedSpace> Judged(FitGround ground, Catalogue catalogue, Guid projectId, SpaceNeed need)
        => [.. ground.OffersFor(projectId, need).Select(o => new JudgedSpace(o.Space, o.Offer, Fit.Judge(need, o.Offer, catalogue.Fit, catalogue.Chain)))
            .OrderBy(j => j.Answer.Verdict).ThenBy(j => j.Answer.Failing.Count()).ThenByDescending(j => j.Answer.Score).ThenBy(j => j.Space.Park!.Code, StringComparer.Ordinal).ThenBy(j => j.Space.Name, StringComparer.Ordinal)];

    private static List<FitHint> Hints(List<JudgedSpace> judged)
        => [.. judged.Where(j => j.Answer.Failing.Take(2).Count() == 1).GroupBy(j => j.Answer.Failing.Single().Key)
            .Select(g => new FitHint(g.Key, FitWords.LimitName(g.Key), g.Count(), g.Count(j => j.Answer.Reasons.All(r => r.Verdict != FitVerdict.Unknown)), g.First().Answer.Failing.Single().IsFirm))
            .OrderByDescending(h => h.Fits).ThenByDescending(h => h.Spaces).ThenBy(h => FitLimits.All.ToList().IndexOf(h.Key))];
}

internal sealed record JudgedSpace(Space Space, SpaceOffer Offer, FitAnswer Answer)
{
    public SpaceMatch Row(FitGround ground, Catalogue catalogue, Guid projectId) => new(Space.Id, Space.Name, Space.ParkId, Texts.Text.Pick(Space.Park!.NameZh, Space.Park.NameEn), Space.Kind, Space.Building, Space.Floor,
        Space.AreaM2, Offer.FreeM2, Space.AvailableFrom, Space.AvailableUntil, Space.Rent, ground.IsHeldFor(projectId, Space.Id), Answer.Verdict, Answer.Score, Answer.Reasons.Rows(), Answer.Points.Rows(catalogue));
}
