using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Identity;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.People;

/// <summary>修改人员: name, department, roles, parks, and whether the person may sign in at all.</summary>
[Needs(Permission.PeopleManage)]
public sealed record EditPerson : PersonInput, IRequest
{
    public Guid Id { get; set; }
    public bool Disabled { get; set; }
}

internal sealed class EditPersonValidator : AbstractValidator<EditPerson>
{
    public EditPersonValidator() => Include(new PersonInputValidator());
}

internal sealed class EditPersonHandler(CrmDb db, Actor actor, ActorDirectory directory) : IRequestHandler<EditPerson, Unit>
{
    public async Task<Unit> Handle(EditPerson request, CancellationToken cancellationToken)
    {
        await request.MustExistAsync(db, cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var staysAdministrator = request.Roles.Contains(RoleCode.Administrator) && !request.Disabled;
        if (!staysAdministrator) await MustLeaveAnAdministratorAsync(request, cancellationToken);

        var person = await db.Users.Include(p => p.Parks).FirstOrDefaultAsync(p => p.Id == request.Id, cancellationToken) ?? throw new Refusal(RefusalCode.NotFound);
        if (request.Disabled && !person.Disabled) person.EndSignIns();
        (person.DisplayName, person.Department, person.Disabled) = (request.DisplayName.Trim(), request.Department, request.Disabled);
        person.ConcurrencyStamp = Guid.NewGuid().ToString();
        await Rights.SetAsync(db, person, request, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        directory.Forget(person.Id);
        return Unit.Value;
    }

    private async Task MustLeaveAnAdministratorAsync(EditPerson request, CancellationToken cancel)
    {
        // Two administrators who dismiss each other in the same moment wait for one another at this row.
        await db.Roles.Where(r => r.Name == RoleCode.Administrator).ExecuteUpdateAsync(r => r.SetProperty(x => x.ConcurrencyStamp, Guid.NewGuid().ToString()), cancel);
        var administrators = await db.Users.Where(p => !p.Disabled && db.UserRoles.Any(u => u.UserId == p.Id && db.Roles.Any(r => r.Id == u.RoleId && r.Name == RoleCode.Administrator)))
            .Select(p => p.Id).ToListAsync(cancel);
        if (administrators.Contains(request.Id) && (request.Id == actor.Id || administrators.Count == 1)) throw new Refusal(RefusalCode.LastAdministrator);
    }
}
