using System.Text.Json;
using System.Text.Json.Serialization;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Leads;
using JinshanBio.Crm.Reports;
using JinshanBio.Crm.Tenants;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace JinshanBio.Crm.Data;

/// <summary>
/// 演示数据: plays seeds/demo/world.json through the domain, each event at its own past moment and by its own person,
/// so that histories, pipeline periods and audit records read as if the district had worked with the product for months.
/// </summary>
public static class DemoWorld
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <summary>Loads the world into an installation without people; does nothing in any other.</summary>
    public static async Task LoadAsync(IServiceProvider services, string seedsFolder, CancellationToken cancel)
    {
        await using var scope = services.CreateAsyncScope();
        var slot = new ActorSlot { Actor = Actor.System };
        var clock = new StoryClock();
        var known = new CatalogueSlot();
        await using var db = new CrmDb(scope.ServiceProvider.GetRequiredService<DbContextOptions<CrmDb>>(), slot, clock, known);
        if (await db.Users.AnyAsync(cancel)) return;

        await using var json = File.OpenRead(Path.Combine(seedsFolder, "demo", "world.json"));
        var story = (await JsonSerializer.DeserializeAsync<DemoStory>(json, Json, cancel))!;
        await using var answers = File.OpenRead(Path.Combine(seedsFolder, "demo", "forms.json"));
        var forms = (await JsonSerializer.DeserializeAsync<DemoForms>(answers, Json, cancel))!;
        var present = scope.ServiceProvider.GetRequiredService<TimeProvider>();
        var today = ShanghaiTime.Day(present.GetUtcNow().UtcDateTime);
        known.Replace(await Catalogue.LoadAsync(db, cancel));
        var play = new DemoPlay(db, slot, clock, known.Current, forms, today);

        // All or nothing: people without their story would keep it from ever being told.
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var store = new UserStore<Person, IdentityRole<Guid>, CrmDb, Guid>(db);
        await play.HireAsync(story, ActivatorUtilities.CreateInstance<UserManager<Person>>(scope.ServiceProvider, store), cancel);
        play.Prepare(story, cancel);
        play.PrepareTenants(story);
        play.PrepareChain(story);
        play.PrepareCircles(story);
        play.PrepareChainKeep(story, cancel);
        play.PrepareCampaigns(story, cancel);
        play.PrepareOffers(story, cancel);
        play.PrepareService(story, scope.ServiceProvider.GetRequiredService<FileStore>(), cancel);
        play.PreparePlans(story, cancel);
        await play.PlayAsync(cancel);
        await play.CloseServiceAsync(cancel);
        await DemoTargets.MatchAsync(db, known.Current, present, cancel);
        if (story.Graduation is { } rules) await GraduationParametersHandler.SaveAsync(db, rules, clock.Now, cancel);
        // Each lead was scored on the day of the story on which it last changed: the list shall say what its page says today.
        await new RefreshLeadScoresHandler(db, known.Current, present).Handle(new RefreshLeadScores(), cancel);
        await new EstimateProbabilitiesHandler(db, Actor.System, known.Current, present).Handle(new EstimateProbabilities(), cancel);
        await transaction.CommitAsync(cancel);
        // The story sets parameters too: from here on the program reckons with them.
        services.GetRequiredService<CatalogueSlot>().Replace(await Catalogue.LoadAsync(db, cancel));
    }
}
