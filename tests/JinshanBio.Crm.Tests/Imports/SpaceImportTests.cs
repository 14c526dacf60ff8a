using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Imports;
using JinshanBio.Crm.Parks;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JinshanBio.Crm.Tests.Imports;

public sealed class SpaceImportTests
{
    private const string Head = "载体,空间,楼栋,楼层,面积（m²）,可用日期,租金,净高（m）,湿实验室,生物安全等级,火灾危险性类别,洁净等级\n";

    [OnEveryDatabase]
    public async Task Good_rows_are_taken_bad_ones_come_back_and_a_second_run_creates_nothing_twice(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        const string list = Head + "张江金山生物医药园,6号楼1层,6号楼,1F,1500,2027-03-01,2.2,6,有,P2,丙,C级\n"
            + "CAR-06,6号楼2层,6号楼,2F,900.5,2027-03-01,,未知,无,,甲类,无\n"
            + "CAR-06,5号楼1层标准厂房,,,100,,,,,,,\n"
            + "中科生态数字港,别人的,,,1,2027-01-01,,,,,,\n"
            + "CAR-06,没有面积,,,,2027-01-01,,,,,,\n"
            + "CAR-06,6号楼1层,,,1,2027-01-01,,,,,,\n"
            + "CAR-06,6号楼3层,6号楼,3F,abc,2027-01-01,,,,,,\n";
        var import = await world.UploadAndRun("manager.park", list, ImportKind.Spaces);
        Assert.Equal((ImportStatus.Finished, 2, 0, 5), (import.Status, import.Created, import.Updated, import.Refused));
        Assert.Equal([ImportReason.SpaceRefused, ImportReason.ParkUnknown, ImportReason.NewSpaceNeeds, ImportReason.KeyTwice, ImportReason.NumberWrong],
            (await world.Db(db => db.ImportRows.Where(r => r.ImportId == import.Id && r.Verdict == ImportVerdict.Refuse).OrderBy(r => r.Number).Select(r => r.Reason).ToListAsync())));
        var park = await world.ParkAsync("CAR-06");
        var made = (await world.As("manager.park").Send(new GetOccupancy(park))).Spaces.Where(s => s.Building == "6号楼").OrderBy(s => s.Name).ToList();
        Assert.Equal((1500m, 6m, true, 2, HazardClass.C, CleanRoom.C), (made[0].AreaM2, made[0].ClearHeightM, made[0].Facilities.WetLab, made[0].Facilities.Biosafety, made[0].Facilities.Hazard, made[0].Facilities.CleanRoom));
        Assert.Equal((null, false, null, HazardClass.A, CleanRoom.None), (made[1].ClearHeightM, made[1].Facilities.WetLab, made[1].Facilities.Biosafety, made[1].Facilities.Hazard, made[1].Facilities.CleanRoom));

        var again = await world.UploadAndRun("manager.park", list, ImportKind.Spaces);
        Assert.Equal((0, 0, 2), (again.Created, again.Updated, again.Skipped));
        // An empty cell leaves what is known.
        var change = await world.UploadAndRun("manager.park", Head + "CAR-06,6号楼1层,,,1600,,,,,,,\n", ImportKind.Spaces);
        Assert.Equal((0, 1), (change.Created, change.Updated));
        var space = (await world.As("manager.park").Send(new GetOccupancy(park))).Spaces.Single(s => s.Name == "6号楼1层");
        Assert.Equal((1600m, 2, "6号楼"), (space.AreaM2, space.Facilities.Biosafety, space.Building));

        Assert.Equal((0, 1), (await world.As("manager.park").Send(new UndoImport(change.Id))) is var undone ? (undone.Deleted, undone.Restored) : default);
        Assert.Equal(1500, (await world.As("manager.park").Send(new GetOccupancy(park))).Spaces.Single(s => s.Name == "6号楼1层").AreaM2);
    }

    [OnEveryDatabase]
    public async Task Only_who_may_change_spaces_imports_them_and_what_was_imported_can_be_undone(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        await world.Refused(RefusalCode.NotPermitted, () => world.As("officer").Upload(Head + "CAR-06,7号楼,,,1,2027-01-01,,,,,,\n", ImportKind.Spaces));
        await world.Refused(RefusalCode.NotPermitted, () => world.As("manager.park").Upload("企业名称\n甲\n"));
        var import = await world.UploadAndRun("manager.park", Head + "CAR-07,7号楼,7号楼,,100,2027-01-01,,,,,,\n", ImportKind.Spaces);
        Assert.Equal(1, (await world.As("manager.park").Send(new UndoImport(import.Id))).Deleted);
        Assert.DoesNotContain((await world.As("manager.park").Send(new GetOccupancy(await world.ParkAsync("CAR-07")))).Spaces, s => s.Name == "7号楼");
    }

    [OnEveryDatabase]
    public async Task The_template_has_headings_that_are_recognised(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var template = await world.As("manager.park").Send(new SpaceTemplate());
        await using var _ = template.Content;
        Assert.True(template.Content.Length > 0);
        var headings = ImportColumns.FieldsOf(ImportKind.Spaces).Select(f => Texts.Text.Of("import.field." + f)).ToList();
        Assert.Equal(ImportColumns.FieldsOf(ImportKind.Spaces), ImportColumns.Recognise(headings, ImportKind.Spaces).Select(c => c.Field));
    }
}
