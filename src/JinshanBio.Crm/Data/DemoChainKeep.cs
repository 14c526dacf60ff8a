using System.Text;
using JinshanBio.Crm.Chain;
using JinshanBio.Crm.Domain.Chain;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Data;

/// <summary>That somebody added a product to a link of the map.</summary>
internal sealed record DemoMapEdit(string By, int Day, string Link, string Product, string Source, string Reason);

/// <summary>A file that proposes changes of the map: its lines.</summary>
internal sealed record DemoMapProposal(string By, int Day, string FileName, List<string> Lines);

/// <summary>The part of the story that tells how the map is kept.</summary>
internal sealed partial class DemoPlay
{
    public void PrepareChainKeep(DemoStory story, CancellationToken cancel)
    {
        foreach (var e in story.MapEdits)
            On(e.Day, e.By, async () =>
            {
                var history = new LinkHistory(e.Link, await db.LinkEditions.Where(l => l.Code == e.Link).ToListAsync(cancel));
                var terms = history.Last!.Terms;
                db.LinkEditions.Add(history.Revise(terms with { Products = [.. terms.Products, e.Product] }, new Edit(e.Source, e.Reason, clock.Now, _people[e.By].Id))!);
            });
        foreach (var p in story.MapProposals)
            On(p.Day, p.By, () => new UploadMapProposalHandler(db, _people[p.By], catalogue, clock)
                .Handle(new UploadMapProposal { FileName = p.FileName, Content = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', p.Lines))) }, cancel));
    }
}
