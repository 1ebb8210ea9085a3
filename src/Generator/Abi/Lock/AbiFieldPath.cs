namespace LuoHandlers.Abi;

/// <summary>A path of names as it stands in facts: <c>Header.Version</c>, <c>Folios[].Word</c>.</summary>
internal static class AbiFieldPath
{
    /// <summary>What stands for the elements of an array.</summary>
    public const string Element = "[]";

    // No state of a person is as deep; a text from outside must not lead further.
    private const int MaximumDepth = 64;

    /// <summary>How many steps the path has; 0 if it is none.</summary>
    public static int CountSteps(string path)
    {
        int steps = 0;
        foreach (string name in path.Split('.'))
        {
            string rest = name;
            while (rest.EndsWith(Element, StringComparison.Ordinal))
            {
                rest = rest.Substring(0, rest.Length - Element.Length);
                if (++steps > MaximumDepth)
                    return 0;
            }
            if (rest.Length == 0 || rest.IndexOfAny(['[', ']']) >= 0 || ++steps > MaximumDepth)
                return 0;
        }
        return steps;
    }

    /// <summary>The path without its last step; empty for a field of the state itself.</summary>
    public static string FindParent(string path) => IsElement(path)
        ? path.Substring(0, path.Length - Element.Length)
        : path.Substring(0, Math.Max(path.LastIndexOf('.'), 0));

    /// <summary>The last name; empty for an element.</summary>
    public static string FindName(string path) => IsElement(path) ? string.Empty : path.Substring(path.LastIndexOf('.') + 1);

    public static bool IsElement(string path) => path.EndsWith(Element, StringComparison.Ordinal);
}
