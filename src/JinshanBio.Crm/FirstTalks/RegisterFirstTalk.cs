using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.FirstTalks;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Domain.Stages;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.FirstTalks;

/// <summary>登记首谈: claims the right of first talk on the lead's intent for the person's unit. Where another unit holds it, both are told.</summary>
[Needs(Permission.FirstTalksWrite)]
public sealed record RegisterFirstTalk : TalkInput, IRequest<Guid>;

/// <summary>What a person shows for a first talk.</summary>
public abstract record TalkInput
{
    /// <summary>The person's own lead.</summary>
    public Guid Id { get; set; }
    public TalkEvidence? Evidence { get; set; }
    public string? Text { get; set; }

    /// <summary>Whom the unit talked to.</summary>
    public string? With { get; set; }

    /// <summary>Without a zone it is Shanghai's; not in the future.</summary>
    public DateTime? TalkedAt { get; set; }
    public int? Version { get; set; }

    internal TalkProof ToProof() => new(Evidence!.Value, Text!, With!, TalkedAt!.Value.ToUtc());
}

internal sealed class TalkInputValidator : AbstractValidator<TalkInput>
{
    public TalkInputValidator(TimeProvider clock)
    {
        RuleFor(r => r.Evidence).NotNull().IsInEnum();
        RuleFor(r => r.Text).NotEmpty().MinimumLength(5).MaximumLength(2000);
        RuleFor(r => r.With).NotEmpty().OneLine(200);
        RuleFor(r => r.TalkedAt).NotNull().PlausibleTime()
            .Must(t => t is null || t.Value.ToUtc() <= clock.GetUtcNow().UtcDateTime).WithMessage(_ => Texts.Text.Of("firstTalk.notYet"));
    }
}

internal sealed class RegisterFirstTalkValidator : AbstractValidator<RegisterFirstTalk>
{
    public RegisterFirstTalkValidator(TimeProvider clock) => Include(new TalkInputValidator(clock));
}

internal sealed class RegisterFirstTalkHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<RegisterFirstTalk, Guid>
{
    public async Task<Guid> Handle(RegisterFirstTalk request, CancellationToken cancellationToken)
    {
        var (now, unit) = (clock.GetUtcNow().UtcDateTime, actor.MustHaveUnit());
        var lead = await db.Leads.VisibleTo(actor).Include(l => l.Enterprise).OneAsync(request.Id, cancellationToken);
        lead.MustBeLive();
        if (lead.ProjectId is { } projectId && await db.Projects.AnyAsync(p => p.Id == projectId && p.IsClosed, cancellationToken))
            throw new Refusal(RefusalCode.ProjectClosed, lead.Number);
        // Two units in the same second: the index lets one of them through, and the other one comes here again and finds it.
        if (await db.LivingRightAsync(lead, cancellationToken) is { } living) throw await RefuseAsync(living, lead, unit, request.ToProof(), now, cancellationToken);

        var right = new FirstTalk(lead, unit, request.ToProof(), catalogue.FirstTalk, now, actor.Id);
        db.FirstTalks.Add(right);
        if (lead.Status == LeadStatus.Open && lead.Stage != Stage.FirstTalk) lead.Screen(Stage.FirstTalk, now, actor.Id);
        await db.SaveChangesAsync(cancellationToken);
        return right.Id;
    }

    private async Task<Refusal> RefuseAsync(FirstTalk living, Lead lead, string unit, TalkProof proof, DateTime now, CancellationToken cancel)
    {
        if (living.Unit == unit) return new Refusal(RefusalCode.FirstTalkIsOurs, ShanghaiTime.Day(living.Since));
        if (living.Claim(unit, proof, now, actor.Id))
        {
            db.Tell(living, actor, NoticeKind.FirstTalkClaimed, [living.Lead!.OwnerId], [FirstTalkSteps.Title(living.Lead), catalogue.UnitArg(unit)], now, living.LeadId);
            db.Notices.Add(new Notice(actor.Id, NoticeKind.FirstTalkRefused, $"first-talk:{living.Id}:{living.Entries}",
                [FirstTalkSteps.Title(lead), catalogue.UnitArg(living.Unit), living.Since.ToString("O")], $"/leads/{lead.Id}", now));
            await db.SaveChangesAsync(cancel);
        }
        return FirstTalkSteps.Held(living, catalogue);
    }
}
