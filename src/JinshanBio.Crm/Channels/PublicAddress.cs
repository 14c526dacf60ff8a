using System.Net;
using System.Net.Sockets;

namespace JinshanBio.Crm.Channels;

/// <summary>Whether an address lies in the open Internet: neither this machine, nor its networks, nor anything reserved (IANA registries).</summary>
internal static class PublicAddress
{
    private static readonly IPNetwork[] Reserved =
    [
        .. ((string[])
        [
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "2001::/23", "2001:db8::/32", "3fff::/20",
        ]).Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork GlobalV6 = IPNetwork.Parse("2000::/3"), SixToFour = IPNetwork.Parse("2002::/16"), Nat64 = IPNetwork.Parse("64:ff9b::/96");

    public static bool Is(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) return Is(address.MapToIPv4());
        if (address.AddressFamily == AddressFamily.InterNetwork) return !Reserved.Any(n => n.Contains(address));
        var bytes = address.GetAddressBytes();
        // An address that carries an older one inside is as open as that one.
        if (SixToFour.Contains(address)) return Is(new IPAddress(bytes.AsSpan(2, 4)));
        if (Nat64.Contains(address)) return Is(new IPAddress(bytes.AsSpan(12, 4)));
        return GlobalV6.Contains(address) && !Reserved.Any(n => n.Contains(address));
    }
}
