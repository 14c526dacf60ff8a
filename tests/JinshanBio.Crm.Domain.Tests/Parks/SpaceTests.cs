using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Parks;
using Xunit;
using static JinshanBio.Crm.Domain.Tests.Story;

namespace JinshanBio.Crm.Domain.Tests.Parks;

public sealed class SpaceTests
{
    private static readonly DateOnly Opening = new(2026, 12, 1);

    [Fact]
    public void A_space_shrinks_to_what_it_holds_and_houses_and_no_further()
    {
        var space = Space(1000);
        Accepted(space, 300);
        Accepted(space, 200).MoveIn(Opening, Now);
        var refusal = Assert.Throws<Refusal>(() => space.Edit(Terms(499.99m), Opening));
        Assert.Equal((RefusalCode.SpaceTooSmall, "areaM2"), (refusal.Code, refusal.Field));
        Assert.Equal([500m], refusal.Args);
        space.Edit(Terms(500), Opening);
        Assert.Equal(0, space.LeastFree(Opening));
    }

    [Fact]
    public void A_space_keeps_its_name_without_blanks() => Assert.Equal("2号楼", Space().Name);

    private static SpaceTerms Terms(decimal areaM2) => new("2号楼", areaM2, Opening);

    private static Assignment Accepted(Space space, decimal areaM2)
    {
        var place = new Assignment(Guid.CreateVersion7(), space.ParkId, space.Id, areaM2, Opening, Now, Officer);
        place.Accept(space, null, Opening, Now, Manager);
        return place;
    }
}
