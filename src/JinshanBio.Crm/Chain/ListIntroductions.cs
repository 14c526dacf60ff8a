using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Chain;

/// <summary>引荐列表: who was brought together, what became of it, and what is to be asked next; the newest first.</summary>
[Needs(Permission.ChainRead)]
public sealed record ListIntroductions : IRequest<Page<IntroductionRow>>, IPaged
{
    /// <summary>Main field of the link.</summary>
    public string? Field { get; set; }

    /// <summary>Of the post that it began with.</summary>
    public OfferKind? Kind { get; set; }
    public string? Link { get; set; }

    /// <summary>One of the two stands in it.</summary>
    public Guid? Park { get; set; }

    /// <summary>Is one of the two.</summary>
    public Guid? Enterprise { get; set; }

    /// <summary>Of this supply or demand, from either side.</summary>
    public Guid? Offer { get; set; }
    public IntroductionState? State { get; set; }

    /// <summary>Introduced in this year.</summary>
    public int? Year { get; set; }

    /// <summary>With a contract of this year.</summary>
    public int? ContractYear { get; set; }

    /// <summary>The day has come to ask what became of it.</summary>
    public bool Due { get; set; }

    /// <summary>Only those that the person answers for.</summary>
    public bool Mine { get; set; }
    public string? Sort { get; set; }
    public int Page { get; set; } = 1;
    public int Size { get; set; } = Paging.DefaultSize;

    internal static readonly Sorting<Introduction> Sortable = new(i => i.Id) { ["at"] = i => i.At, ["nextOn"] = i => i.NextOn, ["amount"] = i => i.Amount, ["contractOn"] = i => i.ContractOn };

    internal IQueryable<Introduction> Rows(CrmDb db, Actor actor, DateOnly today)
    {
        var introductions = db.Introductions.AsNoTracking().VisibleTo(actor);
        if (Field is { Length: > 0 } field) introductions = introductions.Where(i => i.Offer!.Field == field);
        if (Kind is { } kind) introductions = introductions.Where(i => i.Offer!.Kind == kind);
        if (Link is { Length: > 0 } link) introductions = introductions.Where(i => i.Offer!.Link == link);
        if (Park is { } park) introductions = introductions.Where(i => i.ParkId == park || i.Offer!.ParkId == park);
        if (Enterprise is { } enterprise) introductions = introductions.Where(i => i.EnterpriseId == enterprise || i.Offer!.EnterpriseId == enterprise);
        if (Offer is { } offer) introductions = introductions.Where(i => i.OfferId == offer || i.CounterOfferId == offer);
        if (State is { } state) introductions = introductions.Where(i => i.State == state);
        if (Due) introductions = introductions.Where(i => i.NextOn <= today);
        if (Mine) introductions = introductions.Where(i => i.OwnerId == actor.Id);
        if (Year is { } year)
        {
            var (from, to) = Years.Of(year);
            introductions = introductions.Where(i => i.At >= from && i.At < to);
        }
        if (ContractYear is { } signed)
        {
            var (from, to) = (new DateOnly(signed, 1, 1), new DateOnly(signed + 1, 1, 1));
            introductions = introductions.Where(i => i.State == IntroductionState.Contract && i.ContractOn >= from && i.ContractOn < to);
        }
        return introductions;
    }
}

internal sealed class ListIntroductionsValidator : AbstractValidator<ListIntroductions>
{
    public ListIntroductionsValidator()
    {
        this.MustBePaged(ListIntroductions.Sortable.Names);
        RuleFor(r => r.Kind).IsInEnum();
        RuleFor(r => r.State).IsInEnum();
        RuleFor(r => r.Year).InclusiveBetween(2000, 2100);
        RuleFor(r => r.ContractYear).InclusiveBetween(2000, 2100);
    }
}

internal sealed class ListIntroductionsHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<ListIntroductions, Page<IntroductionRow>>
{
    public Task<Page<IntroductionRow>> Handle(ListIntroductions request, CancellationToken cancellationToken)
        => request.Rows(db, actor, ShanghaiTime.Day(clock.GetUtcNow().UtcDateTime))
            .PageAsync(ListIntroductions.Sortable, request.Sort is { Length: > 0 } sort ? sort : request.Due ? "nextOn" : "-at", request, rows => rows.ToRows(db), cancellationToken);
}
