using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Enterprises;

/// <summary>登记企业: puts an enterprise on the register.</summary>
[Needs(Permission.EnterprisesWrite)]
public sealed record AddEnterprise : EnterpriseInput, IRequest<Guid>
{
    /// <summary>The one way an enterprise comes into being, also from a lead or an import.</summary>
    /// <exception cref="Refusal">CreditCodeWrong; EnterpriseExists with the id of the one that carries the code.</exception>
    internal static async Task<Enterprise> AddAsync(CrmDb db, string name, string? creditCode, string? country, DateTime now, Guid byId, CancellationToken cancel)
    {
        var enterprise = new Enterprise(name, creditCode, country ?? "CN", now, byId);
        await MustBeFreeAsync(db, enterprise, cancel);
        db.Enterprises.Add(enterprise);
        return enterprise;
    }

    internal static async Task MustBeFreeAsync(CrmDb db, Enterprise enterprise, CancellationToken cancel)
    {
        if (enterprise.CreditCode is not { } code) return;
        var holder = await db.Enterprises.AsNoTracking().Where(e => e.CreditCode == code && e.Id != enterprise.Id)
            .Select(e => new { e.Id, e.Name }).FirstOrDefaultAsync(cancel);
        if (holder is not null)
            throw new Refusal(RefusalCode.EnterpriseExists, code, holder.Name) { Field = "creditCode", Details = new { enterpriseId = holder.Id, name = holder.Name } };
    }
}

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
}

internal sealed class EnterpriseInputValidator : AbstractValidator<EnterpriseInput>
{
    public EnterpriseInputValidator()
    {
        RuleFor(r => r.Name).EnterpriseName();
        RuleFor(r => r.CreditCode).MaximumLength(40);
        RuleFor(r => r.Country).Country();
        RuleFor(r => r.Address).OneLine(500);
        RuleFor(r => r.Kind).OneLine(200);
    }
}

internal sealed class AddEnterpriseValidator : AbstractValidator<AddEnterprise>
{
    public AddEnterpriseValidator() => Include(new EnterpriseInputValidator());
}

internal sealed class AddEnterpriseHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<AddEnterprise, Guid>
{
    public async Task<Guid> Handle(AddEnterprise request, CancellationToken cancellationToken)
    {
        var enterprise = await AddEnterprise.AddAsync(db, request.Name, request.CreditCode, request.Country, clock.GetUtcNow().UtcDateTime, actor.Id, cancellationToken);
        enterprise.Describe(request.Address, request.Kind, enterprise.Country);
        await db.SaveChangesAsync(cancellationToken);
        return enterprise.Id;
    }
}
