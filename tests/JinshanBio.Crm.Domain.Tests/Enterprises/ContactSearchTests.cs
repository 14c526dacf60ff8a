using JinshanBio.Crm.Domain.Enterprises;
using Xunit;

namespace JinshanBio.Crm.Domain.Tests.Enterprises;

public sealed class ContactSearchTests
{
    [Theory]
    [InlineData("单晓明", true)]
    [InlineData("shanxiaoming", true)]
    [InlineData("sxm", true)]
    [InlineData("13812345678", true)]
    [InlineData("+86 138 1234 5678", true)]
    [InlineData("5678", true)]
    [InlineData("345678", true)]
    [InlineData("678", false)]
    [InlineData("1381234", false)]
    [InlineData("shan.xm@example.com", true)]
    [InlineData("Shan.XM@", true)]
    [InlineData("@example.com", true)]
    [InlineData("@other.com", false)]
    public void A_contact_is_found_by_name_last_digits_and_address(string typed, bool found)
    {
        var keys = ContactSearch.KeysOf("单晓明", ContactSearch.Phone("138-1234-5678"), ContactSearch.Email("Shan.XM@example.com")).ToList();
        Assert.Equal(found, ContactSearch.OfQuery(typed).Any(q => keys.Exists(k => k.StartsWith(q, StringComparison.Ordinal))));
    }
}
