using System.Globalization;

namespace LuoHandlers.Conformance.Model;

/// <summary>How the format writes 64-bit numbers, which a JSON number may not hold: <c>"0x1f"</c>.</summary>
internal static class HexNumber
{
    public static string Format(ulong value) => $"0x{value:x}";

    public static bool TryParse(string? text, out ulong value)
    {
        value = 0;
        return text is not null && text.StartsWith("0x", StringComparison.Ordinal)
            && ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }
}
