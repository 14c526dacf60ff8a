using System.Net;
using JinshanBio.Crm.Channels;
using JinshanBio.Crm.Domain;
using Xunit;

namespace JinshanBio.Crm.Tests.Channels;

public sealed class PublicAddressTests
{
    [Theory]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.8.9.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.16.0.1", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.168.1.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("198.18.0.1", false)]
    [InlineData("203.0.113.9", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("114.114.114.114", true)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fc00::1", false)]
    [InlineData("fd12:3456::1", false)]
    [InlineData("ff02::1", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("::ffff:114.114.114.114", true)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("2002:7f00:1::1", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("2001::1", false)]
    [InlineData("2400:3200::1", true)]
    public void Only_the_open_Internet_is_public(string address, bool isPublic) => Assert.Equal(isPublic, PublicAddress.Is(IPAddress.Parse(address)));

    [Theory]
    [InlineData("http://oapi.dingtalk.com/robot/send?access_token=1")]
    [InlineData("https://oapi.dingtalk.com:8443/robot/send")]
    [InlineData("https://user:word@oapi.dingtalk.com/robot/send")]
    [InlineData("https://127.0.0.1/robot/send")]
    [InlineData("https://2130706433/robot/send")]
    [InlineData("https://0x7f.1/robot/send")]
    [InlineData("https://[::1]/robot/send")]
    [InlineData("https://[::ffff:169.254.169.254]/latest/meta-data")]
    [InlineData("https://192.168.0.10/hook")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://oapi.dingtalk.com/")]
    [InlineData("/robot/send")]
    [InlineData("")]
    public void An_address_that_leads_into_the_own_network_is_not_taken(string address)
    {
        using var post = new RobotPost(new ChannelOptions());
        Assert.Equal(RefusalCode.ChannelAddress, Assert.Throws<Refusal>(() => post.Check(address)).Code);
    }

    [Fact]
    public void An_address_of_a_vendor_is_taken_and_only_its_end_is_shown()
    {
        using var post = new RobotPost(new ChannelOptions());
        Assert.Equal("qyapi.weixin.qq.com…9f3a", post.Check("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693axxx6-7aoc-4bc4-97a0-0ec2sifa9f3a"));
    }

    [Fact]
    public async Task A_name_that_resolves_to_this_machine_is_not_connected_to()
    {
        using var post = new RobotPost(new ChannelOptions());
        var refused = await Assert.ThrowsAsync<DeliveryException>(() => post.SendAsync("https://localhost/robot/send", new { }, Guid.NewGuid(), CancellationToken.None));
        Assert.Equal("delivery.error.address", refused.Message);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var inside = new RobotListener();
        await using var outside = new RobotListener { Answer = _ => (302, inside.Address()) };
        using var post = new RobotPost(new ChannelOptions { AllowPrivateRobots = true });
        var refused = await Assert.ThrowsAsync<DeliveryException>(() => post.SendAsync(outside.Address(), new { }, Guid.NewGuid(), CancellationToken.None));
        Assert.Equal("delivery.error.http|302", refused.Message);
        Assert.Empty(inside.Received);
    }
}
