namespace JinshanBio.Crm.Pipeline;

/// <summary>A list that is typed one item a line, because an item may hold a comma (1,3-丙二醇).</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LinesAttribute : Attribute;
