using System.Text.RegularExpressions;

namespace JinshanBio.Crm.Spreadsheets;

/// <summary>The apostrophe before a cell that a spreadsheet would run as a formula (公式注入); put on when writing, taken off when reading.</summary>
internal static partial class FormulaGuard
{
    public static string On(string cell) => Dangerous(cell) ? "'" + cell : cell;

    public static string Off(string cell) => cell.Length > 1 && cell[0] == '\'' && Dangerous(cell) ? cell[1..] : cell;

    // Looks behind apostrophes that were there before, so that Off undoes On for every text, also for one that looks guarded.
    private static bool Dangerous(string cell)
    {
        if (cell.Length == 0 || char.IsLetterOrDigit(cell[0])) return false;
        var text = cell.TrimStart('\'');
        // The full-width signs count as operators in Chinese and Japanese Excel.
        return text.Length > 0
            && (text[0] is '\t' or '\r' or '\n' || text.TrimStart() is ['=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠', ..])
            && !PlainNumber().IsMatch(text);
    }

    [GeneratedRegex(@"^[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?%?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex PlainNumber();
}
