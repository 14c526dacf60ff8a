using System.Collections.Concurrent;
using System.Diagnostics;
using JinshanBio.Crm.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Xunit;

namespace JinshanBio.Crm.Web.Tests.Pages;

/// <summary>A page asks the database a fixed number of questions, however many rows it shows.</summary>
public sealed class StatementTests(Hosts hosts)
{
    private const string Header = "X-Counted";

    // Who is signed in is remembered; what remains is the page's own questions and the two counts in its frame.
    [Theory]
    [InlineData("officer", "/leads", 7)]
    [InlineData("leader", "/leads", 8)]
    [InlineData("leader", "/leads?field=MED&expectedInvestmentFrom=10000000&planned=true&sort=-expectedInvestment", 8)]
    [InlineData("leader", "/projects", 11)]
    [InlineData("manager.park", "/projects", 13)]
    [InlineData("leader", "/projects/board", 16)]
    [InlineData("leader", "/promises", 12)]
    [InlineData("leader", "/enterprises", 5)]
    [InlineData("leader", "/chain", 12)]
    [InlineData("leader", "/chain?field=MED&link=MED-10", 12)]
    [InlineData("leader", "/chain/links/MED-10", 16)]
    [InlineData("leader", "/chain/gaps?since=2026-06-01", 18)]
    public async Task A_list_page_takes_no_more_statements_than_it_is_made_of(string userName, string path, int most)
    {
        var world = await hosts.On(CrmDatabase.Sqlite);
        using var visitor = await Visitor.SignedInAsync(world, userName);
        await visitor.ReadAsync(path);
        var few = await CountAsync(visitor, path + (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "size=1", path);
        var many = await CountAsync(visitor, path, path);

        Assert.InRange(many, 1, most);
        Assert.InRange(many - few, -1, 1);
    }

    private static async Task<int> CountAsync(Visitor visitor, string path, string page)
    {
        // The board and the chain have no size: they are asked twice as they are.
        if (page.EndsWith("/board", StringComparison.Ordinal) || page.StartsWith("/chain", StringComparison.Ordinal)) path = page;
        var key = Guid.NewGuid().ToString("N");
        using var counting = Statements.Count(key);
        using var asking = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { Header, key } } };
        using var answer = await visitor.Http.SendAsync(asking);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode}");
        return counting.Counted;
    }

    /// <summary>Hears every command that Entity Framework sends in this process and counts those of the marked request.</summary>
    private sealed class Statements : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
    {
        private readonly HttpContextAccessor _current = new();
        private readonly ConcurrentBag<IDisposable> _heard = [];
        private readonly string _key;
        private int _count;

        private Statements(string key) => _key = key;

        public int Counted => _count;

        public static Statements Count(string key)
        {
            var statements = new Statements(key);
            statements._heard.Add(DiagnosticListener.AllListeners.Subscribe(statements));
            return statements;
        }

        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == DbLoggerCategory.Name) _heard.Add(value.Subscribe(this, (name, _, _) => name == RelationalEventId.CommandExecuting.Name));
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value.Key == RelationalEventId.CommandExecuting.Name && _current.HttpContext?.Request.Headers[Header].ToString() == _key) Interlocked.Increment(ref _count);
        }

        public void OnCompleted() { }

        public void OnError(Exception error) { }

        public void Dispose()
        {
            foreach (var subscription in _heard) subscription.Dispose();
        }
    }
}
