using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Campaigns;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Campaigns;

/// <summary>招商活动列表, with what each brought and cost.</summary>
[Needs(Permission.LeadsRead)]
public sealed record ListCampaigns : IRequest<Page<CampaignRow>>, IPaged
{
    public string? Q { get; set; }
    public CampaignKind? Kind { get; set; }

    /// <summary>Those that begin in this year.</summary>
    public int? Year { get; set; }

    /// <summary>Those that aim at this link.</summary>
    public string? Link { get; set; }
    public string? Sort { get; set; }
    public int Page { get; set; } = 1;
    public int Size { get; set; } = Paging.DefaultSize;

    internal static readonly Sorting<Campaign> Sortable = new(c => c.Id)
    {
        ["from"] = c => c.From,
        ["name"] = c => c.Name,
        ["cost"] = c => c.Costs.Sum(x => x.Amount),
    };
}

public sealed record CampaignRow(Guid Id, string Name, CampaignKind Kind, DateOnly From, DateOnly? Until, string? Place, string OwnerName, bool IsCancelled, CampaignFigures Figures);

internal sealed class ListCampaignsValidator : AbstractValidator<ListCampaigns>
{
    public ListCampaignsValidator()
    {
        this.MustBePaged(ListCampaigns.Sortable.Names);
        RuleFor(r => r.Q).MaximumLength(200);
        RuleFor(r => r.Kind).IsInEnum();
        RuleFor(r => r.Year).InclusiveBetween(2000, 2100);
    }
}

internal sealed class ListCampaignsHandler(CrmDb db, Catalogue catalogue, TimeProvider clock) : IRequestHandler<ListCampaigns, Page<CampaignRow>>
{
    public async Task<Page<CampaignRow>> Handle(ListCampaigns request, CancellationToken cancellationToken)
    {
        var query = db.Campaigns.AsNoTracking();
        if (request.Kind is { } kind) query = query.Where(c => c.Kind == kind);
        if (request.Year is { } year) query = query.Where(c => c.From >= new DateOnly(year, 1, 1) && c.From <= new DateOnly(year, 12, 31));
        if (request.Link is { } link) query = query.Where(c => c.Aims.Any(a => a.Link == link));
        if (request.Q?.Trim() is { Length: > 0 } q) query = query.Where(c => c.Name.Contains(q));
        var page = await query.Include(c => c.Aims).Include(c => c.Costs).AsSplitQuery().PageAsync(ListCampaigns.Sortable, request.Sort is { Length: > 0 } sort ? sort : "-from", request, rows => rows, cancellationToken);
        var book = await CampaignBook.LoadAsync(db, catalogue, [.. page.Items.Select(c => c.Id)], clock.GetUtcNow().UtcDateTime, cancellationToken);
        var owners = page.Items.Select(c => c.OwnerId).Distinct().ToList();
        var names = await db.Users.Where(u => owners.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.DisplayName, cancellationToken);
        return new Page<CampaignRow>([.. page.Items.Select(c => new CampaignRow(c.Id, c.Name, c.Kind, c.From, c.Until, c.Place, names.GetValueOrDefault(c.OwnerId, ""), c.CancelledAt is not null, book.Of(c)))],
            page.Total, page.Number, page.Size);
    }
}

/// <summary>可选活动: campaigns that a new lead may come from, the latest first.</summary>
[Needs(Permission.LeadsWrite)]
public sealed record ListCampaignChoices : IRequest<IReadOnlyList<CampaignChoice>>;

public sealed record CampaignChoice(Guid Id, string Name, DateOnly From);

internal sealed class ListCampaignChoicesHandler(CrmDb db, TimeProvider clock) : IRequestHandler<ListCampaignChoices, IReadOnlyList<CampaignChoice>>
{
    private const int Most = 100;

    public async Task<IReadOnlyList<CampaignChoice>> Handle(ListCampaignChoices request, CancellationToken cancellationToken)
    {
        // People come to the office for months after a forum.
        var since = ShanghaiTime.Day(clock.GetUtcNow().UtcDateTime).AddYears(-2);
        return await db.Campaigns.AsNoTracking().Where(c => c.CancelledAt == null && (c.Until == null || c.Until >= since)).OrderByDescending(c => c.From).ThenBy(c => c.Id)
            .Take(Most).Select(c => new CampaignChoice(c.Id, c.Name, c.From)).ToListAsync(cancellationToken);
    }
}
