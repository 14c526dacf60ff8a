using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Domain.Searching;
using Xunit;

namespace JinshanBio.Crm.Domain.Tests.Searching;

public sealed class SearchKeysTests
{
    private const string Kangjian = "上海康健生物科技有限公司";

    [Theory]
    [InlineData(Kangjian, "康")]
    [InlineData(Kangjian, "健")]
    [InlineData(Kangjian, "k")]
    [InlineData(Kangjian, "kj")]
    [InlineData(Kangjian, "KangJian")]
    [InlineData(Kangjian, "kangj")]
    [InlineData(Kangjian, "生物")]
    [InlineData(Kangjian, "shkj")]
    [InlineData(Kangjian, "上海康健生物科技有限公司")]
    [InlineData(Kangjian, "shanghaikangjianshengwukejiyouxiangongsi")]
    [InlineData("康健（上海）生物科技", "康健上海")]
    [InlineData("3M中国", "3mzg")]
    [InlineData("3M中国", "m中")]
    [InlineData("Novo Nordisk A/S", "nordisk")]
    [InlineData("重庆智飞生物", "chongqing")]
    [InlineData("长春高新", "ccgx")]
    [InlineData("乐普医疗", "lepu")]
    [InlineData("公司", "公")]
    public void A_name_is_found_by_any_part_of_it(string name, string typed) => Assert.True(Finds(SearchKeys.Of(name), typed));

    [Theory]
    [InlineData("有限公司")]
    [InlineData("公司")]
    [InlineData("youxian")]
    [InlineData("yxgs")]
    [InlineData("海健")]
    [InlineData("anghai")]
    public void The_company_form_and_parts_that_are_not_in_the_name_find_nothing(string typed) =>
        Assert.False(Finds(SearchKeys.Of(Kangjian), typed));

    [Theory]
    [InlineData("南乐生物", "nanle")]
    [InlineData("南乐生物", "nanyue")]
    [InlineData("南乐生物", "nysw")]
    [InlineData("柏行医药", "boxing")]
    [InlineData("柏行医药", "baihang")]
    public void A_character_that_names_read_both_ways_is_found_both_ways(string name, string typed) =>
        Assert.True(Finds(SearchKeys.Of(name), typed));

    [Theory]
    [InlineData("单晓明", "shanxm", false)]
    [InlineData("单晓明", "shanxiaoming", true)]
    [InlineData("单晓明", "sxm", true)]
    [InlineData("单晓明", "晓明", true)]
    public void A_person_is_found_by_the_reading_of_the_surname(string name, string typed, bool found) =>
        Assert.Equal(found, Finds(SearchKeys.OfPerson(name), typed));

    [Fact]
    public void A_code_is_found_from_its_beginning_only()
    {
        var keys = SearchKeys.Of(Kangjian, "91310116MA1J00014C", "XS-2026-00001", null);

        Assert.True(Finds(keys, "91310116ma1j00014c"));
        Assert.True(Finds(keys, "xs-2026"));
        Assert.False(Finds(keys, "00001"));
    }

    [Fact]
    public void Keys_are_distinct_in_order_short_and_none_begins_another()
    {
        var keys = SearchKeys.Of("长乐行康健康健（上海）Bio康健🧬股份有限公司", "康健").ToList();

        Assert.Equal(keys.Distinct().Order(StringComparer.Ordinal), keys);
        Assert.All(keys, key => Assert.InRange(key.Length, 1, SearchKeys.Length));
        Assert.DoesNotContain(keys, key => keys.Exists(other => other != key && other.StartsWith(key, StringComparison.Ordinal)));
    }

    [Fact]
    public void The_keys_of_a_name_are_these() => Assert.Equal(
        ["jianshengwu", "jsw", "kangjianshengwu", "kjsw", "shengwu", "sw", "wu", "健生物", "康健生物", "物", "生物"],
        SearchKeys.Of("康健生物"));

    [Theory]
    [InlineData("")]
    [InlineData("🧬 ·")]
    public void A_name_without_letters_has_no_keys(string name)
    {
        Assert.Empty(SearchKeys.Of(name));
        Assert.Empty(SearchKeys.OfQuery(name));
    }

    [Theory]
    [InlineData(Kangjian, "上海", KeyKind.Start)]
    [InlineData(Kangjian, "康健", KeyKind.Start)]
    [InlineData(Kangjian, "生物", KeyKind.Part)]
    [InlineData(Kangjian, "康泰", KeyKind.Alias)]
    [InlineData(Kangjian, "kangjian", KeyKind.Pinyin)]
    [InlineData(Kangjian, "kjsw", KeyKind.Initials)]
    [InlineData(Kangjian, "91310115", KeyKind.Start)]
    public void A_key_says_what_it_is_a_part_of(string name, string typed, KeyKind kind)
    {
        var keys = SearchKeys.OfEnterprise(name, EnterpriseName.Core(name), ["康泰"], "91310115MA0DEM013U");
        Assert.Equal(kind, keys.Where(k => k.Key.StartsWith(typed, StringComparison.Ordinal)).Min(k => k.Kind));
        Assert.Equal(keys.Count, keys.Distinct().Count());
    }

    [Theory]
    [InlineData("金山生物科技有限公司", "金shan")]
    [InlineData("上海康健医药有限公司", "上海ky", false)]
    [InlineData("上海康源医药有限公司", "上海ky")]
    [InlineData("上海康源医药有限公司", "shanghai康y")]
    [InlineData("重庆智飞生物", "重qing")]
    [InlineData("重庆智飞生物", "重q")]
    [InlineData("厦门大博医疗", "厦men")]
    [InlineData("长沙兴嘉生物", "长sha")]
    public void Characters_and_letters_mixed_find_the_name(string name, string typed, bool found = true)
    {
        var keys = SearchKeys.OfEnterprise(name, EnterpriseName.Core(name), [], null);
        var mixed = SearchKeys.Mixed(typed)!;
        Assert.Equal(found, mixed.Keys.Any(q => keys.Any(k => k.Kind == q.Kind && k.Key.StartsWith(q.Key, StringComparison.Ordinal))) && keys.Any(k => k.Key.StartsWith(mixed.Characters, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("kangjian")]
    [InlineData("康健")]
    [InlineData("2026")]
    public void What_is_not_mixed_is_not(string typed) => Assert.Null(SearchKeys.Mixed(typed));

    [Theory]
    [InlineData("重庆智飞生物", "chongqing", "cqzf")]
    [InlineData("厦门大博医疗", "xiamen", "xmdb")]
    [InlineData("长沙兴嘉生物", "changsha", "csxj")]
    public void Cities_with_two_readings_are_read_right(string name, params string[] typed)
        => Assert.All(typed, t => Assert.True(Finds(SearchKeys.Of(name), t)));

    private static bool Finds(IEnumerable<string> keys, string typed)
    {
        var query = SearchKeys.OfQuery(typed);
        return keys.Any(key => string.CompareOrdinal(key, query) >= 0 && string.CompareOrdinal(key, SearchKeys.UpperBound(query)) < 0);
    }
}
