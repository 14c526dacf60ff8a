using JinshanBio.Crm.Data;
using JinshanBio.Crm.Enterprises;
using JinshanBio.Crm.Identity;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Lists;

/// <summary>标签: those in use on the leads or the projects that a person sees, to filter by and to offer when typing.</summary>
[Needs(Permission.Account)]
public sealed record ListTags : IRequest<IReadOnlyList<string>>
{
    public ListName List { get; set; }
}

internal sealed class ListTagsHandler(CrmDb db, Actor actor) : IRequestHandler<ListTags, IReadOnlyList<string>>
{
    private const int Most = 200;

    public async Task<IReadOnlyList<string>> Handle(ListTags request, CancellationToken cancellationToken)
        => await (request.List == ListName.Projects
            ? db.Projects.VisibleTo(actor).NamedFor(actor).SelectMany(p => p.Tags).Select(t => t.Name)
            : db.Leads.VisibleTo(actor).NamedFor(actor).SelectMany(l => l.Tags).Select(t => t.Name)).Distinct().OrderBy(t => t).Take(Most).ToListAsync(cancellationToken);
}
