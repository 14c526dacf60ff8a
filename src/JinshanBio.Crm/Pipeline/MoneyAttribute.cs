namespace JinshanBio.Crm.Pipeline;

/// <summary>An amount in yuan. On screen it is typed in 万元 (or with its unit, such as 1.2亿); in the API it is yuan.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MoneyAttribute : Attribute;
