using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Services;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Services;

/// <summary>登记诉求: what a signed company asks for. When it is answered and settled at the latest follows from the parameters.</summary>
[Needs(Permission.ServiceWrite)]
public sealed record AddCompanyRequest : IRequest<Guid>
{
    public Guid ProjectId { get; set; }
    public string Text { get; set; } = "";
    public RequestCategory Category { get; set; }
    public RequestChannel Channel { get; set; }

    /// <summary>Today when left out.</summary>
    public DateOnly? ReceivedOn { get; set; }

    /// <summary>The owner of the project when left out.</summary>
    public Guid? OwnerId { get; set; }
}

/// <summary>答复诉求: what the company is told meanwhile.</summary>
[Needs(Permission.ServiceWrite)]
public sealed record AnswerCompanyRequest : IRequest
{
    public Guid Id { get; set; }
    public string Answer { get; set; } = "";
    public int? Version { get; set; }
}

/// <summary>办结诉求: what came of it, in the last answer, and how content the company is.</summary>
[Needs(Permission.ServiceWrite)]
public sealed record SettleCompanyRequest : IRequest
{
    public Guid Id { get; set; }
    public RequestResult? Result { get; set; }
    public string Answer { get; set; } = "";
    public Satisfaction? Satisfaction { get; set; }
    public int? Version { get; set; }
}

/// <summary>转办诉求: another colleague answers for it.</summary>
[Needs(Permission.ServiceWrite)]
public sealed record AssignCompanyRequest : IRequest
{
    public Guid Id { get; set; }
    public Guid? OwnerId { get; set; }
    public int? Version { get; set; }
}

internal sealed class AddCompanyRequestValidator : AbstractValidator<AddCompanyRequest>
{
    public AddCompanyRequestValidator()
    {
        RuleFor(r => r.Text).NotEmpty().MaximumLength(4000);
        RuleFor(r => r.Category).IsInEnum();
        RuleFor(r => r.Channel).IsInEnum();
        RuleFor(r => r.ReceivedOn).PlausibleDay();
    }
}

internal sealed class AnswerCompanyRequestValidator : AbstractValidator<AnswerCompanyRequest>
{
    public AnswerCompanyRequestValidator() => RuleFor(r => r.Answer).NotEmpty().MaximumLength(4000);
}

internal sealed class SettleCompanyRequestValidator : AbstractValidator<SettleCompanyRequest>
{
    public SettleCompanyRequestValidator()
    {
        RuleFor(r => r.Result).NotEmpty().IsInEnum();
        RuleFor(r => r.Answer).NotEmpty().MaximumLength(4000);
        RuleFor(r => r.Satisfaction).NotEmpty().IsInEnum();
    }
}

internal sealed class AssignCompanyRequestValidator : AbstractValidator<AssignCompanyRequest>
{
    public AssignCompanyRequestValidator() => RuleFor(r => r.OwnerId).NotEmpty();
}

internal sealed class CompanyRequestHandler(CrmDb db, Actor actor, Catalogue catalogue, Numbers numbers, TimeProvider clock)
    : IRequestHandler<AddCompanyRequest, Guid>, IRequestHandler<AnswerCompanyRequest, Unit>, IRequestHandler<SettleCompanyRequest, Unit>, IRequestHandler<AssignCompanyRequest, Unit>
{
    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public async Task<Guid> Handle(AddCompanyRequest request, CancellationToken cancellationToken)
    {
        var project = await db.ServedAsync(actor, request.ProjectId, cancellationToken);
        if (request.OwnerId is { } owner && owner != actor.Id) await db.MustServeAsync(catalogue, owner, cancellationToken);
        var received = Care.NotAfterToday("receivedOn", request.ReceivedOn, Now);
        var (answerBy, settleBy) = (catalogue.Workdays.Add(received, catalogue.Service.AnswerWorkdays), catalogue.Workdays.Add(received, catalogue.Service.SettleWorkdays));
        var asked = new CompanyRequest(await numbers.NextCompanyRequestAsync(db, cancellationToken), project.Id, new RequestTerms(request.Text, request.Category, request.Channel, received),
            request.OwnerId ?? project.OwnerId, answerBy, settleBy, Now, actor.Id);
        db.CompanyRequests.Add(asked);
        await db.SaveChangesAsync(cancellationToken);
        return asked.Id;
    }

    public Task<Unit> Handle(AnswerCompanyRequest request, CancellationToken cancellationToken)
        => DoAsync(request.Id, request.Version, asked => asked.Answer(request.Answer, Now, actor.Id), cancellationToken);

    public Task<Unit> Handle(SettleCompanyRequest request, CancellationToken cancellationToken)
        => DoAsync(request.Id, request.Version, asked => asked.Settle(request.Result!.Value, request.Answer, request.Satisfaction!.Value, Now, actor.Id), cancellationToken);

    public async Task<Unit> Handle(AssignCompanyRequest request, CancellationToken cancellationToken)
    {
        await db.MustServeAsync(catalogue, request.OwnerId!.Value, cancellationToken);
        return await DoAsync(request.Id, request.Version, asked => asked.Assign(request.OwnerId.Value), cancellationToken);
    }

    private async Task<Unit> DoAsync(Guid id, int? version, Action<CompanyRequest> step, CancellationToken cancel)
    {
        var asked = await db.Requests(actor).Include(r => r.Answers).OneAsync(id, cancel);
        await db.ExpectAsync(asked, version, cancel);
        step(asked);
        await db.SaveChangesAsync(cancel);
        return Unit.Value;
    }
}
