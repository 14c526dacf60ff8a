using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Commitments;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;

namespace JinshanBio.Crm.Commitments;

/// <summary>填报履约: how far a promise is kept, with what shows it. Counts once somebody else has verified it.</summary>
[Needs(Permission.ProjectsWrite)]
public sealed record RecordFulfilment : IRequest<Guid>
{
    /// <summary>The promise.</summary>
    public Guid Id { get; set; }

    /// <summary>The day for which it holds; today when left out.</summary>
    public DateOnly? Day { get; set; }

    /// <summary>In the measure of the kind: a total up to the day, or that of the twelve months that end on it.</summary>
    public decimal? Value { get; set; }

    /// <summary>The same for a kind in yuan; goes before <see cref="Value"/>.</summary>
    [Money]
    public decimal? Amount { get; set; }

    /// <summary>What shows it.</summary>
    public string? Text { get; set; }
    public string? DocumentNumber { get; set; }
    public int? Version { get; set; }
}

internal sealed class RecordFulfilmentValidator : AbstractValidator<RecordFulfilment>
{
    private const decimal Most = 1_000_000_000_000m;

    public RecordFulfilmentValidator(TimeProvider clock)
    {
        RuleFor(r => r.Day).PlausibleDay().Must(day => day is null || day <= ShanghaiTime.Day(clock.GetUtcNow().UtcDateTime)).WithMessage(_ => Texts.Text.Of("promises.notYet"));
        RuleFor(r => r.Value).InclusiveBetween(0, Most).PrecisionScale(18, 2, ignoreTrailingZeros: true);
        RuleFor(r => r.Amount).InclusiveBetween(0, Most).PrecisionScale(18, 2, ignoreTrailingZeros: true);
        RuleFor(r => r.Text).NotEmpty().MinimumLength(2).MaximumLength(2000);
        RuleFor(r => r.DocumentNumber).OneLine(200);
    }
}

internal sealed class RecordFulfilmentHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<RecordFulfilment, Guid>
{
    public async Task<Guid> Handle(RecordFulfilment request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var commitment = await db.CommitmentAsync(actor, request.Id, request.Version, cancellationToken);
        var line = commitment.Report(new FulfilmentReport(request.Day ?? ShanghaiTime.Day(now), request.Amount ?? request.Value, request.Text!, request.DocumentNumber), now, actor.Id);
        await db.SaveChangesAsync(cancellationToken);
        return line.Id;
    }
}
