using System.Globalization;
using JinshanBio.Crm.Domain;

namespace JinshanBio.Crm.Web.Door;

/// <summary>The version of a record as ETag and If-Match.</summary>
public static class Etag
{
    public static void Write(HttpContext http, int version) => http.Response.Headers.ETag = $"\"{version}\"";

    /// <summary>The version the client read, or null when it does not say.</summary>
    /// <exception cref="Refusal">StaleVersion for a tag that is none of ours.</exception>
    public static int? Read(HttpContext http)
    {
        var tag = http.Request.Headers.IfMatch.ToString();
        if (tag.Length == 0 || tag == "*") return null;
        return int.TryParse(tag.Replace("W/", "", StringComparison.Ordinal).Trim('"'), CultureInfo.InvariantCulture, out var version)
            ? version : throw new Refusal(RefusalCode.StaleVersion);
    }

    /// <exception cref="Refusal">VersionRequired when there is no If-Match.</exception>
    public static int Require(HttpContext http) => Read(http) ?? throw new Refusal(RefusalCode.VersionRequired);
}
