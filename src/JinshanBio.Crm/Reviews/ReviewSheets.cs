using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Reviews;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Reviews;

/// <summary>评审表: all scoring sheets, those in force first. The program ships none.</summary>
[Needs(Permission.ReviewsRead)]
public sealed record ListReviewSheets : IRequest<IReadOnlyList<SheetRecord>>;

/// <summary>登记或修改评审表: reviews that are open keep the copy they began with.</summary>
[Needs(Permission.ParametersManage)]
public sealed record SaveReviewSheet : IRequest<Guid>
{
    /// <summary>The sheet that is changed; a new one when left out.</summary>
    public Guid? Id { get; set; }
    public string? Title { get; set; }

    /// <summary>文号.</summary>
    public string? Document { get; set; }

    /// <summary>Every park when left out.</summary>
    public Guid? ParkId { get; set; }

    /// <summary>Code of the field; every field when left out.</summary>
    public string? Field { get; set; }
    public DateOnly? ValidFrom { get; set; }
    public DateOnly? ValidUntil { get; set; }
    public List<SheetItem> Items { get; set; } = [];
    public int? Version { get; set; }
}

/// <summary>删除评审表: what reviews have copied of it stays with them.</summary>
[Needs(Permission.ParametersManage)]
public sealed record DeleteReviewSheet(Guid Id) : IRequest;

/// <summary>A criterion with its points, or a veto item.</summary>
public sealed record SheetItem
{
    public bool IsVeto { get; set; }
    public string? NameZh { get; set; }

    /// <summary>The Chinese name when left out.</summary>
    public string? NameEn { get; set; }

    /// <summary>Points at most.</summary>
    public decimal? Most { get; set; }

    /// <summary>Points without which a project does not pass.</summary>
    public decimal? Least { get; set; }
}

public sealed record SheetRecord(
    Guid Id, string Title, string Document, Guid? ParkId, string? ParkName, string? Field, DateOnly ValidFrom, DateOnly? ValidUntil, bool IsInForce, bool IsExpired, IReadOnlyList<SheetItem> Items, int Version);

internal sealed class SaveReviewSheetValidator : AbstractValidator<SaveReviewSheet>
{
    public SaveReviewSheetValidator()
    {
        RuleFor(r => r.Title).NotEmpty().OneLine(200);
        RuleFor(r => r.Document).NotEmpty().OneLine(200);
        RuleFor(r => r.ValidFrom).NotNull().PlausibleDay();
        RuleFor(r => r.ValidUntil).PlausibleDay().Must((r, until) => until is null || until >= r.ValidFrom).WithMessage(_ => Text.Of("reviews.untilBeforeFrom"));
        RuleFor(r => r.Items).Must(items => items.Count is > 0 and <= 100 && items.TrueForAll(i => i.NameZh is { Length: > 0 and <= 200 } && i.NameEn is null or { Length: <= 200 }
            && (i.IsVeto || (i.Most is > 0 and <= 1000 && (i.Least is null || (i.Least >= 0 && i.Least <= i.Most)))))).WithMessage(_ => Text.Of("reviews.items"));
    }
}

internal sealed class ReviewSheetsHandler(CrmDb db, Catalogue catalogue, TimeProvider clock)
    : IRequestHandler<ListReviewSheets, IReadOnlyList<SheetRecord>>, IRequestHandler<SaveReviewSheet, Guid>, IRequestHandler<DeleteReviewSheet, Unit>
{
    public async Task<IReadOnlyList<SheetRecord>> Handle(ListReviewSheets request, CancellationToken cancellationToken)
    {
        var today = ShanghaiTime.Day(clock.GetUtcNow().UtcDateTime);
        var parks = await db.Parks.AsNoTracking().Select(p => new { p.Id, p.NameZh, p.NameEn }).ToDictionaryAsync(p => p.Id, cancellationToken);
        var sheets = await db.ReviewSheets.AsNoTracking().Include(s => s.Items).ToListAsync(cancellationToken);
        return [.. sheets.OrderByDescending(s => s.HoldsOn(today)).ThenByDescending(s => s.ValidFrom).ThenBy(s => s.Id).Select(s => new SheetRecord(
            s.Id, s.Title, s.Document, s.ParkId, s.ParkId is { } park ? Text.Pick(parks[park].NameZh, parks[park].NameEn) : null, s.Field, s.ValidFrom, s.ValidUntil, s.HoldsOn(today), s.ValidUntil < today,
            [.. s.Items.OrderBy(i => i.Order).Select(i => new SheetItem { IsVeto = i.IsVeto, NameZh = i.NameZh, NameEn = i.NameEn, Most = i.Most, Least = i.Least })], s.Version))];
    }

    public async Task<Guid> Handle(SaveReviewSheet request, CancellationToken cancellationToken)
    {
        if (request.Field is { } field && catalogue.Field(field) is null) throw new Refusal(RefusalCode.UnknownFieldCode, field) { Field = "field" };
        if (request.ParkId is { } park && !await db.Parks.AnyAsync(p => p.Id == park, cancellationToken)) throw new Refusal(RefusalCode.NotFound);
        var (from, until) = (request.ValidFrom!.Value, request.ValidUntil ?? DateOnly.MaxValue);
        var other = await db.ReviewSheets.FirstOrDefaultAsync(s => s.Id != request.Id && s.ParkId == request.ParkId && s.Field == request.Field
            && s.ValidFrom <= until && (s.ValidUntil == null || s.ValidUntil >= from), cancellationToken);
        if (other is not null) throw new Refusal(RefusalCode.ReviewSheetOverlaps, other.Title, other.Document) { Field = "validFrom" };

        var terms = new SheetTerms(request.Title!, request.Document!, request.ParkId, request.Field, from, request.ValidUntil);
        var items = request.Items.ConvertAll(i => new SheetItemTerms(i.IsVeto, i.NameZh!, i.NameEn, i.Most, i.Least));
        ReviewSheet sheet;
        if (request.Id is { } id)
        {
            sheet = await db.ReviewSheets.Include(s => s.Items).OneAsync(id, cancellationToken);
            await db.ExpectAsync(sheet, request.Version, cancellationToken);
            sheet.Edit(terms, items);
        }
        else db.ReviewSheets.Add(sheet = new ReviewSheet(terms, items));
        await db.SaveChangesAsync(cancellationToken);
        return sheet.Id;
    }

    public async Task<Unit> Handle(DeleteReviewSheet request, CancellationToken cancellationToken)
    {
        db.ReviewSheets.Remove(await db.ReviewSheets.Include(s => s.Items).OneAsync(request.Id, cancellationToken));
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
