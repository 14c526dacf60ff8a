using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Domain.FirstTalks;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Searching;

namespace JinshanBio.Crm.Domain.Enterprises;

/// <summary>合并: one record of an enterprise went into another. Keeps what moved and what stood before, so that it can be undone.</summary>
public sealed class EnterpriseMerge : Entity
{
    public const int UndoDays = 30;

    private EnterpriseMerge() { }

    public Guid WinnerId { get; private set; }
    public Guid LoserId { get; private set; }
    public DateTime At { get; private set; }
    public Guid ById { get; private set; }
    public DateTime? UndoneAt { get; private set; }
    public Guid? UndoneById { get; private set; }
    public MergeMemory Memory { get; private set; } = new();

    /// <param name="fromLoser">Names of the fields whose value comes from the loser; see <see cref="EnterpriseFields.Names"/>.</param>
    /// <exception cref="Refusal">MergeSelf, EnterpriseMerged.</exception>
    public static EnterpriseMerge Of(Enterprise winner, Enterprise loser, IReadOnlySet<string> fromLoser, Hanging ofLoser, bool winnerHasPrimary, DateTime now, Guid byId)
    {
        if (winner.Id == loser.Id) throw new Refusal(RefusalCode.MergeSelf);
        winner.MustStand();
        loser.MustStand();
        var (before, lost) = (winner.Fields(), loser.Fields());
        var merge = new EnterpriseMerge { WinnerId = winner.Id, LoserId = loser.Id, At = now, ById = byId };

        var demoted = winnerHasPrimary ? ofLoser.Contacts.Find(c => c.IsPrimary) : null;
        demoted?.StandBack();
        var aliases = loser.Aliases.Where(a => !winner.Aliases.Any(w => w.IsCalled(a.Name))).ToList();
        var gained = loser.Links.Select(l => l.Code).Except(winner.Links.Select(l => l.Code)).ToList();
        var allLinks = loser.Links.Select(l => l.Code).ToList();
        loser.VanishInto(winner.Id);
        foreach (var alias in aliases) Hand(alias, loser, winner);
        winner.WorkIn([.. winner.Links.Select(l => l.Code), .. gained]);
        ofLoser.MoveTo(winner);
        foreach (var partner in ofLoser.Partners) partner.Replace(loser.Id, winner.Id);

        var after = before.With(lost, fromLoser, winner.Id, loser.Id);
        var added = NewAliases(winner, before, lost, after, now);
        foreach (var alias in added) winner.Aliases.Add(alias);
        winner.Become(after);
        merge.Memory = new MergeMemory
        {
            Before = before, After = winner.Fields(), Loser = lost, LoserLinks = allLinks, LinksGained = gained, AliasesAdded = [.. added.Select(a => a.Id)],
            AliasesMoved = [.. aliases.Select(a => a.Id)], DemotedContact = demoted?.Id, Moved = ofLoser.Ids(),
        };
        return merge;
    }

    /// <summary>Gives back what moved and is still there; what was added to the winner since stays with it.</summary>
    /// <param name="moved">What moved then, as it is now; what was erased or deleted since is left out.</param>
    /// <exception cref="Refusal">MergeUndone, MergeTooOld, EnterpriseMerged, MergeChanged.</exception>
    public void Undo(Enterprise winner, Enterprise loser, Hanging moved, DateTime now, Guid byId)
    {
        if (UndoneAt is not null) throw new Refusal(RefusalCode.MergeUndone);
        if (now > At.AddDays(UndoDays)) throw new Refusal(RefusalCode.MergeTooOld, UndoDays);
        winner.MustStand();
        if (moved.Strangers(winner.Id).FirstOrDefault() is { } stranger) throw new Refusal(RefusalCode.MergeChanged, stranger);
        var restored = winner.Fields().Back(Memory.Before, Memory.After);

        foreach (var alias in winner.Aliases.Where(a => Memory.AliasesAdded.Contains(a.Id)).ToList()) winner.Aliases.Remove(alias);
        foreach (var alias in winner.Aliases.Where(a => Memory.AliasesMoved.Contains(a.Id)).ToList()) Hand(alias, winner, loser);
        winner.WorkIn(winner.Links.Select(l => l.Code).Except(Memory.LinksGained));
        winner.Become(restored);
        loser.Return(Memory.Loser);
        loser.WorkIn(Memory.LoserLinks);
        moved.MoveTo(loser);
        foreach (var partner in moved.Partners) partner.Replace(winner.Id, loser.Id);
        moved.Contacts.Find(c => c.Id == Memory.DemotedContact)?.StandFirst();
        (UndoneAt, UndoneById) = (now, byId);
    }

    /// <summary>在区经营 goes along: the loser's line ends, and its words hold for the winner from now on unless that has a line of its own. Past days stay as they were.</summary>
    /// <returns>The line that the winner gets.</returns>
    public Presence? TakeAlong(Presence? ofWinner, Presence? ofLoser, DateTime now, Guid byId)
    {
        if (ofLoser is null) return null;
        ofLoser.End(now);
        var opened = ofWinner is null ? ofLoser.Of(WinnerId, now, byId) : null;
        Memory = Memory with { PresenceEnded = ofLoser.Id, PresenceOpened = opened?.Id };
        return opened;
    }

    /// <summary>The line that the merge opened ends, and the loser's words hold again. Where somebody has changed the winner's line since, that stays; where it left since, nobody is here.</summary>
    /// <param name="opened">The line that the merge opened, if it did.</param>
    /// <param name="ended">The loser's line that the merge ended.</param>
    /// <returns>The line that the loser gets.</returns>
    public Presence? GiveBack(Presence? opened, Presence? ended, DateTime now, Guid byId)
    {
        if (ended is null || opened?.LeftOn is not null) return null;
        if (opened?.Holds == true) opened.End(now);
        return ended.Of(LoserId, now, byId);
    }

    private static List<EnterpriseAlias> NewAliases(Enterprise winner, EnterpriseFields before, EnterpriseFields lost, EnterpriseFields after, DateTime now)
    {
        var names = new[] { before.Name, lost.Name }.Where(n => SearchText.Normalise(n) != SearchText.Normalise(after.Name)).Select(n => (Kind: AliasKind.Other, Name: n));
        var codes = new[] { before.CreditCode, lost.CreditCode }.OfType<string>().Where(c => c != after.CreditCode).Select(c => (Kind: AliasKind.Code, Name: c));
        return [.. names.Concat(codes).Where(n => !winner.Aliases.Any(a => a.IsCalled(n.Name))).Select(n => new EnterpriseAlias(winner.Id, n.Kind, n.Name, null, now))];
    }

    private static void Hand(EnterpriseAlias alias, Enterprise from, Enterprise to)
    {
        from.Aliases.Remove(alias);
        alias.MoveTo(to.Id);
        to.Aliases.Add(alias);
    }
}

/// <summary>Everything that hangs on an enterprise and goes where it goes.</summary>
public sealed record Hanging(List<Lead> Leads, List<Project> Projects, List<Contact> Contacts, List<EnterpriseNote> Notes, List<Enterprise> Children, List<FirstTalk> Talks)
{
    /// <summary>配套伙伴, on either side, that can go along; see <see cref="Chain.Partner.Movable"/>.</summary>
    public List<Chain.Partner> Partners { get; init; } = [];
    public List<Offer> Offers { get; init; } = [];
    public List<Introduction> Introductions { get; init; } = [];
    /// <summary>招商目标 that were gone for or found unsuitable.</summary>
    public List<ChainTarget> Targets { get; init; } = [];

    internal void MoveTo(Enterprise to)
    {
        foreach (var lead in Leads) lead.BelongTo(to);
        foreach (var project in Projects) project.BelongTo(to);
        foreach (var contact in Contacts) contact.MoveTo(to.Id);
        foreach (var note in Notes) note.MoveTo(to.Id);
        foreach (var talk in Talks) talk.BelongTo(to.Id);
        foreach (var offer in Offers) offer.BelongTo(to);
        foreach (var introduction in Introductions) introduction.BelongTo(to);
        foreach (var target in Targets) target.BelongTo(to.Id);
        foreach (var child in Children.Where(c => c.Id != to.Id)) child.BelongTo(to.Id, []);
    }

    /// <summary>What has gone elsewhere since.</summary>
    internal IEnumerable<string> Strangers(Guid enterpriseId)
        => Leads.Where(l => l.EnterpriseId != enterpriseId).Select(l => l.Number)
            .Concat(Projects.Where(p => p.EnterpriseId != enterpriseId).Select(p => p.Number))
            .Concat(Children.Where(c => c.ParentId != enterpriseId).Select(c => c.Name));

    internal MovedIds Ids() => new()
    {
        Leads = [.. Leads.Select(l => l.Id)], Projects = [.. Projects.Select(p => p.Id)], Contacts = [.. Contacts.Select(c => c.Id)],
        Notes = [.. Notes.Select(n => n.Id)], Children = [.. Children.Select(c => c.Id)], Talks = [.. Talks.Select(t => t.Id)],
        Partners = [.. Partners.Select(p => p.Id)],
        Offers = [.. Offers.Select(o => o.Id)], Introductions = [.. Introductions.Select(i => i.Id)],
        Targets = [.. Targets.Select(t => t.Id)],
    };
}

public sealed record MovedIds
{
    public IReadOnlyList<Guid> Leads { get; init; } = [];
    public IReadOnlyList<Guid> Projects { get; init; } = [];
    public IReadOnlyList<Guid> Contacts { get; init; } = [];
    public IReadOnlyList<Guid> Notes { get; init; } = [];
    public IReadOnlyList<Guid> Children { get; init; } = [];
    public IReadOnlyList<Guid> Talks { get; init; } = [];
    public IReadOnlyList<Guid> Partners { get; init; } = [];
    public IReadOnlyList<Guid> Offers { get; init; } = [];
    public IReadOnlyList<Guid> Introductions { get; init; } = [];
    public IReadOnlyList<Guid> Targets { get; init; } = [];
}

/// <summary>What a merge moved, and the fields of both records as they stood. No personal data: of contacts only the ids.</summary>
public sealed record MergeMemory
{
    public EnterpriseFields Before { get; init; } = EnterpriseFields.None;
    public EnterpriseFields After { get; init; } = EnterpriseFields.None;
    public EnterpriseFields Loser { get; init; } = EnterpriseFields.None;
    public IReadOnlyList<string> LoserLinks { get; init; } = [];
    public IReadOnlyList<string> LinksGained { get; init; } = [];
    public IReadOnlyList<Guid> AliasesAdded { get; init; } = [];
    public IReadOnlyList<Guid> AliasesMoved { get; init; } = [];
    public Guid? DemotedContact { get; init; }
    public MovedIds Moved { get; init; } = new();
    public Guid? PresenceEnded { get; init; }
    public Guid? PresenceOpened { get; init; }
}
