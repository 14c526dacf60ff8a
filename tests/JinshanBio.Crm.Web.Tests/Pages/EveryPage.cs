namespace JinshanBio.Crm.Web.Tests.Pages;

/// <summary>Every page that a person of the demo world can open. "lead/edit" is the page of a lead; one line for each area, so that a new page is one more word.</summary>
internal static class EveryPage
{
    public static readonly IReadOnlyDictionary<string, string[]> Of = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["officer"] =
        [
            "/", "/search?q=上海", "/password", "/notices", "/account/notices", "/nowhere",
            "/leads", "/leads/new", "/leads?q=xyz-nothing", "lead", "lead/edit", "lead/convert", "/imports",
            "/enterprises", "/enterprises/new", "enterprise", "enterprise/edit", "enterprise/merge",
            "/projects", "/projects/board", "/projects/board?by=Field", "project", "project/edit", "project/move?to=S60",
            "project/form", "project/form?only=missing", "project/fit", "project/fit?verdict=Unknown&areaM2=5000",
            "project/review", "signed/review", "/reviews", "/reviews?tab=concluded",
            "project/agreement", "signed/agreement",
            "project/promises", "project/promises?kind=AnnualTax", "/promises",
            "project/documents", "signed/documents",
            "project/service", "signed/service", "/service", "/service?tab=requests&mine=false", "/service?tab=visits&mine=false",
            "/parks", "/parks/capacity", "park", "space", "park/floors", "/proposals", "proposal", "/pipeline", "park/tenants", "tenant", "/parameters/graduation",
            "/first-talks", "/first-talks?tab=ended", "first-talk", "/follow-ups", "/follow-ups?status=Done", "follow-up", "/hand-over",
            "/chain/leaders", "leader", "leader/invitations", "leader/partners/new?q=上海", "/chain/what-if", "/chain/what-if?pick=comes", "whatif",
            "/chain/campaigns", "/chain/campaigns/new?link=CMN-06", "campaign", "campaign/edit", "/chain/loop", "/chain/loop/items?figure=Leads",
            "/chain", "/chain?field=MED&link=CMN-05", "/chain/links/CMN-05", "/chain/gaps?field=AGR&since=2026-06-01",
            "/chain/targets", "/chain/targets?field=MED", "/chain/targets/matches", "/chain/targets/matches?status=Confirmed",
            "/chain/offers", "/chain/offers?tab=introductions", "/chain/offers?tab=results", "/chain/offers/new", "offer",
        ],
        ["manager.park"] =
        [
            "/", "/account/notices", "/notices",
            "/projects", "project", "project/form", "project/fit", "project/review", "project/agreement", "project/promises", "project/documents", "project/service",
            "/promises", "/service", "/service?tab=requests&mine=false",
            "/parks", "park", "park/floors", "park/floors?month=9", "park/months", "park/spaces/new", "park/spaces/join", "space", "space/edit", "space/split?parts=3", "/imports", "/proposals", "/proposals?tab=held", "/proposals?tab=in", "/proposals?tab=past", "proposal", "park/tenants", "park/tenants?leaseWithin=30&sort=-outputPerM2", "tenant", "/reports/graduation", "/reports/graduation/items",
            "/chain?field=ENE", "/chain/links/MED-10", "/chain/gaps", "/parameters/chain",
            "/chain/offers", "/chain/offers?tab=introductions", "/chain/offers?tab=results", "/chain/offers/new", "offer",
        ],
        ["leader"] =
        [
            "/", "/notices", "/follow-ups", "/hand-over", "/pipeline", "/pipeline/items?field=MED&measure=Projects", "/pipeline/items?measure=FundsInPlace", "/reports/probabilities",
            "/leads", "lead", "/enterprises", "enterprise", "/first-talks", "first-talk",
            "/projects", "/projects/board?by=Owner", "project", "signed/fit", "signed/review", "signed/agreement", "project/promises", "signed/documents", "signed/service",
            "/reviews", "/promises", "/promises?light=Red", "/service", "/service?tab=signals",
            "/parks", "/parks/capacity", "/parks/capacity?kind=biosafety:2&on=2027-12-31", "park", "park/floors", "park/months", "/proposals", "proposal", "park/tenants", "tenant", "/reports/graduation", "/reports/graduation?from=2026-01-01", "/reports/graduation/items?role=Accelerator", "/allocations", "allocation",
            "/chain/leaders", "leader", "leader/invitations", "/chain/what-if?pick=leaves&q=y", "whatif",
            "/chain/campaigns?kind=Trip", "campaign", "/chain/loop?from=2026-06-01&field=MED", "/chain/loop/items?cause=Landed",
            "/chain", "/chain?field=MED", "/chain?field=MAT&asOf=2026-06-30", "/chain?field=AGR&link=AGR-12", "/chain?link=CMN-06", "/chain/links/MED-10", "/chain/links/MED-14?asOf=2026-10-01", "/chain/gaps",
            "/chain/targets", "/chain/targets/matches",
            "/chain/offers?kind=Supply", "/chain/offers?tab=introductions&state=Contract", "/chain/offers?tab=results&year=2020", "offer",
        ],
        ["admin"] =
        [
            "/", "/people", "/people/new", "person", "/jobs", "/deliveries", "/audit", "/imports",
            "/parameters/gates", "/parameters/reviews", "/parameters/places", "/parameters/chain", "/chain", "/chain/links/CMN-08", "/reviews", "/reports/probabilities", "project/promises", "/parameters/graduation",
            "/leads/new", "/follow-ups?everybody=true", "/pipeline", "/parks", "/parks/capacity", "park",
        ],
        ["expert"] =
        [
            "/", "/enterprises", "enterprise", "/account/notices", "/chain/keep", "/chain/keep?field=MED&onMap=false", "/chain/keep/links/new", "/chain/keep/links/CMN-06", "/chain/keep/edges/new?buyer=CMN-06", "/chain/keep/edges/CMN-06/MED-07/Material",
            "/chain/keep/changes", "/chain/keep/changes?from=2026-01-01", "/chain/keep/proposals", "proposed",
        ],
        ["reviewer"] = ["/", "/reviews", "/reviews?given=true", "/notices", "/account/notices"],
    };

    /// <summary>The addresses behind a word: all leads and projects that the person sees, since a long name in one may break its page; two of their further pages, of the others one.</summary>
    public static async Task<IEnumerable<string>> ResolveAsync(WebWorld world, string userName, string path, bool one = false)
    {
        if (path[0] == '/') return [path];
        var client = await world.Client(userName);
        var (kind, rest) = path.Split('/', 2) is [var first, var more] ? (first, "/" + more) : (path, "");
        if (kind == "whatif")
        {
            var choices = (await client.GetAsync("/api/v1/chain/what-if/choices?size=2").Answers(200)).EnumerateArray().Select(c => c.Text("assumption")).ToList();
            return [$"/chain/what-if?{string.Join('&', choices.Select(c => "a=" + c))}&a=comes:Large:MED-03.CMN-07&b={choices[0].Replace("lands", "lost", StringComparison.Ordinal)}"];
        }
        if (kind == "leader") return (await client.GetAsync("/api/v1/chain/leaders").Answers(200)).Items().Select(l => $"/chain/leaders/{l.Id()}{rest}").Take(one ? 1 : 2);
        if (kind == "space")
        {
            var park = (await client.GetAsync("/api/v1/parks").Answers(200)).Items().First(p => p.Number("occupiedM2") > 0).Id();
            return (await client.GetAsync($"/api/v1/parks/{park}/occupancy").Answers(200)).GetProperty("spaces").EnumerateArray().Take(1).Select(s => $"/parks/{park}/spaces/{s.Id()}{rest}");
        }
        if (kind == "proposed") return (await client.GetAsync("/api/v1/chain/proposals").Answers(200)).Items().Take(1).Select(p => $"/chain/keep/proposals/{p.Id()}");
        var list = kind switch { "signed" => "projects", "person" => "people", "tenant" or "proposal" => "assignments", "enterprise" => "enterprises", "offer" => "chain/offers", _ => kind + "s" };
        var filter = kind == "signed" ? "?sort=-stage" : kind == "tenant" ? "?status=MovedIn" : kind == "project" && rest.StartsWith("/move", StringComparison.Ordinal) ? "?stage=S50" : "";
        var items = (await client.GetAsync($"/api/v1/{list}{filter}").Answers(200)).Items().ToList();
        var addresses = kind == "tenant" ? items.Select(i => $"/parks/{i.Id("parkId")}/tenants/{i.Id()}") : kind == "first-talk" ? items.Select(i => $"/first-talks/{i.Id("leadId")}")
            : kind == "campaign" ? items.Where(i => i.Text("kind") == "outpost").Select(i => $"/chain/campaigns/{i.Id()}{rest}")
            : kind == "proposal" ? items.Select(i => $"/proposals/{i.Id()}{rest}")
            : (kind == "park" ? items.Where(p => p.Int("spaces") > 0) : items).Select(i => $"/{list}/{i.Id()}{rest}");
        return addresses.Take(one || kind is not ("lead" or "project") ? 1 : rest.Length == 0 ? int.MaxValue : 2);
    }
}
