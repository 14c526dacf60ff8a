using JinshanBio.Crm.Domain.Chain;

namespace JinshanBio.Crm.Data;

/// <summary>A supply or demand of the story. Days count from the day of loading.</summary>
internal sealed record DemoOffer(string Key, string Enterprise, OfferKind Kind, string Link, string Product, string By, int Day)
{
    public string? Quantity { get; init; }
    public string? Note { get; init; }
    public string? Park { get; init; }
}

/// <summary>Whom somebody of the story brought together, and what became of it.</summary>
internal sealed record DemoIntroduction(string Offer, string Counter, string By, int Day, int Next, string? Note)
{
    public List<DemoIntroductionStep> Steps { get; init; } = [];
}

internal sealed record DemoIntroductionStep(int Day, IntroductionState State, decimal? Amount, string? Note, int? Next);

/// <summary>The part of the story that tells of supply and demand within the district.</summary>
internal sealed partial class DemoPlay
{
    public void PrepareOffers(DemoStory story, CancellationToken cancel)
    {
        var offers = new Dictionary<string, Offer>(StringComparer.Ordinal);
        foreach (var o in story.Offers)
            On(o.Day, o.By, async () =>
            {
                var number = await NumberAsync("GX", cancel);
                var field = catalogue.Links.First(l => l.Code == o.Link).Field;
                offers[o.Key] = new Offer(number, _enterprises[o.Enterprise], o.Kind, field, o.Park is null ? null : _parks[o.Park].Id, new OfferTerms(o.Link, o.Product, o.Quantity, o.Note, null), clock.Now, _people[o.By].Id);
                db.Offers.Add(offers[o.Key]);
            });
        foreach (var i in story.Introductions)
        {
            Introduction introduction = null!;
            On(i.Day, i.By, () =>
            {
                var (offer, counter) = (offers[i.Offer], offers[i.Counter]);
                introduction = offer.Introduce(counter.Enterprise!, counter.ParkId, counter, i.Note, Day(i.Next)!.Value, clock.Now, _people[i.By].Id);
                db.Introductions.Add(introduction);
            });
            foreach (var step in i.Steps)
                On(step.Day, i.By, () => introduction.Record(new IntroductionOutcome(step.State, step.Amount, step.State == IntroductionState.Contract ? Day(step.Day) : null, step.Note, Day(step.Next)), clock.Now, _people[i.By].Id));
        }
    }
}
