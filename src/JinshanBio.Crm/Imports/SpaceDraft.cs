using JinshanBio.Crm.Domain.Parks;

namespace JinshanBio.Crm.Imports;

/// <summary>What one row says of a space; where it says nothing the space stays as it is.</summary>
/// <param name="Park">Name or code of the park.</param>
internal sealed record SpaceDraft(string Park, string Name, IReadOnlyList<SpaceSaying> Says)
{
    public SpaceTerms Over(SpaceTerms known) => Says.Aggregate(known, (terms, said) => said.Set(terms));

    /// <summary>The columns that differ from what is known.</summary>
    public IEnumerable<string> NewsOver(SpaceTerms known) => Says.Where(said => said.Set(known) != known).Select(said => said.Field);

    public bool Tells(string field) => Says.Any(said => said.Field == field);
}

/// <summary>One cell: the field it fills, and what the space is with it.</summary>
internal sealed record SpaceSaying(string Field, Func<SpaceTerms, SpaceTerms> Set);

/// <summary>A space that a row is about, as it stands.</summary>
internal sealed record KnownSpace(Guid ParkId, Space? Space)
{
    public static SpaceTerms TermsOf(Space s) => new(s.Name, s.AreaM2, s.AvailableFrom)
    {
        Kind = s.Kind, Building = s.Building, Floor = s.Floor, AvailableUntil = s.AvailableUntil, Facilities = s.Facilities, Rent = s.Rent,
    };
}
