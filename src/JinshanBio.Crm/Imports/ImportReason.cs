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
        NotSaved = "import.notSaved";

    /// <summary>Follows from the file alone, so that it still holds when the rows before it have been imported.</summary>
    internal static bool IsWithinFile(string? reason) => reason is CodeTwice or SameAsRow;

    /// <summary>The reason in the reader's language; empty when there is none.</summary>
    public static string Say(string? reason, string? value) => reason switch
    {
        null => "",
        Changes or ColumnMissing => Text.Of(reason, SayFields((value ?? "").Split(','))),
        _ => Text.Of(reason, value ?? ""),
    };

    /// <summary>Names of the fields in the reader's language.</summary>
    public static string SayFields(IEnumerable<string> fields)
        => string.Join(Text.Of("import.listSeparator"), fields.Select(field => Text.Of("import.field." + field)));
}
