using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Imports;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JinshanBio.Crm.Tests.Imports;

public sealed class MappingTests
{
    private const string Foreign = "厂商,厂址,编码\n青禾微晶科技,一号楼,1\n";

    [OnEveryDatabase]
    public async Task A_saved_mapping_reads_the_next_list_with_the_same_headers_by_itself(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var officer = world.As("officer");
        await Save(officer, "供应商目录", shared: false);

        var next = await officer.Send(new GetImport(await officer.Upload("厂 商,厂址,编码\n远山酶业,二号楼,2\n")));
        Assert.Equal(("供应商目录", new VerdictCounts(1, 0, 0, 0, 0)), (next.Mapping, next.Verdicts));
        Assert.Equal(["name", "address", null], next.Columns.Select(c => c.Field));
        var other = await officer.Send(new GetImport(await officer.Upload("厂商,厂址\n远山酶业,二号楼\n")));
        Assert.Null(other.Mapping);
    }

    [OnEveryDatabase]
    public async Task A_private_mapping_is_its_owners_and_a_shared_one_everybodys_to_use(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (officer, colleague) = (world.As("officer"), world.As("officer2"));
        var id = await Save(officer, "供应商目录", shared: false);
        Assert.Empty(await colleague.Send(new ListMappings()));
        var theirs = await colleague.Upload(Foreign);
        Assert.Null((await colleague.Send(new GetImport(theirs))).Mapping);
        await world.Refused(RefusalCode.NotFound, () => colleague.Send(new MapImport { Id = theirs, Mapping = id }));

        await officer.Send(new RenameMapping { Id = id, Name = "厂商目录", Shared = true });
        var line = Assert.Single(await colleague.Send(new ListMappings { Kind = ImportKind.Enterprises }));
        Assert.Equal(("厂商目录", true, false), (line.Name, line.Shared, line.Own));
        Assert.Empty(await colleague.Send(new ListMappings { Kind = ImportKind.Leads }));
        await colleague.Send(new MapImport { Id = theirs, Mapping = id });
        Assert.Equal(("厂商目录", 1), await colleague.Send(new GetImport(theirs)) is var v ? (v.Mapping, v.Verdicts.Create) : default);

        await world.Refused(RefusalCode.NotPermitted, () => colleague.Send(new RenameMapping { Id = id, Name = "我的" }));
        await world.Refused(RefusalCode.NotPermitted, () => colleague.Send(new DeleteMapping(id)));
        await world.Refused(RefusalCode.NotPermitted, () => world.As("leader").Send(new ListMappings()));
        await world.As("admin").Send(new DeleteMapping(id));
        Assert.Empty(await officer.Send(new ListMappings()));
    }

    [OnEveryDatabase]
    public async Task Saving_under_the_same_name_replaces_and_renaming_to_a_taken_name_is_refused(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var officer = world.As("officer");
        var first = await Save(officer, "甲", shared: false);
        Assert.Equal(first, await Save(officer, "甲", shared: true));
        var second = await Save(officer, "乙", shared: false);

        Assert.Equal(2, (await officer.Send(new ListMappings())).Count);
        Assert.Equal("name", (await world.Refused(RefusalCode.MappingNameTaken, () => officer.Send(new RenameMapping { Id = second, Name = " 甲 " }))).Field);
        await world.Malformed(() => officer.Send(new RenameMapping { Id = second }), "name");
        await world.Malformed(() => officer.Send(new SaveMapping { Id = second }), "name");
        await officer.Send(new DeleteMapping(first));
        await world.Refused(RefusalCode.NotFound, () => officer.Send(new DeleteMapping(first)));
    }

    private static async Task<Guid> Save(Desk officer, string name, bool shared)
    {
        var id = await officer.Upload(Foreign);
        await officer.Send(new MapImport { Id = id, Columns = [new("厂商", "name"), new("厂址", "address")] });
        return await officer.Send(new SaveMapping { Id = id, Name = name, Shared = shared });
    }
}
