using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JinshanBio.Crm.Tests;

/// <summary>What every part of the house keeps to. Each rule looks at everything there is, so that a new part cannot forget it.</summary>
public sealed partial class HouseRules
{
    private static readonly string Root = FindRoot();
    private static readonly Type[] Requests =
        [.. typeof(CrmDb).Assembly.GetTypes().Where(t => t is { IsAbstract: false, IsClass: true } && t.IsAssignableTo(typeof(IBaseRequest))).OrderBy(t => t.FullName, StringComparer.Ordinal)];

    [Fact]
    public void Every_request_says_what_it_needs_and_has_one_handler()
    {
        var handled = typeof(CrmDb).Assembly.GetTypes().Where(t => !t.IsAbstract).SelectMany(t => t.GetInterfaces())
            .Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequestHandler<,>)).Select(i => i.GetGenericArguments()[0]).ToList();

        Assert.NotEmpty(Requests);
        None(Requests.Where(r => r.GetCustomAttribute<NeedsAttribute>() is null));
        None(Requests.Where(r => handled.Count(h => h == r) != 1));
        None(handled.Except(Requests));
    }

    [Fact]
    public void A_change_of_who_may_do_what_is_a_visible_difference()
    {
        var roles = JsonDocument.Parse(File.ReadAllText(Path.Combine(World.Seeds, "reference", "roles.json"))).RootElement.GetProperty("roles").EnumerateArray()
            .Select(r => (Code: r.GetProperty("code").GetString()!, May: r.GetProperty("permissions").EnumerateArray().Select(p => p.GetString()!).ToHashSet(StringComparer.Ordinal))).ToList();
        var table = new StringBuilder("# Who may do what\n\nGenerated from [Needs] of every request and seeds/reference/roles.json. Which rows a person sees is decided by VisibleTo.\n\n");
        table.Append(CultureInfo.InvariantCulture, $"| request | needs | {string.Join(" | ", roles.Select(r => r.Code))} |\n|---|---|{string.Concat(roles.Select(_ => ":-:|"))}\n");
        foreach (var request in Requests)
        {
            var needs = request.GetCustomAttribute<NeedsAttribute>()!.Permission.ToString();
            table.Append(CultureInfo.InvariantCulture, $"| {request.Namespace!.Split('.')[^1]} / {request.Name} | {needs} | {string.Join(" | ", roles.Select(r => r.May.Contains(needs) ? "yes" : "–"))} |\n");
        }
        Approve("who-may-do-what", table.ToString());
    }

    [Fact]
    public void Every_role_and_permission_in_the_seeds_is_known_to_the_code()
    {
        var roles = JsonDocument.Parse(File.ReadAllText(Path.Combine(World.Seeds, "reference", "roles.json"))).RootElement.GetProperty("roles").EnumerateArray().ToList();

        Assert.Equal(RoleCode.All.Order(StringComparer.Ordinal), roles.Select(r => r.GetProperty("code").GetString()).Order(StringComparer.Ordinal));
        None(roles.SelectMany(r => r.GetProperty("permissions").EnumerateArray()).Select(p => p.GetString()!).Except(Enum.GetNames<Permission>()));
    }

    [Fact]
    public void Every_refusal_is_worded()
        => None(Enum.GetNames<RefusalCode>().Select(code => "refusal." + JsonNamingPolicy.CamelCase.ConvertName(code)).Where(key => !Text.Has(key)));

    [Fact]
    public async Task Every_state_that_is_stored_and_every_permission_has_a_name()
    {
        await using var db = new CrmDb(new DbContextOptionsBuilder<CrmDb>().UseSqlite("Data Source=:memory:").Options);
        var stored = db.Model.GetEntityTypes().SelectMany(e => e.GetProperties()).Select(p => Nullable.GetUnderlyingType(p.ClrType) ?? p.ClrType)
            .Select(t => t.IsGenericType ? t.GetGenericArguments()[0] : t).Where(t => t.IsEnum).Append(typeof(Permission)).Distinct().ToList();

        Assert.True(stored.Count > 10);
        None(stored.SelectMany(t => Enum.GetNames(t).Select(n => $"{t.Name}.{n}")).Where(key => !Text.Has(key)));
    }

    [Fact]
    public void Every_input_that_is_validated_has_a_name_to_show_in_its_message()
    {
        var names = typeof(CrmDb).Assembly.GetTypes().Where(t => !t.IsAbstract && t.IsAssignableTo(typeof(IValidator)) && t.GetConstructor([]) is not null)
            .SelectMany(t => ((IValidator)Activator.CreateInstance(t)!).CreateDescriptor().GetMembersWithValidators().Select(m => m.Key))
            .OfType<string>().Select(path => Regex.Replace(path.Split('.')[^1], @"\[.*\]", "", RegexOptions.None, TimeSpan.FromSeconds(1)))
            .Where(name => name.Length > 0).Select(name => "input." + JsonNamingPolicy.CamelCase.ConvertName(name)).Distinct().ToList();

        Assert.True(names.Count > 20);
        None(names.Where(key => !Text.Has(key)));
    }

    [Fact]
    public void Every_text_stands_in_both_languages_with_the_same_placeholders()
    {
        None(Text.Entries.Where(e => e.Value.Length != 2 || e.Value.Any(string.IsNullOrWhiteSpace)).Select(e => e.Key));
        None(Text.Entries.Where(e => !Placeholders(e.Value[0]).SetEquals(Placeholders(e.Value[1]))).Select(e => e.Key));
        foreach (var (key, both) in Text.Entries.Where(e => e.Value.Any(v => Placeholders(v).Count > 0)))
            Assert.All(both, v => Assert.NotNull(string.Format(null, CompositeFormat.Parse(v), new object[10])));
    }

    [Fact]
    public void Every_text_that_the_code_asks_for_exists()
    {
        var asked = Sources("*.cs", "*.razor").SelectMany(f => TextOf().Matches(f.Text).Select(m => m.Groups["key"].Value)).Where(key => !key.EndsWith('.')).Distinct().ToList();

        Assert.NotEmpty(asked);
        None(asked.Where(key => !Text.Has(key)));
    }

    [Fact]
    public void The_domain_references_nothing_but_the_runtime()
    {
        None(typeof(Entity).Assembly.GetReferencedAssemblies().Select(a => a.Name!).Where(n => !n.StartsWith("System.", StringComparison.Ordinal)));
        Assert.DoesNotContain("Reference Include", File.ReadAllText(Path.Combine(Root, "src", "JinshanBio.Crm.Domain", "JinshanBio.Crm.Domain.csproj")));
    }

    [Fact]
    public void Nobody_asks_the_machine_for_the_time()
        => None(Sources("*.cs", "*.razor").Where(f => MachineTime().IsMatch(f.Text)).Select(f => f.Path));

    /// <summary>Names every offender when there are some.</summary>
    private static void None<T>(IEnumerable<T> offenders) => Assert.Equal([], offenders);

    /// <summary>Compares with name.approved.md beside this file; CRM_APPROVE=1 accepts what there is now.</summary>
    private static void Approve(string name, string received)
    {
        var folder = Path.Combine(Root, "tests", "JinshanBio.Crm.Tests");
        var approved = Path.Combine(folder, name + ".approved.md");
        var beside = Path.Combine(folder, name + ".received.md");
        if (Environment.GetEnvironmentVariable("CRM_APPROVE") == "1") File.WriteAllText(approved, received);
        if (File.Exists(approved) && File.ReadAllText(approved).ReplaceLineEndings("\n") == received)
        {
            File.Delete(beside);
            return;
        }
        File.WriteAllText(beside, received);
        Assert.Fail($"{name}.received.md differs from {name}.approved.md. If the change is meant, run the tests once with CRM_APPROVE=1 and commit the approved file.");
    }

    private static IEnumerable<(string Path, string Text)> Sources(params string[] patterns)
        => patterns.SelectMany(p => Directory.EnumerateFiles(Path.Combine(Root, "src"), p, SearchOption.AllDirectories))
            .Where(f => !f.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
            .Select(f => (Path.GetRelativePath(Root, f), File.ReadAllText(f)));

    private static HashSet<string> Placeholders(string text) => [.. Placeholder().Matches(text).Select(m => m.Groups["place"].Value)];

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "JinshanBio.Crm.sln"))) folder = folder.Parent ?? throw new InvalidOperationException("Not inside the repository.");
        return folder.FullName;
    }

    [GeneratedRegex(@"\{(?<place>\d+)(:[^}]*)?\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Placeholder();

    [GeneratedRegex("""\bText\.Of\("(?<key>[^"{]+)"[,)]""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TextOf();

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Now|UtcNow|Today)\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MachineTime();
}
