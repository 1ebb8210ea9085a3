namespace LuoHandlers.Analyzers;

/// <summary>Puts names into a sentence.</summary>
internal static class Enumeration
{
    /// <summary><c>A</c>, <c>A and B</c>, <c>A, B and C</c>.</summary>
    public static string Join(IEnumerable<string> names)
    {
        string[] all = [.. names];
        return all.Length < 2
            ? string.Concat(all)
            : $"{string.Join(", ", all.Take(all.Length - 1))} and {all[all.Length - 1]}";
    }
}
