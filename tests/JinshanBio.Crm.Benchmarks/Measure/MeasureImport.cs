using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using JinshanBio.Crm.Benchmarks.Fill;
using JinshanBio.Crm.Domain.Enterprises;

namespace JinshanBio.Crm.Benchmarks.Measure;

/// <summary>Uploads a list of new enterprises to the running program, as a person would, and measures until the last row stands in the register.</summary>
internal static class MeasureImport
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public static async Task<int> RunAsync(Options options)
    {
        var (rows, rounds) = (options.Number("rows", 100_000), options.Number("rounds", 3));
        await using var program = await WebProgram.StartAsync(options);
        using var http = new HttpClient { BaseAddress = program.Address, Timeout = TimeSpan.FromMinutes(15) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await program.SignInAsync(FillDatabase.Officer(1)));
        Console.WriteLine($"{rows:N0} rows a round, {options.Provider}, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}\n");
        Console.WriteLine("| round | file MB | upload and dry run s | run s | together s | rows/s | program's CPU s | peak MB | created | refused |\n|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        var all = new List<double>();
        var failed = false;
        for (var round = 0; round < rounds; round++)
        {
            var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
            await WriteAsync(file, rows, options.Number("seed", 1) * 1000 + round + Environment.TickCount);
            try
            {
                var (cpu, clock) = (program.ProcessorTime, Stopwatch.StartNew());
                var id = await UploadAsync(http, file);
                var upload = clock.Elapsed;
                (await http.PostAsync(new Uri($"/api/v1/imports/{id}/run", UriKind.Relative), null)).EnsureSuccessStatusCode();
                var import = await FinishedAsync(http, id);
                var total = clock.Elapsed;
                all.Add(total.TotalSeconds);
                failed |= import.GetProperty("created").GetInt32() + import.GetProperty("skipped").GetInt32() != rows;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"| {round + 1} | {new FileInfo(file).Length / 1e6:N1} | {upload.TotalSeconds:N1} | {(total - upload).TotalSeconds:N1} | {total.TotalSeconds:N1} | {rows / total.TotalSeconds:N0} | {(program.ProcessorTime - cpu).TotalSeconds:N1} | {program.PeakMegabytes:N0} | {import.GetProperty("created")} | {import.GetProperty("refused")} |"));
            }
            finally
            {
                File.Delete(file);
            }
        }
        all.Sort();
        Console.WriteLine($"\nMedian {all[all.Count / 2]:N1} s (aim < 60), peak {program.PeakMegabytes:N0} MB (aim < 300)");
        return failed ? 1 : 0;
    }

    private static async Task WriteAsync(string path, int rows, int seed)
    {
        var (random, words) = (new Random(seed), Vocabulary.Load());
        await using var writer = new StreamWriter(path, append: false, new UTF8Encoding(true));
        await writer.WriteLineAsync("企业名称,统一社会信用代码,注册地址,类型");
        var codes = new HashSet<int>();
        for (var row = 0; row < rows; row++)
        {
            int number;
            do number = random.Next(1, int.MaxValue); while (!codes.Add(number));
            var code = CreditCode.Complete($"9131011{Letters(number)}");
            await writer.WriteLineAsync($"{words.EnterpriseName(random)},{code},上海市金山区第{random.Next(1, 500)}路{random.Next(1, 3000)}号{random.Next(1, 20)}幢{random.Next(1, 900)}室,{(row % 3 == 0 ? "经销商" : "生产企业")}");
        }
    }

    private static string Letters(int number) => number.ToString("D10", CultureInfo.InvariantCulture);

    private static async Task<string> UploadAsync(HttpClient http, string path)
    {
        await using var content = File.OpenRead(path);
        using var form = new MultipartFormDataContent { { new StringContent("enterprises"), "kind" }, { new StreamContent(content), "file", "list.csv" } };
        using var answer = await http.PostAsync(new Uri("/api/v1/imports", UriKind.Relative), form);
        var body = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException(body);
        return JsonDocument.Parse(body).RootElement.GetProperty("id").GetString()!;
    }

    private static async Task<JsonElement> FinishedAsync(HttpClient http, string id)
    {
        while (true)
        {
            await Task.Delay(Pause);
            var import = JsonDocument.Parse(await http.GetStringAsync(new Uri($"/api/v1/imports/{id}", UriKind.Relative))).RootElement;
            if (import.GetProperty("status").GetString() != "running") return import;
        }
    }
}
