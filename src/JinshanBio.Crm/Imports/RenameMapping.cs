using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Imports;

/// <summary>改名或共享: another name for a saved mapping of one's own, or for everybody.</summary>
[Needs(Permission.ImportsRun)]
public sealed record RenameMapping : IRequest
{
    public Guid Id { get; set; }
    public string Name { get; set; } = "";
    public bool Shared { get; set; }
}

/// <summary>删除方案: forgets a saved mapping; imports that used it stay as they are.</summary>
[Needs(Permission.ImportsRun)]
public sealed record DeleteMapping(Guid Id) : IRequest;

internal sealed class RenameMappingValidator : AbstractValidator<RenameMapping>
{
    public RenameMappingValidator() => RuleFor(r => r.Name).NotEmpty().OneLine(100);
}

internal sealed class RenameMappingHandler(CrmDb db, Actor actor) : IRequestHandler<RenameMapping, Unit>, IRequestHandler<DeleteMapping, Unit>
{
    public async Task<Unit> Handle(RenameMapping request, CancellationToken cancellationToken)
    {
        var mapping = await OwnAsync(request.Id, cancellationToken);
        var name = request.Name.Trim();
        if (await db.ImportMappings.AnyAsync(m => m.Id != mapping.Id && m.OwnerId == mapping.OwnerId && m.Kind == mapping.Kind && m.Name == name, cancellationToken))
            throw new Refusal(RefusalCode.MappingNameTaken, name) { Field = "name" };
        mapping.Rename(name, request.Shared);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }

    public async Task<Unit> Handle(DeleteMapping request, CancellationToken cancellationToken)
    {
        db.ImportMappings.Remove(await OwnAsync(request.Id, cancellationToken));
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }

    /// <exception cref="Refusal">NotPermitted for somebody else's shared one, except to an administrator.</exception>
    private async Task<ImportMapping> OwnAsync(Guid id, CancellationToken cancel)
    {
        var mapping = await db.ImportMappings.VisibleTo(actor).OneAsync(id, cancel);
        return mapping.OwnerId == actor.Id || actor.Roles.Contains(RoleCode.Administrator) ? mapping : throw new Refusal(RefusalCode.NotPermitted);
    }
}
