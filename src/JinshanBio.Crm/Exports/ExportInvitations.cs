using FluentValidation;
using JinshanBio.Crm.Chain;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Imports;
using JinshanBio.Crm.Texts;
using MediatR;

namespace JinshanBio.Crm.Exports;

/// <summary>导出邀请名单: whom to invite into the circle of a chain leader, in the order of the list.</summary>
[Needs(Permission.ListsExport)]
public sealed record ExportInvitations : IRequest<ExportedFile>
{
    /// <summary>The chain leader.</summary>
    public Guid Leader { get; set; }
    public ExportFormat Format { get; set; }
}

internal sealed class ExportInvitationsValidator : AbstractValidator<ExportInvitations>
{
    public ExportInvitationsValidator() => RuleFor(r => r.Format).IsInEnum();
}

internal sealed class ExportInvitationsHandler(CrmDb db, Actor actor, TimeProvider clock, IMediator mediator) : IRequestHandler<ExportInvitations, ExportedFile>
{
    public async Task<ExportedFile> Handle(ExportInvitations request, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.EnterprisesRead)) throw new Refusal(RefusalCode.NotPermitted);
        var list = await mediator.Send(new ListInvitations(request.Leader), cancellationToken);
        var rows = list.Rows.ToDictionary(r => r.EnterpriseId);
        return await db.ExportAsync(actor, clock, "invitations", request.Format, request, Columns(), [.. rows.Keys], _ => Task.FromResult(rows), cancellationToken);
    }

    private static List<ExportColumn<InvitationRow>> Columns() =>
    [
        new("enterpriseName", r => r.Name),
        new("country", r => Countries.Name(r.Country)),
        new("address", r => r.Address),
        new("partnerRelation", r => Text.Of(r.Relation)),
        new("chainLink", r => r.LinkName),
        new("linkState", r => r.State is { } state ? Text.Of(state) : null),
        new("invitationReason", r => r.Reason),
        new("openLeads", r => string.Join(Text.Of("list.comma"), r.Leads.Select(l => $"{l.Number} {l.Owner}"))),
        new("followedBy", r => string.Join(Text.Of("list.comma"), r.FollowedBy)),
    ];
}
