using System.Globalization;
using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Reviews;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Texts;
using MediatR;

namespace JinshanBio.Crm.Reviews;

/// <summary>准备结论: points of the criteria, answers to the veto items, and a draft of the minutes.</summary>
[Needs(Permission.ProjectsWrite)]
public sealed record PrepareReview : IRequest
{
    public const string Hit = "yes", NoHit = "no";

    /// <summary>The review.</summary>
    public Guid Id { get; set; }

    /// <summary>By the number of the item on the sheet: points of a criterion, "yes" (hits) or "no" of a veto item; empty takes back what stood there.</summary>
    public Dictionary<string, string?> Marks { get; set; } = [];
    public string? Minutes { get; set; }
    public string? MinutesNumber { get; set; }
    public DateOnly? MinutesDay { get; set; }
    public int? Version { get; set; }
}

internal sealed class PrepareReviewValidator : AbstractValidator<PrepareReview>
{
    public PrepareReviewValidator()
    {
        RuleFor(r => r.Minutes).MaximumLength(4000);
        RuleFor(r => r.MinutesNumber).OneLine(100);
        RuleFor(r => r.MinutesDay).PlausibleDay();
    }
}

internal sealed class PrepareReviewHandler(CrmDb db, Actor actor) : IRequestHandler<PrepareReview, Unit>
{
    public async Task<Unit> Handle(PrepareReview request, CancellationToken cancellationToken)
    {
        var review = await db.ReviewAsync(db.Reviews.VisibleTo(actor), request.Id, request.Version, cancellationToken);
        var unreadable = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in request.Marks) Mark(review, key, value?.Trim(), unreadable);
        if (unreadable.Count > 0) throw new Refusal(RefusalCode.Invalid) { Details = unreadable };
        review.Prepare(request.Minutes, request.MinutesNumber, request.MinutesDay);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }

    private static void Mark(Review review, string key, string? value, Dictionary<string, string> unreadable)
    {
        var order = int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        var isVeto = review.Marks.FirstOrDefault(m => m.Order == order)?.IsVeto == true;
        if (string.IsNullOrEmpty(value)) review.Mark(order, null, null);
        else if (isVeto && value is PrepareReview.Hit or PrepareReview.NoHit) review.Mark(order, null, value == PrepareReview.Hit);
        else if (!isVeto && decimal.TryParse(value, NumberStyles.Number, CultureInfo.InvariantCulture, out var points)) review.Mark(order, decimal.Round(points, 2), null);
        else unreadable[$"marks.{key}"] = Text.Of(isVeto ? "binding.choice" : "binding.number", value);
    }
}
