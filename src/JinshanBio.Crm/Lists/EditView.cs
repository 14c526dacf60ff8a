using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Lists;

/// <summary>修改视图: renames one of the own views, shares it or not, or gives it other filters.</summary>
[Needs(Permission.Account)]
public sealed record EditView : IRequest
{
    public Guid Id { get; set; }
    public string Name { get; set; } = "";
    public bool Shared { get; set; }

    /// <summary>As it was when left out.</summary>
    public string? Query { get; set; }
    public int? Version { get; set; }
}

internal sealed class EditViewValidator : AbstractValidator<EditView>
{
    public EditViewValidator()
    {
        RuleFor(r => r.Name).NotEmpty().OneLine(SavedView.NameLength);
        RuleFor(r => r.Query).MaximumLength(SavedView.QueryLength);
    }
}

internal sealed class EditViewHandler(CrmDb db, Actor actor) : IRequestHandler<EditView, Unit>
{
    public async Task<Unit> Handle(EditView request, CancellationToken cancellationToken)
    {
        var view = await db.SavedViews.Where(v => v.OwnerId == actor.Id).OneAsync(request.Id, cancellationToken);
        await db.ExpectAsync(view, request.Version, cancellationToken);
        if (request.Query is { } query && !SaveView.IsReadable(view.List, query)) throw new Refusal(RefusalCode.UnknownField, query) { Field = "query" };
        view.Edit(request.Name, request.Shared, request.Query);
        if (await db.SavedViews.AnyAsync(v => v.Id != view.Id && v.OwnerId == actor.Id && v.List == view.List && v.Name == view.Name, cancellationToken))
            throw new Refusal(RefusalCode.ViewExists, view.Name) { Field = "name" };
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}

/// <summary>删除视图: removes one of the own views.</summary>
[Needs(Permission.Account)]
public sealed record RemoveView(Guid Id) : IRequest;

internal sealed class RemoveViewHandler(CrmDb db, Actor actor) : IRequestHandler<RemoveView, Unit>
{
    public async Task<Unit> Handle(RemoveView request, CancellationToken cancellationToken)
    {
        db.SavedViews.Remove(await db.SavedViews.Where(v => v.OwnerId == actor.Id).OneAsync(request.Id, cancellationToken));
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
