using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Identity;
using MediatR;

namespace JinshanBio.Crm.Chain;

/// <summary>新增供应关系 between two links of the map, also one that was removed before.</summary>
[Needs(Permission.ChainKeep)]
public sealed record AddEdge : EdgeInput, IRequest
{
    /// <summary>Code of the link that supplies.</summary>
    public string Supplier { get; set; } = "";

    /// <summary>Code of the link that buys.</summary>
    public string Buyer { get; set; } = "";
    public SupplyKind? Kind { get; set; }
}

/// <summary>修改供应关系. What says the same makes no edition.</summary>
[Needs(Permission.ChainKeep)]
public sealed record EditEdge : EdgeInput, IRequest
{
    public string Supplier { get; set; } = "";
    public string Buyer { get; set; } = "";
    public SupplyKind? Kind { get; set; }

    /// <summary>The edition that was read: the number of editions of the edge.</summary>
    public int? Version { get; set; }

    /// <summary>What the edge says now, as this request would say it.</summary>
    public static EditEdge Of(EdgeKey key, EdgeTerms terms) => new()
    {
        Supplier = key.Supplier, Buyer = key.Buyer, Kind = key.Kind, SuppliesZh = terms.SuppliesZh, SuppliesEn = terms.SuppliesEn, IsCritical = terms.IsCritical,
        NeedPercent = terms.NeedPercent, Phrase = terms.Phrase,
    };
}

/// <summary>移除供应关系 from now on.</summary>
[Needs(Permission.ChainKeep)]
public sealed record RemoveEdge : MapInput, IRequest
{
    public string Supplier { get; set; } = "";
    public string Buyer { get; set; } = "";
    public SupplyKind? Kind { get; set; }
    public int? Version { get; set; }
}

internal sealed class AddEdgeValidator : AbstractValidator<AddEdge>
{
    public AddEdgeValidator()
    {
        Include(new EdgeInputValidator());
        RuleFor(r => r.Supplier).NotEmpty().MaximumLength(32);
        RuleFor(r => r.Buyer).NotEmpty().MaximumLength(32);
        RuleFor(r => r.Kind).NotEmpty().IsInEnum();
    }
}

internal sealed class EditEdgeValidator : AbstractValidator<EditEdge>
{
    public EditEdgeValidator()
    {
        Include(new EdgeInputValidator());
        RuleFor(r => r.Kind).NotEmpty().IsInEnum();
    }
}

internal sealed class RemoveEdgeValidator : AbstractValidator<RemoveEdge>
{
    public RemoveEdgeValidator()
    {
        Include(new MapInputValidator());
        RuleFor(r => r.Kind).NotEmpty().IsInEnum();
    }
}

internal sealed class EdgeHandler(CrmDb db, Actor actor, Catalogue catalogue, CatalogueSlot slot, TimeProvider clock)
    : IRequestHandler<AddEdge, Unit>, IRequestHandler<EditEdge, Unit>, IRequestHandler<RemoveEdge, Unit>
{
    public async Task<Unit> Handle(AddEdge request, CancellationToken cancellationToken)
    {
        var history = await db.EdgeAsync(new EdgeKey(request.Supplier, request.Buyer, request.Kind!.Value), cancellationToken);
        db.EdgeEditions.Add(history.Add(request.ToTerms(), request.By(actor, clock), catalogue.IsOnMap));
        await db.SaveMapAsync(slot, cancellationToken);
        return Unit.Value;
    }

    public async Task<Unit> Handle(EditEdge request, CancellationToken cancellationToken)
    {
        var history = await db.EdgeAsync(new EdgeKey(request.Supplier, request.Buyer, request.Kind!.Value), cancellationToken);
        await db.ExpectAsync(history, request.Version, cancellationToken);
        if (history.Revise(request.ToTerms(), request.By(actor, clock)) is not { } next) return Unit.Value;
        db.EdgeEditions.Add(next);
        await db.SaveMapAsync(slot, cancellationToken);
        return Unit.Value;
    }

    public async Task<Unit> Handle(RemoveEdge request, CancellationToken cancellationToken)
    {
        var history = await db.EdgeAsync(new EdgeKey(request.Supplier, request.Buyer, request.Kind!.Value), cancellationToken);
        await db.ExpectAsync(history, request.Version, cancellationToken);
        history.Remove(request.By(actor, clock));
        await db.SaveMapAsync(slot, cancellationToken);
        return Unit.Value;
    }
}
