using System.Globalization;

namespace LuoHandlers.Analyzers;

/// <summary>A compatible string that ends in a version, taken apart.</summary>
/// <param name="stem">What all versions have in common: <c>disk</c> of <c>disk-v2</c>.</param>
/// <param name="number">The version.</param>
internal sealed class CompatibleVersion(string stem, int number)
{
    private const string Separator = "-v";

    public string Stem { get; } = stem;

    public int Number { get; } = number;

    /// <summary>Takes a string apart; null if it has no version, or one that is not written as versions are.</summary>
    public static CompatibleVersion? Find(string compatible)
    {
        int start = compatible.LastIndexOf(Separator, StringComparison.Ordinal);
        if (start <= 0)
            return null;
        string digits = compatible.Substring(start + Separator.Length);
        return digits.Length > 0 && digits[0] != '0' && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? new CompatibleVersion(compatible.Substring(0, start), number)
            : null;
    }

    /// <summary>The string of another version.</summary>
    public string With(int number) => $"{Stem}{Separator}{number.ToString(CultureInfo.InvariantCulture)}";
}
