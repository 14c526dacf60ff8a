using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Chain;

/// <summary>What is said about an enterprise that operates in the district.</summary>
public abstract record PresenceInput
{
    public Guid EnterpriseId { get; set; }

    /// <summary>First day of its business here.</summary>
    public DateOnly? Since { get; set; }

    /// <summary>年产值 here, yuan; left out when nobody knows it.</summary>
    [Money]
    public decimal? AnnualOutput { get; set; }
    public Guid? ParkId { get; set; }

    /// <summary>Where this is known from.</summary>
    public string KnownFrom { get; set; } = "";
}

/// <summary>登记在区经营: that an enterprise operates here, which so far did not.</summary>
[Needs(Permission.EnterprisesWrite)]
public sealed record RecordPresence : PresenceInput, IRequest<Guid>;

/// <summary>更正在区经营: what is known now; what was said before stays for the days before.</summary>
[Needs(Permission.EnterprisesWrite)]
public sealed record ChangePresence : PresenceInput, IRequest<Guid>
{
    /// <summary>Id of the line that the person saw; another one that holds by now is a conflict.</summary>
    public Guid? Line { get; set; }
}

/// <summary>登记迁离: it has left the district.</summary>
[Needs(Permission.EnterprisesWrite)]
public sealed record EndPresence : IRequest
{
    public Guid EnterpriseId { get; set; }

    /// <summary>The day on which it left.</summary>
    public DateOnly? LeftOn { get; set; }
    public string Why { get; set; } = "";
    public Guid? Line { get; set; }
}

internal sealed class PresenceInputValidator : AbstractValidator<PresenceInput>
{
    public PresenceInputValidator()
    {
        RuleFor(r => r.Since).Must(d => d is not { Year: < 1900 or > 2100 }).WithMessage(_ => Texts.Text.Of("validation.implausibleDate"));
        RuleFor(r => r.AnnualOutput).InclusiveBetween(0, 1_000_000_000_000m);
        RuleFor(r => r.KnownFrom).NotEmpty().MaximumLength(200);
    }
}

internal sealed class RecordPresenceValidator : AbstractValidator<RecordPresence>
{
    public RecordPresenceValidator() => Include(new PresenceInputValidator());
}

internal sealed class ChangePresenceValidator : AbstractValidator<ChangePresence>
{
    public ChangePresenceValidator() => Include(new PresenceInputValidator());
}

internal sealed class EndPresenceValidator : AbstractValidator<EndPresence>
{
    public EndPresenceValidator()
    {
        RuleFor(r => r.LeftOn).NotEmpty().PlausibleDay();
        RuleFor(r => r.Why).NotEmpty().MaximumLength(500);
    }
}

internal sealed class PresenceHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<RecordPresence, Guid>, IRequestHandler<ChangePresence, Guid>, IRequestHandler<EndPresence, Unit>
{
    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public async Task<Guid> Handle(RecordPresence request, CancellationToken cancellationToken)
    {
        var enterprise = await db.Enterprises.AsNoTracking().OneAsync(request.EnterpriseId, cancellationToken);
        await MustKnowParkAsync(request.ParkId, cancellationToken);
        var line = Presence.Record(enterprise, await CurrentAsync(request.EnterpriseId, cancellationToken), TermsOf(request), Now, actor.Id);
        db.Presences.Add(line);
        await db.SaveChangesAsync(cancellationToken);
        return line.Id;
    }

    public async Task<Guid> Handle(ChangePresence request, CancellationToken cancellationToken)
    {
        var line = await LineAsync(request.EnterpriseId, request.Line, cancellationToken);
        await MustKnowParkAsync(request.ParkId, cancellationToken);
        var now = Now;
        var next = line.Change(TermsOf(request), now, actor.Id);
        if (next == line) return line.Id;
        // What held for no time at all was never true at any time.
        if (line.From >= now) db.Presences.Remove(line);
        db.Presences.Add(next);
        await db.SaveChangesAsync(cancellationToken);
        return next.Id;
    }

    public async Task<Unit> Handle(EndPresence request, CancellationToken cancellationToken)
    {
        (await LineAsync(request.EnterpriseId, request.Line, cancellationToken)).Leave(request.LeftOn!.Value, request.Why, Now);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }

    private Task<Presence?> CurrentAsync(Guid enterprise, CancellationToken cancel) => db.Presences.FirstOrDefaultAsync(p => p.EnterpriseId == enterprise && p.To == ChainMap.Open, cancel);

    /// <exception cref="Refusal">NotFound, EnterpriseMerged, EnterpriseNotHere, StaleVersion.</exception>
    private async Task<Presence> LineAsync(Guid id, Guid? seen, CancellationToken cancel)
    {
        var enterprise = await db.Enterprises.AsNoTracking().OneAsync(id, cancel);
        enterprise.MustStand();
        var line = await CurrentAsync(id, cancel);
        if (seen is not null && seen != line?.Id) throw new Refusal(RefusalCode.StaleVersion);
        return line ?? throw new Refusal(RefusalCode.EnterpriseNotHere, enterprise.Name);
    }

    private async Task MustKnowParkAsync(Guid? park, CancellationToken cancel)
    {
        if (park is { } id) await db.Parks.AsNoTracking().OneAsync(id, cancel);
    }

    private static PresenceTerms TermsOf(PresenceInput said) => new(said.Since, said.AnnualOutput, said.ParkId, said.KnownFrom);
}
