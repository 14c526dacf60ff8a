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
            "project/form", "project/form?only=missing",
            "project/review", "signed/review", "/reviews", "/reviews?tab=concluded",
            "project/agreement", "signed/agreement",
            "project/promises", "project/promises?kind=AnnualTax", "/promises",
            "project/documents", "signed/documents",
            "project/service", "signed/service", "/service", "/service?tab=requests&mine=false", "/service?tab=visits&mine=false",
            "/parks", "park", "space", "/proposals", "/pipeline",
            "/first-talks", "/first-talks?tab=ended", "first-talk", "/follow-ups", "/follow-ups?status=Done", "follow-up", "/hand-over",
        ],
        ["manager.park"] =
        [
            "/", "/account/notices", "/notices",
            "/projects", "project", "project/form", "project/review", "project/agreement", "project/promises", "project/documents", "project/service",
            "/promises", "/service", "/service?tab=requests&mine=false",
            "/parks", "park", "park/spaces/new", "park/spaces/join", "space", "space/edit", "space/split?parts=3", "/imports", "/proposals", "/proposals?tab=held", "/proposals?tab=past",
        ],
        ["leader"] =
        [
            "/", "/notices", "/follow-ups", "/hand-over", "/pipeline", "/pipeline/items?field=MED&measure=Projects", "/pipeline/items?measure=FundsInPlace", "/reports/probabilities",
            "/leads", "lead", "/enterprises", "enterprise", "/first-talks", "first-talk",
            "/projects", "/projects/board?by=Owner", "project", "signed/review", "signed/agreement", "project/promises", "signed/documents", "signed/service",
            "/reviews", "/promises", "/promises?light=Red", "/service", "/service?tab=signals",
            "/parks", "park", "/proposals",
        ],
        ["admin"] =
        [
            "/", "/people", "/people/new", "person", "/jobs", "/deliveries", "/audit", "/imports",
            "/parameters/gates", "/parameters/reviews", "/reviews", "/reports/probabilities", "project/promises",
            "/leads/new", "/follow-ups?everybody=true", "/pipeline", "/parks", "park",
        ],
        ["reviewer"] = ["/", "/reviews", "/reviews?given=true", "/notices", "/account/notices"],
    };

    /// <summary>The addresses behind a word: all leads and projects that the person sees, since a long name in one may break its page; two of their further pages, of the others one.</summary>
    public static async Task<IEnumerable<string>> ResolveAsync(WebWorld world, string userName, string path, bool one = false)
    {
        if (path[0] == '/') return [path];
        var client = await world.Client(userName);
        var (kind, rest) = path.Split('/', 2) is [var first, var more] ? (first, "/" + more) : (path, "");
        if (kind == "space")
        {
            var park = (await client.GetAsync("/api/v1/parks").Answers(200)).Items().First(p => p.Int("occupiedM2") > 0).Id();
            return (await client.GetAsync($"/api/v1/parks/{park}/occupancy").Answers(200)).GetProperty("spaces").EnumerateArray().Take(1).Select(s => $"/parks/{park}/spaces/{s.Id()}{rest}");
        }
        var list = kind switch { "signed" => "projects", "person" => "people", "enterprise" => "enterprises", _ => kind + "s" };
        var filter = kind == "signed" ? "?sort=-stage" : kind == "project" && rest.StartsWith("/move", StringComparison.Ordinal) ? "?stage=S50" : "";
        var items = (await client.GetAsync($"/api/v1/{list}{filter}").Answers(200)).Items().ToList();
        var addresses = kind == "first-talk" ? items.Select(i => $"/first-talks/{i.Id("leadId")}")
            : (kind == "park" ? items.Where(p => p.Int("spaces") > 0) : items).Select(i => $"/{list}/{i.Id()}{rest}");
        return addresses.Take(one || kind is not ("lead" or "project") ? 1 : rest.Length == 0 ? int.MaxValue : 2);
    }
}
