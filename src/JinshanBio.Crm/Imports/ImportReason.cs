using JinshanBio.Crm.Texts;

namespace JinshanBio.Crm.Imports;

/// <summary>判定理由: why a row gets its verdict. Each is a text key in both languages; {0} is the row's reason value.</summary>
public static class ImportReason
{
    public const string
        ColumnMissing = "import.columnMissing",
        NameMissing = "import.nameMissing",
        NameNeedsLetters = "import.nameNeedsLetters",
        CodeLength = "import.codeLength",
        CodeAlphabet = "import.codeAlphabet",
        CodeMeant = "import.codeMeant",
        CodeCheckDigit = "import.codeCheckDigit",
        CountryUnknown = "import.countryUnknown",
        TooLong = "import.tooLong",
        ControlCharacters = "import.controlCharacters",
        Undecodable = "import.undecodable",
        TooManyCells = "import.tooManyCells",
        Unreadable = "import.unreadable",
        FieldMissing = "import.fieldMissing",
        FieldUnknown = "import.fieldUnknown",
        LinkUnknown = "import.linkUnknown",
        TooManyLinks = "import.tooManyLinks",
        SourceMissing = "import.sourceMissing",
        SourceUnknown = "import.sourceUnknown",
        MoneyUnreadable = "import.moneyUnreadable",
        MoneyRange = "import.moneyRange",
        DateUnreadable = "import.dateUnreadable",
        DateImplausible = "import.dateImplausible",
        CodeTwice = "import.codeTwice",
        SameAsRow = "import.sameAsRow",
        ProbablySame = "import.probablySame",
        NothingNew = "import.nothingNew",
        NameKept = "import.nameKept",
        Changes = "import.changes",
        OnExisting = "import.onExisting",
        LeadExists = "import.leadExists",
        KeyUnknown = "import.keyUnknown",
        KeyTwice = "import.keyTwice",
        CodeDiffers = "import.codeDiffers",
        CodeTaken = "import.codeTaken",
        Ambiguous = "import.ambiguous",
        ByName = "import.byName",
        FillsByName = "import.fillsByName",
        AlikeOther = "import.alikeOther",
        AlikeRow = "import.alikeRow",
        FollowUpKept = "import.followUpKept",
        NotSaved = "import.notSaved",
        ParkMissing = "import.parkMissing",
        ParkUnknown = "import.parkUnknown",
        ParkNotOwn = "import.parkNotOwn",
        SpaceMissing = "import.spaceMissing",
        NewSpaceNeeds = "import.newSpaceNeeds",
        NumberWrong = "import.numberWrong",
        ChoiceUnknown = "import.choiceUnknown",
        SpaceRefused = "import.spaceRefused";

    /// <summary>Follows from the file alone, so that it still holds when the rows before it have been imported.</summary>
    internal static bool IsWithinFile(string? reason) => reason is CodeTwice or SameAsRow or KeyTwice;

    /// <summary>The reason in the reader's language; empty when there is none.</summary>
    public static string Say(string? reason, string? value) => reason switch
    {
        null => "",
        Changes or ByName or ColumnMissing => Text.Of(reason, SayFields((value ?? "").Split(','))),
        // The name first, which may hold anything; then the fields.
        FillsByName when value!.LastIndexOf('|') is var at => Text.Of(reason, value[..at], SayFields(value[(at + 1)..].Split(','))),
        _ => Text.Of(reason, value ?? ""),
    };

    /// <summary>Names of the fields in the reader's language.</summary>
    public static string SayFields(IEnumerable<string> fields)
        => string.Join(Text.Of("import.listSeparator"), fields.Select(field => Text.Of("import.field." + field)));
}

/// <summary>保留原因: why undo leaves a record as it is. Each is a text key.</summary>
public static class KeptReason
{
    public const string
        Changed = "import.kept.changed",
        HasLeads = "import.kept.hasLeads",
        HasProjects = "import.kept.hasProjects",
        HasFollowUps = "import.kept.hasFollowUps",
        Gone = "import.kept.gone";

    internal static readonly string[] All = [Changed, HasLeads, HasProjects, HasFollowUps, Gone];
}
