namespace JinshanBio.Crm.Domain.Chain;

/// <summary>That an enterprise may work in a link.</summary>
/// <param name="Confidence">0–1 in hundredths: 1 − Π(1 − strength) over the clues.</param>
/// <param name="Clues">The strongest first.</param>
public sealed record LinkGuess(string Link, decimal Confidence, IReadOnlyList<LinkClue> Clues);

/// <summary>线索依据: one thing that speaks for a link.</summary>
/// <param name="Said">What the enterprise says: its class, or the words as they stand in its name, kind or scope.</param>
/// <param name="Term">What the map says: the class of the link, or the name or product of which these words are the whole or the end.</param>
/// <param name="Links">How many links say the same: the more, the less it means.</param>
/// <param name="Strength">0–1 in hundredths.</param>
public sealed record LinkClue(ClueKind Kind, string Said, string Term, int Links, decimal Strength);

/// <summary>依据类别.</summary>
public enum ClueKind
{
    /// <summary>行业小类: the class itself, four digits.</summary>
    Class,
    /// <summary>行业中类: only the group of three digits agrees.</summary>
    Group,
    /// <summary>企业名称</summary>
    Name,
    /// <summary>企业类别</summary>
    Kind,
    /// <summary>经营范围</summary>
    Scope,
}
