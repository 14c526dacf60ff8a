using System.Text.Json;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Parks;

/// <summary>载体参考: what the policy names, with its source: the layout slots, the carriers, and why some of them cannot be let.</summary>
[Needs(Permission.ParksRead)]
public sealed record GetParksReference : IRequest<ParksReference>;

public sealed record ParksReference(IReadOnlyList<LayoutSlot> Slots, IReadOnlyList<Carrier> Carriers)
{
    public Carrier? Find(string code) => Carriers.FirstOrDefault(c => c.Code == code);

    public LayoutSlot? SlotOf(Carrier carrier) => Slots.FirstOrDefault(s => s.Slot == carrier.LayoutSlot);
}

/// <summary>一城一港一湾一园一谷 with what it concentrates on, in the words of the policy.</summary>
public sealed record LayoutSlot(string Code, string Slot, string TitleZh, string TitleEn, string Phrase, IReadOnlyList<string> Focus, string? Positioning, string Source)
{
    public string Title => Text.Pick(TitleZh, TitleEn);
}

/// <param name="Kind">As the reference says: carrier, park, area, platform …</param>
/// <param name="IsLeasable">It has spaces to let and is a park in this register.</param>
/// <param name="Reason">Why nothing of it can be let, in the reader's language; null for a park.</param>
/// <param name="Evidence">The phrases of the policy that name it.</param>
/// <param name="PublicFacts">From the public source, not verified: never capacity.</param>
public sealed record Carrier(
    string Code, string NameZh, string NameEn, string Kind, string? LayoutSlot, IReadOnlyList<string> Fields, string Scope, bool IsLeasable, string? Reason,
    IReadOnlyList<string> Evidence, string Source, IReadOnlyList<string> PublicFacts, string? PublicSource, string? Note)
{
    public string Name => Text.Pick(NameZh, NameEn);

    /// <summary>Of what the policy names, these have rooms to let; an enterprise or a partner region does not.</summary>
    internal static bool MayBeLet(string kind) => kind is "carrier" or "park";
}

internal sealed class GetParksReferenceHandler(CrmDb db) : IRequestHandler<GetParksReference, ParksReference>
{
    public async Task<ParksReference> Handle(GetParksReference request, CancellationToken cancellationToken)
    {
        var records = (await db.ReferenceRecords.AsNoTracking().Where(r => r.Set == "slots" || r.Set == "carriers").ToListAsync(cancellationToken))
            .OrderBy(r => r.Order).ToLookup(r => r.Set, r => JsonDocument.Parse(r.Data).RootElement, StringComparer.Ordinal);
        return new ParksReference(
            [.. records["slots"].Select(r => new LayoutSlot(Str(r, "code"), Str(r, "slot_zh"), Str(r, "title_zh"), Str(r, "title_en"), Str(r, "seed_phrase"), Texts(r, "focus_zh"), Maybe(r, "positioning_zh"), Str(r, "source")))],
            [.. records["carriers"].Select(Read)]);
    }

    private static Carrier Read(JsonElement r)
    {
        var (kind, facts) = (Str(r, "kind"), r.TryGetProperty("capacity_public", out var found) ? found : default);
        var evidence = r.TryGetProperty("seed_evidence", out var phrases) ? phrases.EnumerateArray().Select(e => Str(e, "phrase")) : [];
        var isLeasable = Carrier.MayBeLet(kind);
        return new Carrier(Str(r, "code"), Str(r, "name_zh"), Str(r, "name_en"), kind, Maybe(r, "layout_slot"), Texts(r, "field_codes"), Str(r, "scope"), isLeasable,
            isLeasable ? null : Text.Of("parks.notLet." + Key(kind, Texts(r, "roles"))), [.. evidence], Str(r, "source"),
            facts.ValueKind == JsonValueKind.Object ? Texts(facts, "facts") : [], facts.ValueKind == JsonValueKind.Object ? Maybe(facts, "source") : null, Maybe(r, "note"));
    }

    private static string Key(string kind, IReadOnlyList<string> roles)
    {
        if (kind == "area" && roles.Contains("regional partner")) return "partner";
        var key = string.Concat(kind.Where(char.IsAsciiLetter)).ToLowerInvariant();
        return Text.Has("parks.notLet." + key) ? key : "other";
    }

    private static string Str(JsonElement element, string name) => Maybe(element, name) ?? "";

    private static string? Maybe(JsonElement element, string name) => element.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    private static List<string> Texts(JsonElement element, string name) => element.TryGetProperty(name, out var list) ? [.. list.EnumerateArray().Select(t => t.GetString()!)] : [];
}
