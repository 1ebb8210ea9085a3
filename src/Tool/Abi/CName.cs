using System.Globalization;
using System.Text;

namespace LuoHandlers.Tool;

/// <summary>Makes names as the kernel writes them.</summary>
internal static class CName
{
    private static readonly HashSet<string> Keywords =
    [
        "alignas", "alignof", "asm", "auto", "bool", "break", "case", "char", "const", "constexpr", "continue", "default", "do", "double", "else", "enum", "extern",
        "false", "float", "for", "goto", "if", "inline", "int", "long", "nullptr", "register", "restrict", "return", "short", "signed", "sizeof", "static",
        "static_assert", "struct", "switch", "thread_local", "true", "typedef", "typeof", "typeof_unqual", "union", "unsigned", "void", "volatile", "while",
        // Macros of gcc.
        "linux", "unix",
    ];

    /// <summary><c>FolioCount</c> becomes <c>folio_count</c>.</summary>
    public static string Lower(string name)
    {
        string lower = ToWords(name).ToLowerInvariant();
        return Keywords.Contains(lower) ? lower + "_" : lower;
    }

    /// <summary><c>FolioCount</c> becomes <c>FOLIO_COUNT</c>.</summary>
    public static string Upper(string name) => ToWords(name).ToUpperInvariant();

    // Whatever C does not allow in a name is told apart by its number.
    private static string ToWords(string name)
    {
        var words = new StringBuilder();
        for (int i = 0; i < name.Length; i++)
        {
            char each = name[i];
            bool begins = i > 0 && char.IsAsciiLetterUpper(each)
                && (char.IsAsciiLetterLower(name[i - 1]) || char.IsAsciiDigit(name[i - 1])
                    || (char.IsAsciiLetterUpper(name[i - 1]) && i + 1 < name.Length && char.IsAsciiLetterLower(name[i + 1])));
            if (begins)
                words.Append('_');
            if (char.IsAsciiLetterOrDigit(each) || each == '_')
                words.Append(each);
            else if (each is '-' or '.' or ':' or '/')
                words.Append('_');
            else
                words.Append('u').Append(((int)each).ToString("x4", CultureInfo.InvariantCulture));
        }
        return words.Length == 0 || char.IsAsciiDigit(words[0]) ? "_" + words : words.ToString();
    }
}
