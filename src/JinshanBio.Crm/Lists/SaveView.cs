using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Enterprises;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Leads;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Projects;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Lists;

/// <summary>保存视图: keeps the present filters, sort and columns of a list under a name.</summary>
[Needs(Permission.Account)]
public sealed record SaveView : IRequest<Guid>
{
    internal const int Most = 60;

    public ListName List { get; set; }
    public string Name { get; set; } = "";

    /// <summary>Query string of the list's page, without "?".</summary>
    public string Query { get; set; } = "";

    /// <summary>For all who may see the list.</summary>
    public bool Shared { get; set; }

    /// <summary>What the address of a list may hold besides its filters.</summary>
    public const string Columns = "columns";

    /// <summary>Every name in the query is one that the list knows; the page number is no part of a view.</summary>
    internal static bool IsReadable(ListName list, string query)
    {
        var known = (list switch { ListName.Leads => typeof(ListLeads), ListName.Projects => typeof(ListProjects), _ => typeof(ListEnterprises) })
            .GetProperties().Select(p => p.Name).Where(n => n is not (nameof(IPaged.Page))).Append(Columns).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return query.Split('&', StringSplitOptions.RemoveEmptyEntries).All(part => known.Contains(part.Split('=')[0]));
    }
}

internal sealed class SaveViewValidator : AbstractValidator<SaveView>
{
    public SaveViewValidator()
    {
        RuleFor(r => r.List).IsInEnum();
        RuleFor(r => r.Name).NotEmpty().OneLine(SavedView.NameLength);
        RuleFor(r => r.Query).NotNull().MaximumLength(SavedView.QueryLength).Must((r, query) => query is null || SaveView.IsReadable(r.List, query)).WithMessage(_ => Texts.Text.Of("views.unreadable"));
    }
}

internal sealed class SaveViewHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<SaveView, Guid>
{
    public async Task<Guid> Handle(SaveView request, CancellationToken cancellationToken)
    {
        var view = new SavedView(request.List, actor.Id, request.Name, request.Query, request.Shared, clock.GetUtcNow().UtcDateTime);
        if (await db.SavedViews.AnyAsync(v => v.OwnerId == actor.Id && v.List == view.List && v.Name == view.Name, cancellationToken))
            throw new Refusal(RefusalCode.ViewExists, view.Name) { Field = "name" };
        db.SavedViews.Add(view);
        await db.SaveChangesAsync(cancellationToken);
        return view.Id;
    }
}
