using System.Text.RegularExpressions;
using JinshanBio.Crm.Domain.Searching;

namespace JinshanBio.Crm.Imports;

/// <summary>列识别: which field a column of an uploaded list fills, told from its Chinese or English header.</summary>
public static partial class ImportColumns
{
    public const string Id = "id", Number = "number", Name = "name", CreditCode = "creditCode", Address = "address", Kind = "kind", Country = "country", IndustryCode = "industryCode", Scope = "scope",
        Field = "field", Links = "links", Source = "source", ExpectedInvestment = "expectedInvestment", CodeName = "codeName",
        Note = "note", NextFollowUp = "nextFollowUp",
        Park = "park", Space = "space", Building = "building", Floor = "floor", Area = "areaM2", AvailableFrom = "availableFrom", AvailableUntil = "availableUntil", Rent = "rent";

    // The better header stands first: where a list has 公司全名 and 公司简称, the full name is the name.
    private static readonly (string Field, string[] Headers)[] Common =
    [
        (Name, Words("企业全称 公司全称 单位全称 企业全名 公司全名 企业名称 公司名称 单位名称 机构名称 企业名 公司名 全称 名称 企业 公司 单位 企业简称 公司简称 "
            + "AccountName CompanyName EnterpriseName OrganizationName OrganisationName FullName Name Company Account Enterprise Organization Organisation")),
        (CreditCode, Words("统一社会信用代码 社会统一信用代码 统一信用代码 社会信用代码 信用代码 纳税人识别号 税号 USCC UnifiedSocialCreditCode SocialCreditCode CreditCode TaxNumber TaxID")),
        (Address, Words("注册地址 企业地址 公司地址 单位地址 详细地址 具体地址 通讯地址 联系地址 办公地址 住所 地址 RegisteredAddress Address BillingAddress StreetAddress BillingStreet Street")),
        (Kind, Words("企业类型 公司类型 单位类型 企业性质 公司性质 企业类别 类型 类别 性质 CompanyType AccountType EnterpriseType Type Kind Category")),
        (Country, Words("国家地区 国家或地区 国别 国家 所属国家 Country CountryRegion CountryOrRegion BillingCountry")),
    ];

    // The ids and numbers of our own exports; the like of other systems mean nothing here.
    private static readonly (string Field, string[] Headers)[] OfEnterprise = 
    [
        (Id, Words("系统编号 SystemId")),
        .. Common,
        (IndustryCode, Words("行业代码 国民经济行业代码 国民经济行业分类代码 行业小类代码 行业分类代码 行业小类 国民经济行业 国民经济行业分类 所属行业 行业分类 IndustryCode IndustryClass GBIndustryCode")),
        (Scope, Words("经营范围 主营产品 主要产品 主营业务 业务范围 主营业务产品 BusinessScope Scope MainProducts Products MainBusiness")),
    ];

    private static readonly (string Field, string[] Headers)[] OfLead =
    [
        (Number, Words("线索编号 LeadNumber")),
        .. Common,
        (Field, Words("重点领域 所属领域 产业领域 领域 行业领域 Field FocusField Sector Industry")),
        (Links, Words("产业链环节 所属环节 环节 链条环节 ChainLinks ChainLink Links Link")),
        (Source, Words("线索来源 来源渠道 信息来源 来源 渠道 LeadSource Source Channel")),
        (ExpectedInvestment, Words("拟投资额 拟投资总额 拟投资 预计投资额 预计投资 计划投资额 计划投资 计划总投资 总投资额 总投资 投资总额 投资额 投资规模 ExpectedInvestment PlannedInvestment Investment InvestmentAmount Amount")),
        (CodeName, Words("代号 项目代号 企业代号 CodeName Codename")),
        (Note, Words("备注 说明 备注说明 情况说明 项目简介 Note Notes Remark Remarks Comment Comments Description")),
        (NextFollowUp, Words("下次跟进时间 下次跟进日期 下次跟进 下次联系时间 下次联系 跟进日期 NextFollowUp NextFollowUpDate NextContact FollowUpDate")),
    ];

    private static readonly (string Field, string[] Headers)[] OfSpace =
    [
        (Park, Words("载体 载体名称 园区 园区名称 所属园区 载体编号 Park ParkName ParkCode Carrier")),
        (Space, Words("空间 空间名称 单元 单元名称 房号 房间 Space SpaceName Unit UnitName Room")),
        (Kind, Words("类型 空间类型 Kind Type")),
        (Building, Words("楼栋 楼号 栋号 Building")),
        (Floor, Words("楼层 层 Floor")),
        (Area, Words("面积 建筑面积 可租面积 租赁面积 Area AreaM2")),
        (AvailableFrom, Words("可用日期 可用起始日 起始日 交付日期 AvailableFrom")),
        (AvailableUntil, Words("最后可用日 可用截止日 截止日 LastDay AvailableUntil")),
        (Rent, Words("租金 租金单价 Rent Price")),
        ("clearHeightM", Words("净高 层高 ClearHeight")),
        ("floorLoad", Words("楼面荷载 荷载 承重 FloorLoad")),
        ("powerKva", Words("可供用电负荷 用电负荷 用电 电力 Power")),
        ("dualPower", Words("双回路供电 双回路 DualPower DualPowerSupply")),
        ("steamTph", Words("蒸汽 Steam")),
        ("coldKw", Words("供冷量 供冷 冷量 Cooling")),
        ("waterM3d", Words("供水 用水 Water")),
        ("wasteWaterM3d", Words("废水接纳量 废水量 排水量 WasteWaterTaken WasteWaterVolume")),
        ("wasteWater", Words("废水接纳类别 废水类别 WasteWaterClass")),
        ("hazard", Words("火灾危险性类别 火灾危险性 危险类别 FireHazardClass HazardClass")),
        ("biosafety", Words("生物安全等级 生物安全 BiosafetyLevel BSL")),
        ("wetLab", Words("湿实验室 湿实验 WetLab")),
        ("cleanRoom", Words("洁净等级 洁净室 洁净 CleanRoomGrade CleanRoom")),
        ("chemicalPark", Words("认定化工园区 化工园区 RecognisedChemicalPark ChemicalPark")),
    ];

    /// <summary>The fields that a column can fill.</summary>
    public static IReadOnlyList<string> FieldsOf(ImportKind kind) => [.. Of(kind).Select(f => f.Field)];

    /// <summary>The fields without which nothing new can be created.</summary>
    public static IReadOnlyList<string> NeededBy(ImportKind kind) => kind switch { ImportKind.Leads => [Name, Field, Source], ImportKind.Spaces => [Park, Space], _ => [Name] };

    /// <summary>What a person needs beside the right to import.</summary>
    public static Identity.Permission RightTo(ImportKind kind) => kind switch
    {
        ImportKind.Leads => Identity.Permission.LeadsWrite,
        ImportKind.Spaces => Identity.Permission.SpacesWrite,
        _ => Identity.Permission.EnterprisesWrite,
    };

    /// <summary>The field by which a row of an exported list finds its record again.</summary>
    public static string KeyOf(ImportKind kind) => kind == ImportKind.Leads ? Number : Id;

    /// <summary>The fields that no column fills, and without which no row can be imported. A list with our own numbers needs no others.</summary>
    public static IReadOnlyList<string> MissingIn(ImportKind kind, IReadOnlyList<ImportColumn> columns)
        => columns.Any(c => c.Field == KeyOf(kind)) ? [] : [.. NeededBy(kind).Where(field => columns.All(c => c.Field != field))];

    /// <summary>A column of our own files that is left out on purpose: what the program itself keeps, and the reason of a refusal.</summary>
    public static bool IsOurOwn(string header) => Own.Value.Contains(SearchText.Normalise(header));

    /// <summary>The column of a file of refused rows that says why, in any language.</summary>
    internal static bool IsReason(string header) => Texts.Text.Entries["import.reasonColumn"].Any(text => SearchText.Normalise(text) == SearchText.Normalise(header));

    /// <summary>Whether a single word is the heading of a list of names.</summary>
    internal static bool IsHeading(string text) => Spellings(text) is var spellings && Common.Any(field => field.Headers.Any(spellings.Contains));

    private static readonly Lazy<HashSet<string>> Own = new(() => [.. Texts.Text.Entries
        .Where(e => e.Key == "import.reasonColumn" || e.Key.StartsWith("export.column.", StringComparison.Ordinal)).SelectMany(e => e.Value).Select(SearchText.Normalise)]);

    /// <summary>Each field goes to the column with its best header; each column fills one field at most.</summary>
    public static IReadOnlyList<ImportColumn> Recognise(IReadOnlyList<string> headers, ImportKind kind)
    {
        var spellings = headers.Select(Spellings).ToList();
        var fields = new string?[headers.Count];
        foreach (var (field, names) in Of(kind))
        {
            var best = names.SelectMany(name => Enumerable.Range(0, headers.Count).Where(i => fields[i] is null && spellings[i].Contains(name)))
                .Select(i => (int?)i).FirstOrDefault();
            if (best is { } column) fields[column] = field;
        }
        return [.. headers.Select((header, i) => new ImportColumn(header, fields[i]))];
    }

    private static (string Field, string[] Headers)[] Of(ImportKind kind) => kind switch { ImportKind.Leads => OfLead, ImportKind.Spaces => OfSpace, _ => OfEnterprise };

    // "拟投资（万元）*" is also read as "拟投资".
    private static string[] Spellings(string header)
        => [SearchText.Normalise(header), SearchText.Normalise(Remark().Replace(header, "")), SearchText.Normalise(Unit().Replace(header, ""))];

    private static string[] Words(string words) => [.. words.Split(' ').Select(SearchText.Normalise)];

    [GeneratedRegex(@"[(（\[【][^)）\]】]*[)）\]】]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Remark();

    [GeneratedRegex(@"[/／:：]?\s*[百千万亿]*元\s*$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Unit();
}
