using JinshanBio.Crm.Domain;

namespace JinshanBio.Crm.Lists;

/// <summary>The lists that a person arranges for the own work.</summary>
public enum ListName
{
    Leads,
    Projects,
    Enterprises,
}

/// <summary>视图: a list's filters, sort and columns under a name; one's own, or shared with all who may see the list.</summary>
public sealed class SavedView : Entity
{
    public const int NameLength = 40, QueryLength = 2000;

    private SavedView() { }

    public SavedView(ListName list, Guid ownerId, string name, string query, bool isShared, DateTime now)
    {
        (List, OwnerId, Query, CreatedAt) = (list, ownerId, query, now);
        Name = name.Trim();
        IsShared = isShared;
    }

    public ListName List { get; private set; }
    public Guid OwnerId { get; private set; }
    public string Name { get; private set; } = "";

    /// <summary>The query string of the list's page without "?" and without the page number. Amounts in yuan.</summary>
    public string Query { get; private set; } = "";
    public bool IsShared { get; private set; }
    public DateTime CreatedAt { get; private set; }

    public void Edit(string name, bool isShared, string? query)
    {
        (Name, IsShared) = (name.Trim(), isShared);
        if (query is not null) Query = query;
    }
}

/// <summary>The columns a person wants to see in a list when neither the address nor a view says otherwise.</summary>
public sealed class ChosenColumns
{
    public Guid PersonId { get; init; }
    public ListName List { get; init; }

    /// <summary>Names separated by commas, in the order shown.</summary>
    public string Columns { get; set; } = "";
}
