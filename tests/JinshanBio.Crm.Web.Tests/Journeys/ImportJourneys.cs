using System.Text;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace JinshanBio.Crm.Web.Tests.Journeys;

/// <summary>A list of somebody else's making: its columns are said once, it goes in, out again as a file, in again without a change, and is taken back.</summary>
[Collection<BrowserCollection>]
public sealed class ImportJourneys(Browsing browsing)
{
    [Fact]
    public async Task A_list_is_mapped_once_imported_taken_out_imported_again_and_undone()
    {
        var (head, name, saved) = (Samples.Name("厂商列"), Samples.Name("列表导入"), Samples.Name("方案"));
        await using var officer = await browsing.OpenAsync("officer");
        await UploadAsync(officer, "目录.csv", Encoding.UTF8.GetBytes($"{head},{head}址\n{name}甲,一号楼\n"));
        await officer.Page.Locator("select[name=_column0]").SelectOptionAsync("name");
        await officer.Page.Locator("select[name=_column1]").SelectOptionAsync("address");
        await officer.Button("按此重新判定").ClickAsync();
        await Expect(officer.Page.Locator(".tally .good b")).ToHaveTextAsync("1");
        await officer.Page.Locator("#mapping-name").FillAsync(saved);
        await officer.Page.Locator("#mapping-name ~ button, form:has(#mapping-name) button").First.ClickAsync();
        await Expect(officer.Main).ToContainTextAsync($"按方案“{saved}”对应");

        await UploadAsync(officer, "目录二.csv", Encoding.UTF8.GetBytes($"{head},{head}址\n{name}甲,一号楼\n{name}乙,二号楼\n"));
        await Expect(officer.Main).ToContainTextAsync($"按方案“{saved}”对应");
        await Expect(officer.Page.Locator(".tally .good b")).ToHaveTextAsync("2");
        await ConfirmAsync(officer, officer.Page.Locator("button.primary[data-confirm]"));
        var import = new Uri(officer.Page.Url).PathAndQuery;
        await Expect(officer.Page.Locator(".alert.good, .head .chip.good").First).ToBeVisibleAsync(new() { Timeout = 20_000 });

        var download = await officer.Page.RunAndWaitForDownloadAsync(() => officer.Page.EvaluateAsync($"location.assign('/enterprises/export?format=xlsx&q={Uri.EscapeDataString(name)}')"));
        Assert.EndsWith(".xlsx", download.SuggestedFilename, StringComparison.Ordinal);
        await UploadAsync(officer, download.SuggestedFilename, await File.ReadAllBytesAsync(await download.PathAsync()));
        await Expect(officer.Page.Locator(".tally")).ToContainTextAsync("2跳过");
        await Expect(officer.Page.Locator(".tally .good b")).ToHaveTextAsync("0");

        await officer.GoAsync(import);
        await ConfirmAsync(officer, officer.Page.Locator("button.danger[data-confirm]"));
        await Expect(officer.Main).ToContainTextAsync("删除 2 条");
        officer.IsQuiet();
    }

    private static async Task UploadAsync(Visit officer, string name, byte[] content)
    {
        await officer.GoAsync("/imports");
        await officer.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = name, MimeType = "application/octet-stream", Buffer = content });
        await officer.Button("上传并预演").ClickAsync();
        await Expect(officer.Page.Locator(".tally")).ToBeVisibleAsync();
    }

    private static async Task ConfirmAsync(Visit officer, ILocator button)
    {
        await button.First.ClickAsync();
        await officer.Page.Locator("dialog#confirm button[value=ok]").ClickAsync();
    }
}
