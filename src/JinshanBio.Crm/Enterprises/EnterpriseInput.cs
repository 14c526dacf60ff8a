using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Texts;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Enterprises;

/// <summary>What a person says about an enterprise.</summary>
public abstract record EnterpriseInput
{
    public string Name { get; set; } = "";

    /// <summary>统一社会信用代码; empty for a foreign firm or while unknown.</summary>
    public string? CreditCode { get; set; }

    /// <summary>ISO 3166-1 alpha-2; CN when left out.</summary>
    public string? Country { get; set; }
    public string? Address { get; set; }

    /// <summary>What kind of firm it is, in a few words.</summary>
    public string? Kind { get; set; }
    public EnterpriseSize? Size { get; set; }

    /// <summary>国民经济行业分类 GB/T 4754-2017: two to four digits.</summary>
    public string? IndustryCode { get; set; }

    /// <summary>经营范围、主营产品.</summary>
    public string? Scope { get; set; }

    /// <summary>集团, by its name.</summary>
    public string? Group { get; set; }

    /// <summary>上级企业 in the register.</summary>
    public Guid? ParentId { get; set; }

    /// <summary>链主.</summary>
    public bool IsChainLeader { get; set; }

    /// <summary>Fields that it leads the chain of; left as they are when null.</summary>
    public List<string>? LeaderFields { get; set; }

    /// <summary>Codes of the chain links it works in, of any field; left as they are when null.</summary>
    public List<string>? Links { get; set; }

    /// <summary>All other names; left as they are when null.</summary>
    public List<AliasInput>? Aliases { get; set; }

    /// <summary>Writes everything but the name and the credit code. Wants aliases, links and keys loaded.</summary>
    /// <exception cref="Refusal">UnknownFieldCode, UnknownLink, ParentLoop, NotFound, EnterpriseMerged.</exception>
    internal async Task ApplyAsync(Enterprise enterprise, CrmDb db, Catalogue catalogue, DateTime now, CancellationToken cancel)
    {
        if (LeaderFields?.Find(code => catalogue.Field(code) is null) is { } field) throw new Refusal(RefusalCode.UnknownFieldCode, field) { Field = "leaderFields" };
        // A link that it has already stays, also when it was taken off the map since.
        if (Links?.Find(code => !catalogue.IsOnMap(code) && !enterprise.Links.Any(l => l.Code == code)) is { } link) throw new Refusal(RefusalCode.UnknownLink, link) { Field = "links" };
        enterprise.Describe(Address, Kind, Country ?? enterprise.Country);
        enterprise.Trade(IndustryCode, Scope);
        enterprise.Classify(Size, Group, IsChainLeader, LeaderFields);
        if (Links is not null) enterprise.WorkIn(Links);
        if (Aliases is not null) enterprise.AlsoCalled(Aliases.Select(a => new OtherName(a.Kind, a.Name, a.Until)), now);
        if (ParentId == enterprise.ParentId) return;
        enterprise.BelongTo(ParentId, await db.AncestorsAsync(ParentId, cancel));
    }
}

/// <summary>Another name of the enterprise.</summary>
public sealed record AliasInput
{
    public AliasKind Kind { get; set; }
    public string Name { get; set; } = "";

    /// <summary>Of a former name: since which day it is not borne any more.</summary>
    public DateOnly? Until { get; set; }
}

internal sealed class EnterpriseInputValidator : AbstractValidator<EnterpriseInput>
{
    private const int ManyNames = 50, ManyLinks = 50;

    public EnterpriseInputValidator()
    {
        RuleFor(r => r.Name).EnterpriseName();
        RuleFor(r => r.CreditCode).MaximumLength(40);
        RuleFor(r => r.Country).Country();
        RuleFor(r => r.Address).OneLine(500);
        RuleFor(r => r.Kind).OneLine(200);
        RuleFor(r => r.IndustryCode).Must(c => string.IsNullOrWhiteSpace(c) || IndustryClass.Normalise(c) is not null).WithMessage(_ => Text.Of("validation.industryCode"));
        RuleFor(r => r.Scope).MaximumLength(IndustryClass.ScopeLength);
        RuleFor(r => r.Group).OneLine(200);
        RuleFor(r => r.LeaderFields).Must(f => f is null || f.Count <= 20).WithMessage(_ => Text.Of("validation.tooManyLinks"));
        RuleFor(r => r.Links).Must(l => l is null || l.Count <= ManyLinks).WithMessage(_ => Text.Of("validation.tooManyEnterpriseLinks"));
        RuleFor(r => r.Aliases).Must(a => a is null || (a.Count <= ManyNames && a.All(x => x is { Name.Length: <= 200 } && x.Name.Any(char.IsLetterOrDigit) && !x.Name.Any(char.IsControl) && Enum.IsDefined(x.Kind))))
            .WithMessage(_ => Text.Of("validation.aliases"));
    }
}

internal static class EnterpriseTree
{
    // Deeper than any group of companies; what goes on beyond it cannot lead back either, because each step was checked.
    private const int Deepest = 50;

    /// <summary>Changes of who stands above whom, and merges, are made one after the other: two at once could close a circle that neither sees.</summary>
    internal const string Turn = "enterprise-tree";

    /// <summary>The enterprise, its parent and so on; none for null.</summary>
    /// <exception cref="Refusal">NotFound, EnterpriseMerged for the enterprise itself.</exception>
    internal static async Task<IReadOnlyCollection<Guid>> AncestorsAsync(this CrmDb db, Guid? id, CancellationToken cancel)
    {
        var ancestors = new List<Guid>();
        for (var next = id; next is { } at && ancestors.Count < Deepest && !ancestors.Contains(at);)
        {
            var row = await db.Enterprises.AsNoTracking().Where(e => e.Id == at).Select(e => new { e.Name, e.ParentId, e.MergedIntoId }).FirstOrDefaultAsync(cancel);
            if (row is null) throw new Refusal(RefusalCode.NotFound) { Field = "parentId" };
            if (ancestors.Count == 0 && row.MergedIntoId is { } into) throw new Refusal(RefusalCode.EnterpriseMerged, row.Name) { Field = "parentId", Details = new { mergedInto = into } };
            ancestors.Add(at);
            next = row.ParentId;
        }
        return ancestors;
    }
}
