using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.FirstTalks;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Texts;
using MediatR;

namespace JinshanBio.Crm.FollowUps;

/// <summary>随手记: a call or visit that nobody had planned, with what comes next; answers the id of the record of it.</summary>
[Needs(Permission.LeadsWrite)]
public sealed record LogContact : FollowUpReport, IRequest<Guid>
{
    public Guid? LeadId { get; set; }
    public Guid? ProjectId { get; set; }
    public FollowUpKind Kind { get; set; }
    public List<string> Participants { get; set; } = [];
}

internal sealed class LogContactValidator : AbstractValidator<LogContact>
{
    public LogContactValidator()
    {
        RuleFor(r => r.LeadId).NotEmpty().When(r => r.ProjectId is null);
        RuleFor(r => r.ProjectId).Null().When(r => r.LeadId is not null);
        RuleFor(r => r.Kind).IsInEnum();
        RuleFor(r => r.Participants).Must(p => p is null || Attendance.Names(p) is { Count: <= 20 } names && names.All(n => n.Length <= 50))
            .WithMessage(_ => Text.Of("followUps.participantsTooMany"));
        Include(new FollowUpReportValidator());
    }
}

internal sealed class LogContactHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<LogContact, Guid>
{
    public async Task<Guid> Handle(LogContact request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var subject = await db.SubjectAsync(actor, request.LeadId, request.ProjectId, cancellationToken);
        var contact = subject.Plan(request.Kind, now, null, now);
        contact.Invite(await db.ParticipantsAsync(request.Participants, cancellationToken));
        contact.Complete(request.Result, request.Outcome, now, actor.Id);
        db.FollowUps.Add(contact);
        await db.BeatAsync(contact, now, actor.Id, cancellationToken);
        if (subject.IsLive && request.NextOf(request.Kind, subject.Stage, now, catalogue.Workdays) is { } next)
            db.FollowUps.Add(subject.Plan(next.Kind, next.DueAt, null, now));
        await NextDue.RefreshAsync(db, contact, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return contact.Id;
    }
}
