namespace LuoHandlers.Analyzers;

/// <summary>Compares the names of methods with those of callbacks.</summary>
internal static class CallbackNames
{
    private const int LongName = 10;

    // One letter from a callback's name, and words all the same.
    private static readonly string[] OtherWords = ["reserve", "unreserve", "getids"];

    private static readonly string[] Prefixes = ["on"];
    private static readonly string[] Suffixes = ["file", "async", "callback"];

    public static NameLikeness Compare(string name, string callback)
    {
        string simple = Simplify(name);
        string expected = Simplify(callback);
        if (simple == expected)
            return NameLikeness.SameLetters;
        if (OtherWords.Contains(simple))
            return NameLikeness.None;
        bool isDecorated = Prefixes.Any(prefix => simple == prefix + expected) || Suffixes.Any(suffix => simple == expected + suffix);
        return isDecorated || CountSlips(simple, expected) <= (expected.Length >= LongName ? 2 : 1) ? NameLikeness.Similar : NameLikeness.None;
    }

    private static string Simplify(string name) => name.Replace("_", "").ToLowerInvariant();

    /// <summary>How many letters are missing, too many, wrong or swapped with the next one.</summary>
    private static int CountSlips(string name, string expected)
    {
        int[,] slips = new int[name.Length + 1, expected.Length + 1];
        for (int i = 0; i <= name.Length; i++)
        {
            for (int j = 0; j <= expected.Length; j++)
                slips[i, j] = Find(i, j);
        }
        return slips[name.Length, expected.Length];

        int Find(int i, int j)
        {
            if (i == 0 || j == 0)
                return i + j;
            int least = Math.Min(slips[i - 1, j], slips[i, j - 1]) + 1;
            least = Math.Min(least, slips[i - 1, j - 1] + (name[i - 1] == expected[j - 1] ? 0 : 1));
            return i > 1 && j > 1 && name[i - 1] == expected[j - 2] && name[i - 2] == expected[j - 1] ? Math.Min(least, slips[i - 2, j - 2] + 1) : least;
        }
    }
}
