using System.Globalization;
using System.Text;

namespace LuoHandlers.Tool;

/// <summary>Turns the texts of constants, as facts have them, into texts of C.</summary>
internal static class CText
{
    private const int EscapeLength = 6;

    /// <summary>Writes a text that stands in quotes, with <c>\uXXXX</c> for all but plain characters.</summary>
    public static string Write(string quoted)
    {
        var text = new StringBuilder();
        for (int i = 1; i < quoted.Length - 1; i++)
        {
            bool isEscape = quoted[i] == '\\' && i + EscapeLength < quoted.Length
                && ushort.TryParse(quoted.AsSpan(i + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _);
            if (!isEscape)
            {
                text.Append(quoted[i]);
                continue;
            }
            text.Append((char)ushort.Parse(quoted.AsSpan(i + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
            i += EscapeLength - 1;
        }
        var c = new StringBuilder("\"");
        foreach (byte each in Encoding.UTF8.GetBytes(text.ToString()))
        {
            // Octal escapes end by themselves after three digits; a question mark could be part of a trigraph.
            if (each is >= (byte)' ' and <= (byte)'~' and not ((byte)'"' or (byte)'\\' or (byte)'?'))
                c.Append((char)each);
            else
                c.Append('\\').Append(Convert.ToString(each, 8).PadLeft(3, '0'));
        }
        return c.Append('"').ToString();
    }
}
