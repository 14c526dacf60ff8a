using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Imports;

/// <summary>保存列对应: keeps the columns of an import under a name. Under a name of one's own that exists they replace what stood there.</summary>
[Needs(Permission.ImportsRun)]
public sealed record SaveMapping : IRequest<Guid>
{
    /// <summary>The import whose columns are kept.</summary>
    public Guid Id { get; set; }
    public string Name { get; set; } = "";
    public bool Shared { get; set; }
}

internal sealed class SaveMappingValidator : AbstractValidator<SaveMapping>
{
    public SaveMappingValidator() => RuleFor(r => r.Name).NotEmpty().OneLine(100);
}

internal sealed class SaveMappingHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<SaveMapping, Guid>
{
    public async Task<Guid> Handle(SaveMapping request, CancellationToken cancellationToken)
    {
        var import = await db.Imports.VisibleTo(actor).OneAsync(request.Id, cancellationToken);
        if (import.Status == ImportStatus.Reading) throw new Refusal(RefusalCode.ImportNotReady);
        var name = request.Name.Trim();
        var mapping = await db.ImportMappings.FirstOrDefaultAsync(m => m.OwnerId == actor.Id && m.Kind == import.Kind && m.Name == name, cancellationToken);
        if (mapping is null) db.ImportMappings.Add(mapping = new ImportMapping(name, request.Shared, import, actor.Id, clock.GetUtcNow().UtcDateTime));
        mapping.Take(import);
        mapping.Rename(name, request.Shared);
        if (import.StartedById == actor.Id) import.MappingName = name;
        await db.SaveChangesAsync(cancellationToken);
        return mapping.Id;
    }
}
