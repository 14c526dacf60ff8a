using System.Text.RegularExpressions;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Imports;
using JinshanBio.Crm.Jobs;
using JinshanBio.Crm.Texts;
using JinshanBio.Crm.Web.Door;
using Xunit;

namespace JinshanBio.Crm.Web.Tests.Pages;

/// <summary>What every page's source keeps to.</summary>
public sealed partial class PageRules
{
    // How amounts and days are written in Chinese; the product's name on the console.
    private static readonly string[] MaySpeak = ["Ui/Show.cs", "Door/Start.cs"];

    [Fact]
    public void Every_text_key_that_a_page_names_exists()
    {
        var sources = Repository.WebSources(".razor", ".cs").ToList();
        var asked = sources.SelectMany(s => Key().Matches(s.Text).SelectMany(m => m.Groups["key"].Captures).Select(c => (s.Path, Key: c.Value))).Where(k => !k.Key.EndsWith('.')).ToList();
        Assert.True(asked.Count > 100);
        Assert.Empty(asked.Where(k => !Text.Has(k.Key)).Select(k => $"{k.Path}: {k.Key}").Distinct());
    }

    [Fact]
    public void Every_text_key_that_is_put_together_has_a_family()
    {
        var begun = Repository.WebSources(".razor", ".cs").SelectMany(s => BegunKey().Matches(s.Text).Select(m => (s.Path, Begin: m.Groups["begin"].Value)));
        Assert.Empty(begun.Where(k => !Text.Entries.Keys.Any(key => key.StartsWith(k.Begin, StringComparison.Ordinal))).Select(k => $"{k.Path}: {k.Begin}"));
    }

    [Fact]
    public void Every_value_that_completes_a_text_key_has_its_text()
    {
        string[] keys =
        [
            .. Enum.GetValues<RefusalCode>().Select(code => $"status.{Problems.StatusOf(code)}"),
            .. RoleCode.All.Select(role => "role." + role),
            .. Timetable.Entries.Select(entry => "job." + entry.Name),
            .. Enum.GetNames<ImportKind>().Select(kind => "imports.kindHint." + kind),
            .. Enum.GetValues<ImportKind>().SelectMany(ImportColumns.FieldsOf).Select(field => "import.field." + field),
            .. from part in (string[])["tab", "empty"] from tab in (string[])["waiting", "held", "in", "past"] select $"places.{part}.{tab}",
            .. from tab in (string[])["all", "mine", "ending", "offered", "disputed", "ended"] select "firstTalks.tab." + tab,
            .. Enum.GetNames<Domain.Commitments.LightReason>().Select(reason => "light." + reason),
            .. Enum.GetNames<Domain.Commitments.CommitmentMeasure>().Select(measure => "promises.hint." + measure),
            .. Enum.GetNames<Domain.Projects.LandBasis>().Select(basis => "LandBasis." + basis),
            .. from part in (string[])["tab", "nothing"] from tab in (string[])["tasks", "requests", "signals", "visits"] select $"service.{part}.{tab}",
            .. from tab in (string[])["open", "late", "concluded", "waiting", "given"] select "reviews.tab." + tab,
            .. from theme in (string[])["light", "dark", "auto"] select "theme." + theme,
            .. from kind in (string[])["id", "number", "date", "choice"] select "binding." + kind,
        ];
        Assert.DoesNotContain(keys, key => !Text.Has(key));
    }

    [Fact]
    public void No_page_speaks_past_the_texts()
        => Assert.Empty(Repository.WebSources(".razor", ".cs").SelectMany(s => WithoutComments(s.Text).Split('\n')
            .Where(line => Chinese().IsMatch(line) && !MaySpeak.Contains(s.Path)).Select(line => $"{s.Path}: {line.Trim()}")));

    [Fact]
    public void No_page_carries_style_or_script_of_its_own()
    {
        var pages = Repository.WebSources(".razor").ToList();
        Assert.Empty(pages.Where(p => Style().IsMatch(p.Text)).Select(p => p.Path));
        Assert.Empty(pages.Where(p => InlineScript().IsMatch(p.Text)).Select(p => p.Path));
        Assert.Empty(pages.Where(p => Handler().IsMatch(p.Text)).Select(p => p.Path));
    }

    [Fact]
    public void Every_form_that_posts_carries_a_token()
        => Assert.Empty(Repository.WebSources(".razor").SelectMany(p => PostingForm().Matches(p.Text)
            .Where(m => !m.Groups["inside"].Value.Contains("<AntiforgeryToken", StringComparison.Ordinal)).Select(m => $"{p.Path}: {m.Value.Split('\n')[0]}")));

    private static string WithoutComments(string text) => Comment().Replace(text, "");

    [GeneratedRegex("""Text\.(?:Of|Has)\((?:[^()"]*\? )?"(?<key>[A-Za-z0-9.-]+)"(?: : "(?<key>[A-Za-z0-9.-]+)")?""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Key();

    [GeneratedRegex("""Text\.(?:Of|Has)\((?:\$"(?<begin>[A-Za-z0-9.-]+)\{|"(?<begin>[A-Za-z0-9.-]+\.)" \+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BegunKey();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}", RegexOptions.None, 1000)]
    private static partial Regex Chinese();

    [GeneratedRegex(@"@\*.*?\*@|///[^\n]*|(?<![:""])//[^\n]*|/\*.*?\*/", RegexOptions.Singleline, 1000)]
    private static partial Regex Comment();

    [GeneratedRegex("""\sstyle\s*=|<style[\s>]""", RegexOptions.None, 1000)]
    private static partial Regex Style();

    [GeneratedRegex("""<script(?![^>]*\ssrc=)""", RegexOptions.None, 1000)]
    private static partial Regex InlineScript();

    [GeneratedRegex("""<[a-z][^>@]*\son[a-z]+\s*=""", RegexOptions.None, 1000)]
    private static partial Regex Handler();

    [GeneratedRegex("""<form[^>]*method="post"[^>]*>(?<inside>.*?)</form>""", RegexOptions.Singleline | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex PostingForm();
}
