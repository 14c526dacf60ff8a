using JinshanBio.Crm.Enterprises;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Leads;
using JinshanBio.Crm.Parks;
using JinshanBio.Crm.Projects;
using JinshanBio.Crm.Texts;
using JinshanBio.Crm.Web.Layout;
using JinshanBio.Crm.Web.Ui;
using MediatR;

namespace JinshanBio.Crm.Web.Pages.Search;

/// <summary>查找: the first few of everything a person may see that fits a text, through the same lists as the pages.</summary>
/// <param name="Screens">Screens of the menu whose name fits; all of them for an empty text.</param>
public sealed record Finding(string Q, IReadOnlyList<Group> Groups, IReadOnlyList<NavItem> Screens)
{
    private const int EachAtMost = 5;

    public bool IsEmpty => Groups.Count == 0 && Screens.Count == 0;

    public static async Task<Finding> FindAsync(string? text, IMediator mediator, Actor actor, CancellationToken cancel)
    {
        var q = text?.Trim() ?? "";
        if (q.Length > 100) q = q[..100];
        var screens = NavItem.For(actor).Where(s => s.Matches(q)).ToList();
        var groups = new List<Group>();
        if (q.Length == 0) return new Finding(q, groups, screens);

        if (actor.May(Permission.EnterprisesRead))
        {
            var found = await mediator.Send(new SearchEnterprises(q, EachAtMost), cancel);
            groups.Add(new("nav.enterprises", "enterprise", $"/enterprises?q={Uri.EscapeDataString(q)}", found.Total,
                [.. found.Items.Select(e => new Hit($"/enterprises/{e.Id}", e.Name, e.MatchedName is null ? e.Kind ?? Countries.Name(e.Country) : Text.Of("search.alias", e.MatchedName), null))]));
        }
        if (actor.May(Permission.LeadsRead))
        {
            var page = await mediator.Send(new ListLeads { Q = q, Size = EachAtMost }, cancel);
            groups.Add(new("nav.leads", "leads", $"/leads?q={Uri.EscapeDataString(q)}", page.Total,
                [.. page.Items.Select(l => new Hit($"/leads/{l.Id}", l.Title, $"{l.Number} · {l.OwnerName}", l.Stage))]));
        }
        if (actor.May(Permission.ProjectsRead))
        {
            var page = await mediator.Send(new ListProjects { Q = q, Size = EachAtMost }, cancel);
            groups.Add(new("nav.projects", "projects", $"/projects?q={Uri.EscapeDataString(q)}", page.Total,
                [.. page.Items.Select(p => new Hit($"/projects/{p.Id}", p.Title, $"{p.Number} · {p.OwnerName}", p.Stage))]));
        }
        if (actor.May(Permission.ContactsRead))
        {
            var contacts = await mediator.Send(new SearchContacts(q, EachAtMost), cancel);
            groups.Add(new("contacts.title", "person", $"/enterprises?q={Uri.EscapeDataString(q)}", contacts.Count,
                [.. contacts.Select(c => new Hit($"/enterprises/{c.EnterpriseId}#contacts", c.Name, c.Title is null ? c.EnterpriseName : $"{c.EnterpriseName} · {c.Title}", null))]));
        }
        if (actor.May(Permission.ParksRead))
        {
            // A few dozen, so the list itself has no search.
            var parks = (await mediator.Send(new ListParks(), cancel)).Items
                .Where(p => p.NameZh.Contains(q, StringComparison.OrdinalIgnoreCase) || p.NameEn.Contains(q, StringComparison.OrdinalIgnoreCase)).ToList();
            groups.Add(new("nav.parks", "parks", "/parks", parks.Count, [.. parks.Take(EachAtMost).Select(p => new Hit($"/parks/{p.Id}", p.Name, p.Code, null))]));
        }
        return new Finding(q, [.. groups.Where(g => g.Total > 0)], screens);
    }
}

/// <param name="Path">The whole list, filtered by the text.</param>
public sealed record Group(string Key, string Icon, string Path, int Total, IReadOnlyList<Hit> Hits);

/// <param name="Stage">Code of the stage, for what has one.</param>
public sealed record Hit(string Path, string Title, string Note, string? Stage);
