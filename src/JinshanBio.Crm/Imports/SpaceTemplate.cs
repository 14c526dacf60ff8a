using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Spreadsheets;
using JinshanBio.Crm.Texts;
using MediatR;

namespace JinshanBio.Crm.Imports;

/// <summary>空间导入模板: a workbook with the headings that the import of spaces recognises, in the reader's language.</summary>
[Needs(Permission.SpacesWrite)]
public sealed record SpaceTemplate : IRequest<ImportErrorFile>;

internal sealed class SpaceTemplateHandler : IRequestHandler<SpaceTemplate, ImportErrorFile>
{
    public Task<ImportErrorFile> Handle(SpaceTemplate request, CancellationToken cancellationToken)
    {
        var file = TemporaryFile.Create();
        XlsxSheet.Write(file, [[.. ImportColumns.FieldsOf(ImportKind.Spaces).Select(field => (object?)Text.Of("import.field." + field))]], Text.Of(ImportKind.Spaces));
        file.Position = 0;
        return Task.FromResult(new ImportErrorFile(Text.Of("imports.templateName"), file, XlsxSheet.ContentType));
    }
}
