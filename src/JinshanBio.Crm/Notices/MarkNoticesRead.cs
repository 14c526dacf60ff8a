using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Notices;

/// <summary>已读: marks own notices as read; answers how many were unread.</summary>
[Needs(Permission.Account)]
public sealed record MarkNoticesRead : IRequest<int>
{
    public List<Guid> Ids { get; set; } = [];

    /// <summary>All of them, whatever the ids say.</summary>
    public bool All { get; set; }
}

internal sealed class MarkNoticesReadValidator : AbstractValidator<MarkNoticesRead>
{
    public MarkNoticesReadValidator()
    {
        RuleFor(r => r.Ids).NotEmpty().When(r => !r.All);
        RuleFor(r => r.Ids).Must(ids => ids is null || ids.Count <= Paging.MaxSize).WithMessage(_ => Texts.Text.Of("notices.tooMany", Paging.MaxSize));
    }
}

internal sealed class MarkNoticesReadHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<MarkNoticesRead, int>
{
    public Task<int> Handle(MarkNoticesRead request, CancellationToken cancellationToken)
    {
        DateTime? now = clock.GetUtcNow().UtcDateTime;
        var unread = db.Notices.VisibleTo(actor).Where(n => n.ReadAt == null);
        if (!request.All) unread = unread.Where(n => request.Ids.Contains(n.Id));
        return unread.ExecuteUpdateAsync(n => n.SetProperty(x => x.ReadAt, now), cancellationToken);
    }
}
