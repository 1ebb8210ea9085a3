namespace LuoHandlers.Abi;

/// <summary>Changes the text of a lock file, line by line: what is not concerned stays as its authors left it.</summary>
internal static class AbiLockText
{
    /// <summary>A file that says nothing yet.</summary>
    public static string Create(string endOfLine) => AbiLockFile.Header + endOfLine;

    /// <summary>A line of a file.</summary>
    public static string WriteLine(string compatible, string fact) => $"{compatible} {fact}";

    /// <summary>Takes lines out and puts others where the order wants them. No line is there twice afterwards.</summary>
    /// <param name="text">The file.</param>
    /// <param name="isRemoved">Which lines go, by compatible string and fact.</param>
    /// <param name="added">The lines that come.</param>
    public static string Edit(string text, Func<string, string, bool> isRemoved, IEnumerable<string> added)
    {
        int end = text.IndexOf('\n');
        string endOfLine = end > 0 && text[end - 1] == '\r' ? "\r\n" : "\n";
        List<string> lines = [.. text.Split('\n').Select(line => line.TrimEnd('\r'))];
        while (lines.Count > 0 && lines[lines.Count - 1].Length == 0)
            lines.RemoveAt(lines.Count - 1);
        if (lines.Count == 0)
            lines.Add(AbiLockFile.Header);
        lines.RemoveAll(line => IsFact(line) && line.IndexOf(' ') is > 0 and var blank && isRemoved(line.Substring(0, blank), line.Substring(blank + 1).TrimEnd()));
        foreach (string line in added)
        {
            if (!lines.Contains(line))
                lines.Insert(FindPlace(lines, line), line);
        }
        return string.Join(endOfLine, lines) + endOfLine;
    }

    /// <summary>
    /// Moves all that is to be shipped to what was shipped. Of a string that is retired only that stays.
    /// </summary>
    /// <returns>The two files afterwards.</returns>
    public static (string Shipped, string Unshipped) Ship(string shipped, string unshipped)
    {
        string[] lines = [.. unshipped.Split('\n').Select(line => line.TrimEnd('\r', ' ', '\t'))];
        string[] moved = [.. lines.Where(line => line.Length > 0 && line[0] != '!')];
        HashSet<string> retired = [.. AbiLockFile.Parse(unshipped).Entries.Values.Where(entry => entry.IsRetired).Select(entry => entry.Compatible)];
        string endOfLine = unshipped.Contains("\r\n") ? "\r\n" : "\n";
        return (Edit(shipped, (compatible, _) => retired.Contains(compatible), moved), Create(endOfLine));
    }

    // Before the first line that is behind it; where the lines are in no order, in front of no comment that could be about the next one.
    private static int FindPlace(List<string> lines, string added)
    {
        int place = lines.FindIndex(line => IsFact(line) && string.CompareOrdinal(line, added) > 0);
        if (place < 0)
            return lines.Count;
        while (place > 0 && lines[place - 1].Length > 0 && lines[place - 1][0] == '#' && lines.FindIndex(IsFact) < place)
            place--;
        return place;
    }

    private static bool IsFact(string line) => line.Length > 0 && line[0] is not ('!' or '#');
}
