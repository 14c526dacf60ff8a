using JinshanBio.Crm.Domain.Chain;

namespace JinshanBio.Crm.Data;

/// <summary>That somebody recorded on a day whom a chain leader of the story buys from or sells to.</summary>
internal sealed record DemoPartner(string Leader, string Partner, string By, int Day, PartnerRole Relation, string? Link, string Supply, string KnownFrom);

/// <summary>The part of the story that tells of the leaders' circles.</summary>
internal sealed partial class DemoPlay
{
    public void PrepareCircles(DemoStory story)
    {
        foreach (var p in story.Partners)
            On(p.Day, p.By, () => db.Partners.Add(new Partner(_enterprises[p.Leader], _enterprises[p.Partner], new PartnerTerms(p.Relation, p.Link, p.Supply, p.KnownFrom), clock.Now, _people[p.By].Id)));
    }
}
