using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Documents;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.People;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Documents;

/// <summary>附件列表: the documents of a lead, or of a project together with those of its lead; each with its older versions.</summary>
[Needs(Permission.DocumentsRead)]
public sealed record ListDocuments : IRequest<Page<DocumentRow>>, IPaged
{
    public Guid? LeadId { get; set; }
    public Guid? ProjectId { get; set; }
    public Guid? SpaceId { get; set; }
    public DocumentPurpose? Purpose { get; set; }

    /// <summary>Those that were removed instead.</summary>
    public bool Removed { get; set; }
    public string? Sort { get; set; }
    public int Page { get; set; } = 1;
    public int Size { get; set; } = Paging.DefaultSize;

    internal static readonly Sorting<Document> Sortable = new(d => d.Id) { ["at"] = d => d.Id, ["number"] = d => d.Number };
}

/// <summary>
/// One version of a document. Who may not know the name behind a code name gets purpose and number, and opens nothing: what people call a file, and what
/// it contains, tells the name.
/// </summary>
/// <param name="OfLead">It hangs on the lead that the project came from.</param>
/// <param name="MayOpen">The person may open its content.</param>
public sealed record DocumentRow(
    Guid Id, string Number, int Edition, DocumentPurpose Purpose, DocumentLabel Label, string? Title, string? FileName, string ContentType, long Size, string? Sha256,
    DateTime At, string By, bool OfLead, bool MayOpen, DateTime? RemovedAt, string? RemovedBy, string? RemovalReason, int Version)
{
    public IReadOnlyList<DocumentRow> Older { get; init; } = [];
}

internal sealed class ListDocumentsValidator : AbstractValidator<ListDocuments>
{
    public ListDocumentsValidator()
    {
        this.MustBePaged(ListDocuments.Sortable.Names);
        RuleFor(r => r.LeadId).NotEmpty().When(r => r.ProjectId is null && r.SpaceId is null);
        RuleFor(r => r.Purpose).IsInEnum();
    }
}

internal sealed class ListDocumentsHandler(CrmDb db, Actor actor) : IRequestHandler<ListDocuments, Page<DocumentRow>>
{
    public async Task<Page<DocumentRow>> Handle(ListDocuments request, CancellationToken cancellationToken)
    {
        var subject = await db.PapersAsync(actor, request.LeadId, request.ProjectId, cancellationToken, request.SpaceId);
        var documents = subject.Of(db, actor);
        if (request.Purpose is { } purpose) documents = documents.Where(d => d.Purpose == purpose);
        documents = request.Removed ? documents.Where(d => d.RemovedAt != null) : documents.Where(d => d.IsCurrent == true);
        var page = await documents.PageAsync(ListDocuments.Sortable, request.Sort ?? "-at", request, d => d, cancellationToken);
        var older = await OlderAsync(page.Items, cancellationToken);
        var names = await db.NamesAsync([.. page.Items.Concat(older).SelectMany(d => new[] { d.ById, d.RemovedById ?? d.ById })], cancellationToken);
        var bySeries = older.ToLookup(d => d.SeriesId);
        return new Page<DocumentRow>([.. page.Items.Select(d => subject.Row(d, names) with
        {
            Older = request.Removed ? [] : [.. bySeries[d.SeriesId].OrderByDescending(o => o.Edition).Select(o => subject.Row(o, names))],
        })], page.Total, page.Number, page.Size);
    }

    private async Task<List<Document>> OlderAsync(IReadOnlyList<Document> current, CancellationToken cancel)
    {
        var series = current.Where(d => d.Edition > 1).Select(d => d.SeriesId).ToList();
        return series.Count == 0 ? [] : await db.Documents.AsNoTracking().Where(d => series.Contains(d.SeriesId) && !d.IsCurrent && d.RemovedAt == null).ToListAsync(cancel);
    }
}

/// <summary>附件数: how many documents a project has, with those of its lead.</summary>
[Needs(Permission.DocumentsRead)]
public sealed record CountDocuments(Guid ProjectId) : IRequest<int>;

internal sealed class CountDocumentsHandler(CrmDb db, Actor actor) : IRequestHandler<CountDocuments, int>
{
    public async Task<int> Handle(CountDocuments request, CancellationToken cancellationToken)
        => await (await db.PapersAsync(actor, null, request.ProjectId, cancellationToken)).Of(db, actor).CountAsync(d => d.IsCurrent, cancellationToken);
}
