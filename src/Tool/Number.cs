using System.Globalization;

namespace LuoHandlers.Tool;

/// <summary>Numbers of 64 bits as they are written on the command line: decimal, or hexadecimal after 0x.</summary>
internal static class Number
{
    /// <summary>Reads a number.</summary>
    public static bool TryParse(string text, out ulong value) => text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
        ? ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value)
        : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    /// <summary>Writes a number as addresses, tokens and handles are shown.</summary>
    public static string ToHex(ulong value) => $"0x{value:x}";
}
