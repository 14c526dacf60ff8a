using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Enterprises;

/// <summary>备忘: notes something about an enterprise for everybody who works with the register.</summary>
[Needs(Permission.EnterprisesWrite)]
public sealed record AddNote : IRequest<Guid>
{
    public Guid EnterpriseId { get; set; }
    public string Text { get; set; } = "";
}

internal sealed class AddNoteValidator : AbstractValidator<AddNote>
{
    public AddNoteValidator() => RuleFor(r => r.Text).NotEmpty().MaximumLength(4000);
}

internal sealed class AddNoteHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<AddNote, Guid>
{
    public async Task<Guid> Handle(AddNote request, CancellationToken cancellationToken)
    {
        var enterprise = await db.Enterprises.AsNoTracking().OneAsync(request.EnterpriseId, cancellationToken);
        enterprise.MustStand();
        var note = new EnterpriseNote(enterprise.Id, request.Text, clock.GetUtcNow().UtcDateTime, actor.Id);
        db.EnterpriseNotes.Add(note);
        await db.SaveChangesAsync(cancellationToken);
        return note.Id;
    }
}
