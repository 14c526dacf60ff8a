using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Enterprises;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Chain;

/// <summary>不合适: keeps an enterprise off the list of targets, with the reason, for good or until a day.</summary>
[Needs(Permission.LeadsWrite)]
public sealed record DismissTarget : IRequest
{
    public Guid EnterpriseId { get; set; }
    public string Reason { get; set; } = "";

    /// <summary>First day on which it is listed again.</summary>
    public DateOnly? Until { get; set; }
}

/// <summary>恢复目标: it may suit after all.</summary>
[Needs(Permission.LeadsWrite)]
public sealed record ReturnTarget(Guid EnterpriseId) : IRequest;

/// <summary>不合适清单: what is kept off the list now, the latest first.</summary>
[Needs(Permission.LeadsRead)]
public sealed record ListDismissedTargets : IRequest<Page<DismissedTarget>>, IPaged
{
    public int Page { get; set; } = 1;
    public int Size { get; set; } = Paging.DefaultSize;

    string? IPaged.Sort => null;

    internal static readonly Sorting<ChainTarget> Sortable = new(t => t.Id) { ["at"] = t => t.ChosenAt };
}

public sealed record DismissedTarget(Guid EnterpriseId, string Name, string Reason, DateOnly? Until, DateTime At, string By);

internal sealed class DismissTargetValidator : AbstractValidator<DismissTarget>
{
    public DismissTargetValidator()
    {
        RuleFor(r => r.EnterpriseId).NotEmpty();
        RuleFor(r => r.Reason).NotEmpty().MinimumLength(2).MaximumLength(500);
        RuleFor(r => r.Until).PlausibleDay();
    }
}

internal sealed class ListDismissedTargetsValidator : AbstractValidator<ListDismissedTargets>
{
    public ListDismissedTargetsValidator() => this.MustBePaged([]);
}

internal sealed class DismissTargetHandler(CrmDb db, Actor actor, TimeProvider clock)
    : IRequestHandler<DismissTarget, Unit>, IRequestHandler<ReturnTarget, Unit>, IRequestHandler<ListDismissedTargets, Page<DismissedTarget>>
{
    public async Task<Unit> Handle(DismissTarget request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (request.Until <= ShanghaiTime.Day(now)) throw new Refusal(RefusalCode.Invalid) { Details = new Dictionary<string, string> { ["until"] = Texts.Text.Of("targets.untilAhead") } };
        var enterprise = await db.Enterprises.AsNoTracking().OneAsync(request.EnterpriseId, cancellationToken);
        enterprise.MustStand();
        // The new reason and day take the place of those before.
        await ReturnAsync(enterprise.Id, now, cancellationToken);
        db.ChainTargets.Add(ChainTarget.Dismissed(enterprise.Id, request.Reason, request.Until, now, actor.Id));
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }

    public async Task<Unit> Handle(ReturnTarget request, CancellationToken cancellationToken)
    {
        if (!await db.Enterprises.AnyAsync(e => e.Id == request.EnterpriseId, cancellationToken)) throw new Refusal(RefusalCode.NotFound);
        await ReturnAsync(request.EnterpriseId, clock.GetUtcNow().UtcDateTime, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }

    public Task<Page<DismissedTarget>> Handle(ListDismissedTargets request, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.EnterprisesRead)) throw new Refusal(RefusalCode.NotPermitted);
        var today = ShanghaiTime.Day(clock.GetUtcNow().UtcDateTime);
        return db.ChainTargets.AsNoTracking().Where(t => t.DismissedAt != null && t.ReturnedAt == null && (t.Until == null || t.Until > today) && db.Enterprises.Any(e => e.Id == t.EnterpriseId && e.MergedIntoId == null))
            .PageAsync(ListDismissedTargets.Sortable, "-at", request, page => page.Select(t => new DismissedTarget(t.EnterpriseId, db.Enterprises.Where(e => e.Id == t.EnterpriseId).Select(e => e.Name).First(),
                t.Reason!, t.Until, t.ChosenAt, db.Users.Where(u => u.Id == t.ChosenById).Select(u => u.DisplayName).FirstOrDefault() ?? "")), cancellationToken);
    }

    private async Task ReturnAsync(Guid enterpriseId, DateTime now, CancellationToken cancel)
    {
        foreach (var dismissal in await db.ChainTargets.Where(t => t.EnterpriseId == enterpriseId && t.DismissedAt != null && t.ReturnedAt == null).ToListAsync(cancel)) dismissal.Return(now, actor.Id);
    }
}
