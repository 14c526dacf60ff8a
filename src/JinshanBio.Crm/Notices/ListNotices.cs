using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Notices;

/// <summary>通知: the person's own notices, unread first, then the newest.</summary>
[Needs(Permission.Account)]
public sealed record ListNotices : IRequest<Page<NoticeRow>>, IPaged
{
    /// <summary>There is one order; any name is refused.</summary>
    public string? Sort { get; set; }
    public int Page { get; set; } = 1;
    public int Size { get; set; } = Paging.DefaultSize;
}

public sealed record NoticeRow(Guid Id, NoticeKind Kind, IReadOnlyList<string> Args, string Path, DateTime CreatedAt, DateTime? ReadAt)
{
    /// <summary>In the reader's language.</summary>
    public string Message => NoticeText.Of(Kind, Args);
}

internal sealed class ListNoticesValidator : AbstractValidator<ListNotices>
{
    public ListNoticesValidator() => this.MustBePaged([]);
}

internal sealed class ListNoticesHandler(CrmDb db, Actor actor) : IRequestHandler<ListNotices, Page<NoticeRow>>
{
    public async Task<Page<NoticeRow>> Handle(ListNotices request, CancellationToken cancellationToken)
    {
        var notices = db.Notices.AsNoTracking().VisibleTo(actor);
        var total = await notices.Take(Paging.CountCap).CountAsync(cancellationToken);
        var page = await notices.OrderBy(n => n.ReadAt != null).ThenByDescending(n => n.CreatedAt).ThenByDescending(n => n.Id).PageAsync(total, request, cancellationToken);
        return new Page<NoticeRow>([.. page.Items.Select(n => new NoticeRow(n.Id, n.Kind, [.. n.Args], n.Path, n.CreatedAt, n.ReadAt))], page.Total, page.Number, page.Size);
    }
}

/// <summary>未读: how many notices the person has not read.</summary>
[Needs(Permission.Account)]
public sealed record CountUnread : IRequest<int>;

internal sealed class CountUnreadHandler(CrmDb db, Actor actor) : IRequestHandler<CountUnread, int>
{
    public Task<int> Handle(CountUnread request, CancellationToken cancellationToken)
        => db.Notices.VisibleTo(actor).CountAsync(n => n.ReadAt == null, cancellationToken);
}
