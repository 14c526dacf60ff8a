using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Identity;
using MediatR;

namespace JinshanBio.Crm.Chain;

/// <summary>撤下环节: takes a link off the map from now on. Edges, enterprises, projects and leads that name it stay, and are reported.</summary>
[Needs(Permission.ChainKeep)]
public sealed record RetireLink : MapInput, IRequest
{
    public string Code { get; set; } = "";
    public int? Version { get; set; }
}

/// <summary>恢复环节: puts a link back on the map as it last was.</summary>
[Needs(Permission.ChainKeep)]
public sealed record RestoreLink : MapInput, IRequest
{
    public string Code { get; set; } = "";
    public int? Version { get; set; }
}

internal sealed class RetireLinkValidator : AbstractValidator<RetireLink>
{
    public RetireLinkValidator() => Include(new MapInputValidator());
}

internal sealed class RestoreLinkValidator : AbstractValidator<RestoreLink>
{
    public RestoreLinkValidator() => Include(new MapInputValidator());
}

internal sealed class RetireLinkHandler(CrmDb db, Actor actor, CatalogueSlot slot, TimeProvider clock) : IRequestHandler<RetireLink, Unit>, IRequestHandler<RestoreLink, Unit>
{
    public async Task<Unit> Handle(RetireLink request, CancellationToken cancellationToken)
    {
        var history = await db.LinkAsync(request.Code, cancellationToken);
        await db.ExpectAsync(history, request.Version, cancellationToken);
        history.Retire(request.By(actor, clock));
        await db.SaveMapAsync(slot, cancellationToken);
        return Unit.Value;
    }

    public async Task<Unit> Handle(RestoreLink request, CancellationToken cancellationToken)
    {
        var history = await db.LinkAsync(request.Code, cancellationToken);
        await db.ExpectAsync(history, request.Version, cancellationToken);
        db.LinkEditions.Add(history.Restore(request.By(actor, clock)));
        await db.SaveMapAsync(slot, cancellationToken);
        return Unit.Value;
    }
}
