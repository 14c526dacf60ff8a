using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace JinshanBio.Crm.Channels;

/// <summary>Keeps addresses and their secrets unreadable in the database, the trail and the backups.</summary>
public sealed class AddressSeal(IDataProtectionProvider provider)
{
    private readonly IDataProtector _protector = provider.CreateProtector("JinshanBio.Crm.Channels");

    public string Seal(ChannelAddress address) => _protector.Protect(JsonSerializer.Serialize(address));

    /// <exception cref="DeliveryException">When the keys of the installation were lost or changed.</exception>
    public ChannelAddress Open(string sealedAddress)
    {
        try { return JsonSerializer.Deserialize<ChannelAddress>(_protector.Unprotect(sealedAddress))!; }
        catch (CryptographicException) { throw new DeliveryException("delivery.error.sealed"); }
    }
}
