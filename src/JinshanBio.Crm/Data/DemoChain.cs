using JinshanBio.Crm.Domain.Chain;

namespace JinshanBio.Crm.Data;

/// <summary>That an enterprise of the story operates in the district, as somebody recorded on a day.</summary>
internal sealed record DemoPresence(string Enterprise, string By, int Day, DateOnly? Since, decimal? AnnualOutput, string? Park, string Source);

/// <summary>The part of the story that tells of the chain.</summary>
internal sealed partial class DemoPlay
{
    public void PrepareChain(DemoStory story)
    {
        foreach (var p in story.Presences)
            On(p.Day, p.By, () => db.Presences.Add(new Presence(_enterprises[p.Enterprise].Id,
                new PresenceTerms(p.Since, p.AnnualOutput, p.Park is null ? null : _parks[p.Park].Id, p.Source), clock.Now, _people[p.By].Id)));
    }
}
