namespace LuoHandlers.Manifests;

/// <summary>Compares what two programs say of the bytes under one compatible string. Names and what else does not move a byte don't count.</summary>
internal static class AbiLayout
{
    /// <summary>The first fact that is different; null if the layouts are the same, or one of them is not known.</summary>
    /// <param name="written">The description of the program that preserves.</param>
    /// <param name="read">The description of the program that retrieves.</param>
    public static string? FindDifference(string written, string read)
    {
        if (written.Length == 0 || read.Length == 0 || written == read)
            return null;
        string[] first = [.. SimplifyAll(written)];
        string[] second = [.. SimplifyAll(read)];
        string? lost = first.Except(second, StringComparer.Ordinal).FirstOrDefault();
        string? added = second.Except(first, StringComparer.Ordinal).FirstOrDefault();
        return lost is null && added is null ? null : $"here {lost ?? "nothing"}, there {added ?? "nothing"}";
    }

    private static IEnumerable<string> SimplifyAll(string description) =>
        description.Split('\n').Select(Simplify).OfType<string>().Order(StringComparer.Ordinal);

    // As the ABI lock writes them: "field place size type name", "value place number name", "constant name type value", "retrieves string".
    private static string? Simplify(string fact)
    {
        string[] words = fact.Split(' ', 5);
        return words[0] switch
        {
            "field" when words.Length == 5 => string.Join(' ', words[..4]),
            "value" or "retrieves" => null,
            "constant" when words.Length >= 4 => string.Join(' ', [words[0], .. words[2..]]),
            _ => fact,
        };
    }
}
