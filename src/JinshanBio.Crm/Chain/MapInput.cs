using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Texts;

namespace JinshanBio.Crm.Chain;

/// <summary>Every change of the map by a person says on what authority and why.</summary>
public abstract record MapInput
{
    /// <summary>来源: document, study or expert that it rests on.</summary>
    public string Source { get; set; } = "";
    public string Reason { get; set; } = "";

    internal Edit By(Actor actor, TimeProvider clock) => new(Source, Reason, clock.GetUtcNow().UtcDateTime, actor.Id);
}

internal sealed class MapInputValidator : AbstractValidator<MapInput>
{
    public MapInputValidator()
    {
        RuleFor(r => r.Source).NotEmpty().MinimumLength(2).OneLine(500).WithName(_ => Text.Of("keep.source"));
        RuleFor(r => r.Reason).Reason();
    }
}

/// <summary>What a person says about a link.</summary>
public abstract record LinkInput : MapInput
{
    public string Field { get; set; } = "";

    /// <summary>Further fields to which it belongs.</summary>
    public List<string> AlsoFields { get; set; } = [];
    public ChainTier? Tier { get; set; }
    public string NameZh { get; set; } = "";

    /// <summary>The Chinese name where there is none.</summary>
    public string? NameEn { get; set; }

    /// <summary>代表产品.</summary>
    [Lines]
    public List<string> Products { get; set; } = [];

    /// <summary>GB/T 4754-2017, four digits.</summary>
    public List<string> IndustryCodes { get; set; } = [];

    /// <summary>约束.</summary>
    [Lines]
    public List<string> Constraints { get; set; } = [];

    /// <summary>原文依据; left as it is when null.</summary>
    public List<LinkEvidence>? Evidence { get; set; }

    /// <summary>共性支撑.</summary>
    public bool IsEnabling { get; set; }

    /// <summary>一城一港一湾一园一谷.</summary>
    public string? Slot { get; set; }

    /// <exception cref="Refusal">UnknownFieldCode, UnknownIndustryClass.</exception>
    internal LinkTerms ToTerms(Catalogue catalogue, IReadOnlyList<LinkEvidence> evidence)
    {
        if (catalogue.Field(Field) is null) throw new Refusal(RefusalCode.UnknownFieldCode, Field) { Field = "field" };
        if (AlsoFields.Find(f => catalogue.Field(f) is null) is { } also) throw new Refusal(RefusalCode.UnknownFieldCode, also) { Field = "alsoFields" };
        if (IndustryCodes.Find(c => !IsIndustryClass(catalogue, c)) is { } unknown) throw new Refusal(RefusalCode.UnknownIndustryClass, unknown) { Field = "industryCodes" };
        return new LinkTerms(Field, Tier!.Value, NameZh.Trim(), string.IsNullOrWhiteSpace(NameEn) ? NameZh.Trim() : NameEn.Trim())
        {
            AlsoFields = [.. AlsoFields.Where(f => f != Field).Distinct(StringComparer.Ordinal)],
            Products = Clean(Products), Constraints = Clean(Constraints), IndustryCodes = [.. IndustryCodes.Distinct(StringComparer.Ordinal)],
            Evidence = Evidence ?? evidence, IsEnabling = IsEnabling, Slot = string.IsNullOrWhiteSpace(Slot) ? null : Slot.Trim(),
        };
    }

    internal static bool IsIndustryClass(Catalogue catalogue, string code) => catalogue.ShippedStages.Form.Find("gb4754")!.Options.Any(o => o.Key == code);

    internal static IReadOnlyList<string> Clean(IEnumerable<string> items) => [.. items.Select(i => i.Trim()).Where(i => i.Length > 0).Distinct(StringComparer.Ordinal)];
}

internal sealed class LinkInputValidator : AbstractValidator<LinkInput>
{
    /// <summary>Between the items of a list in one cell of a file; so no item holds one.</summary>
    private static readonly char[] BetweenItems = [';', '；'];

    public LinkInputValidator()
    {
        Include(new MapInputValidator());
        RuleFor(r => r.Field).NotEmpty().MaximumLength(8);
        RuleFor(r => r.AlsoFields).NotNull().Must(f => f is null || f.Count <= 8);
        RuleFor(r => r.Tier).NotEmpty().IsInEnum();
        RuleFor(r => r.NameZh).NotEmpty().OneLine(100);
        RuleFor(r => r.NameEn).OneLine(200);
        RuleFor(r => r.Products).NotNull().Must(p => p is null || p.Count <= 40).WithMessage(_ => Text.Of("keep.tooManyItems"));
        RuleForEach(r => r.Products).OneLine(60).Must(IsOneItem).WithMessage(_ => Text.Of("keep.oneItem"));
        RuleFor(r => r.IndustryCodes).NotNull().Must(c => c is null || c.Count <= 20).WithMessage(_ => Text.Of("keep.tooManyItems"));
        RuleForEach(r => r.IndustryCodes).Matches("^[0-9]{4}$").WithMessage(_ => Text.Of("keep.classShape"));
        RuleFor(r => r.Constraints).NotNull().Must(c => c is null || c.Count <= 40).WithMessage(_ => Text.Of("keep.tooManyItems"));
        RuleForEach(r => r.Constraints).OneLine(80).Must(IsOneItem).WithMessage(_ => Text.Of("keep.oneItem"));
        RuleFor(r => r.Evidence).Must(e => e is null || (e.Count <= 20 && e.TrueForAll(x => x is { Phrase.Length: > 0 and <= 100, Section.Length: <= 60 })));
        RuleFor(r => r.Slot).OneLine(32);
    }

    private static bool IsOneItem(string? item) => item is null || item.IndexOfAny(BetweenItems) < 0;
}

/// <summary>What a person says about an edge.</summary>
public abstract record EdgeInput : MapInput
{
    /// <summary>供应内容.</summary>
    public string SuppliesZh { get; set; } = "";

    /// <summary>The Chinese words where there are none.</summary>
    public string? SuppliesEn { get; set; }

    /// <summary>关键: without it the buyer cannot produce.</summary>
    public bool IsCritical { get; set; }

    /// <summary>占比: supply as a percentage of the buyer's output; null takes the general share.</summary>
    public decimal? NeedPercent { get; set; }

    /// <summary>The words of the policy.</summary>
    public string? Phrase { get; set; }

    internal EdgeTerms ToTerms() => new(SuppliesZh.Trim(), string.IsNullOrWhiteSpace(SuppliesEn) ? SuppliesZh.Trim() : SuppliesEn.Trim(), IsCritical)
        { NeedPercent = NeedPercent is { } percent ? decimal.Round(percent, 2) : null, Phrase = string.IsNullOrWhiteSpace(Phrase) ? null : Phrase.Trim() };
}

internal sealed class EdgeInputValidator : AbstractValidator<EdgeInput>
{
    public EdgeInputValidator()
    {
        Include(new MapInputValidator());
        RuleFor(r => r.SuppliesZh).NotEmpty().OneLine(200);
        RuleFor(r => r.SuppliesEn).OneLine(200);
        RuleFor(r => r.NeedPercent).InclusiveBetween(0, 100).PrecisionScale(5, 2, ignoreTrailingZeros: true);
        RuleFor(r => r.Phrase).OneLine(500);
    }
}
