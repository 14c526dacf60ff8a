using JinshanBio.Crm.Domain.FirstTalks;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.FirstTalks;
using JinshanBio.Crm.Leads;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Tests.FirstTalks;

/// <summary>Two units with a lead on one intent, which nobody has registered. officer is of the promotion office, officer2 of the economic commission.</summary>
internal static class TalkDesk
{
    public const string Office = "DEP-TZCJ", Commission = "DEP-JXW";

    public static async Task<(Guid Ours, Guid Theirs)> TwoLeadsAsync(this World world)
    {
        var ours = await world.LeadAsync("officer", "昆山霁月蛋白有限公司", null);
        var enterprise = await world.Db(db => db.Leads.Where(l => l.Id == ours).Select(l => l.EnterpriseId).SingleAsync());
        return (ours, await world.LeadAsync("officer2", null, enterprise));
    }

    public static Task<Guid> LeadAsync(this World world, string by, string? name, Guid? enterprise, string field = "MED")
        => world.As(by).Send(new CreateLead { EnterpriseId = enterprise, Enterprise = name is null ? null : new NewEnterprise { Name = name }, Field = field, Source = LeadSource.Visit, ExpectedInvestment = 60_000_000m });

    public static RegisterFirstTalk Registration(this World world, Guid lead, TalkEvidence evidence = TalkEvidence.Minutes)
        => new() { Id = lead, Evidence = evidence, Text = "会谈纪要 2026-118 号", With = "研发副总", TalkedAt = world.Clock.Now.AddHours(-20) };

    public static DisputeFirstTalk Dispute(this World world, Guid lead, TalkEvidence evidence = TalkEvidence.ConfirmedByBoth)
        => new() { Id = lead, Evidence = evidence, Text = "双方签字的会谈确认函", With = "总经理", TalkedAt = world.Clock.Now.AddDays(-30) };

    public static Task<FirstTalkRecord> TalkAsync(this World world, string by, Guid lead, DateTime? asOf = null) => world.As(by).Send(new GetFirstTalk { LeadId = lead, AsOf = asOf });

    /// <summary>Days go by, each with its nightly job.</summary>
    public static async Task NightsAsync(this World world, int days)
    {
        for (var day = 0; day < days; day++)
        {
            world.Clock.Advance(TimeSpan.FromDays(1));
            await world.As(Identity.Actor.System).Send(new LapseFirstTalks());
        }
    }
}
