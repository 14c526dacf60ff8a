using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.FirstTalks;
using JinshanBio.Crm.FirstTalks;
using JinshanBio.Crm.Texts;
using JinshanBio.Crm.Web.Ui;

namespace JinshanBio.Crm.Web.Pages.FirstTalks;

/// <summary>What stands about a right, in words.</summary>
internal static class FirstTalkWords
{
    /// <summary>What the reader should do now, and how pressing it is ("info", "warn" or "good").</summary>
    public static (string Tone, string Say)? Now(FirstTalkRecord talk, Catalogue catalogue, string? unit) => talk switch
    {
        { Status: null } => null,
        { Status: FirstTalkStatus.Ended } => ("info", Text.Of("firstTalk.now.ended")),
        { Offer: { } offer } when offer.ToUnit == unit => ("warn", Text.Of("firstTalk.now.offer", talk.UnitName, offer.KeptPercent, offer.GivenPercent)),
        { IsChallenger: true, Status: FirstTalkStatus.Disputed } => ("info", Text.Of("firstTalk.now.challenging")),
        { IsMasked: true } => ("info", Text.Of("firstTalk.now.masked")),
        { Comparison: not null } => ("warn", Text.Of("firstTalk.now.rule", catalogue.UnitName(talk.Challenger), talk.UnitName)),
        { Status: FirstTalkStatus.Disputed } => ("warn", Text.Of("firstTalk.now.disputed", catalogue.UnitName(talk.Challenger))),
        { IsOurs: false } => null,
        { Offer: { } offer } => ("info", Text.Of("firstTalk.now.offered", catalogue.UnitName(offer.ToUnit))),
        _ => Pressing(talk),
    };

    private static (string Tone, string Say) Pressing(FirstTalkRecord talk)
    {
        var last = Show.Day(talk.LastDay!.Value);
        if (talk.LastDay < talk.Until && talk.DaysLeft <= talk.Terms.NoticeDays) return ("warn", Text.Of("firstTalk.now.beat", last));
        if (talk.DaysLeft > talk.Terms.NoticeDays) return ("good", Text.Of("firstTalk.now.fine", Show.Day(talk.HeartbeatDue!.Value)));
        return ("warn", Text.Of(talk.Extensions < talk.Terms.MaxExtensions ? "firstTalk.now.extend" : "firstTalk.now.ends", last));
    }

    public static string Tone(FirstTalkStatus status) => status switch { FirstTalkStatus.Held => "good", FirstTalkStatus.Disputed => "warn", _ => "outline" };
}
