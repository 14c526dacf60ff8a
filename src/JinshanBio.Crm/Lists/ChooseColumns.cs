using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Identity;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Lists;

/// <summary>选择列: the columns a person wants to see in a list from now on; none for the usual ones.</summary>
[Needs(Permission.Account)]
public sealed record ChooseColumns : IRequest
{
    public ListName List { get; set; }
    public List<string> Columns { get; set; } = [];
}

internal sealed class ChooseColumnsValidator : AbstractValidator<ChooseColumns>
{
    public ChooseColumnsValidator()
    {
        RuleFor(r => r.List).IsInEnum();
        RuleFor(r => r.Columns).NotNull().Must(columns => columns is null || (columns.Count <= 20 && columns.All(c => c.Length is > 0 and <= 24 && c.All(char.IsAsciiLetterOrDigit))))
            .WithMessage(_ => Texts.Text.Of("views.unreadable"));
    }
}

internal sealed class ChooseColumnsHandler(CrmDb db, Actor actor) : IRequestHandler<ChooseColumns, Unit>
{
    public async Task<Unit> Handle(ChooseColumns request, CancellationToken cancellationToken)
    {
        var chosen = await db.ChosenColumns.FirstOrDefaultAsync(c => c.PersonId == actor.Id && c.List == request.List, cancellationToken);
        if (chosen is null) db.ChosenColumns.Add(chosen = new ChosenColumns { PersonId = actor.Id, List = request.List });
        chosen.Columns = string.Join(',', request.Columns.Distinct(StringComparer.Ordinal));
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
