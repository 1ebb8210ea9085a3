namespace LuoHandlers.Abi;

/// <summary>
/// A lock file: what was shipped, or what will be. Its lines are facts that begin with their compatible string; they may be in any order, so
/// that a merge is a union of lines.
/// </summary>
internal sealed class AbiLockFile
{
    public const string ShippedName = "LuoAbi.Shipped.txt";
    public const string UnshippedName = "LuoAbi.Unshipped.txt";

    /// <summary>The first line. It sorts before comments, and they before strings.</summary>
    public const string Header = "!luo-abi 1";

    private static readonly string[] ConflictMarkers = ["<<<<<<<", "=======", ">>>>>>>", "|||||||"];

    private AbiLockFile(IReadOnlyDictionary<string, AbiLockEntry> entries, IReadOnlyList<AbiFault> faults)
    {
        Entries = entries;
        Faults = faults;
    }

    public static AbiLockFile Empty { get; } = new(new Dictionary<string, AbiLockEntry>(), []);

    /// <summary>What the file says, by compatible string.</summary>
    public IReadOnlyDictionary<string, AbiLockEntry> Entries { get; }

    /// <summary>What is wrong with its lines, from the top.</summary>
    public IReadOnlyList<AbiFault> Faults { get; }

    /// <summary>Whether it can be relied on: a line that is there twice does no harm.</summary>
    public bool IsReadable => Faults.All(fault => fault.Kind == AbiFaultKind.Duplicate);

    /// <summary>Whether a compatible string can stand at the beginning of a line.</summary>
    public static bool CanHold(string compatible) =>
        compatible.Length > 0 && compatible[0] is not ('!' or '#') && compatible.All(character => character is > ' ' and <= '~')
        && !ConflictMarkers.Any(marker => compatible.StartsWith(marker, StringComparison.Ordinal));

    public static AbiLockFile Parse(string text)
    {
        List<AbiFault> faults = [];
        Dictionary<string, List<AbiFact>> facts = [];
        HashSet<string> known = [];
        bool hasHeader = false;
        string[] lines = text.Split('\n');
        for (int number = 0; number < lines.Length; number++)
        {
            string line = lines[number].TrimEnd('\r', ' ', '\t');
            if (number == 0)
                line = line.TrimStart('\uFEFF');
            if (line.Length == 0 || line[0] == '#')
                continue;
            if (ConflictMarkers.Any(marker => line.StartsWith(marker, StringComparison.Ordinal)))
                faults.Add(new AbiFault(AbiFaultKind.Conflict, number, line));
            else if (line[0] == '!' && line != Header)
                faults.Add(new AbiFault(AbiFaultKind.Version, number, line));
            else if (!known.Add(line))
                faults.Add(new AbiFault(AbiFaultKind.Duplicate, number, line));
            else if (line == Header)
                hasHeader = true;
            else
                Add(line, number);
        }
        // What the lines of another version mean is not known.
        if (faults.Find(fault => fault.Kind == AbiFaultKind.Version) is { } otherVersion)
            return new AbiLockFile(Empty.Entries, [otherVersion]);
        if (!hasHeader)
            return new AbiLockFile(Empty.Entries, [new AbiFault(AbiFaultKind.Version, 0, string.Empty)]);
        var entries = facts.ToDictionary(each => each.Key, each => CreateEntry(each.Key, each.Value, faults));
        return new AbiLockFile(entries, [.. faults.OrderBy(fault => fault.Line)]);

        void Add(string line, int number)
        {
            int blank = line.IndexOf(' ');
            if (blank <= 0)
            {
                faults.Add(new AbiFault(AbiFaultKind.Invalid, number, "is no fact: 'STRING FACT'"));
                return;
            }
            string compatible = line.Substring(0, blank);
            if (!facts.TryGetValue(compatible, out List<AbiFact>? same))
                facts.Add(compatible, same = []);
            same.Add(new AbiFact(number, line.Substring(blank + 1)));
        }
    }

    private static AbiLockEntry CreateEntry(string compatible, List<AbiFact> facts, List<AbiFault> faults)
    {
        bool isRetired = facts.Any(fact => fact.Text == AbiWords.Retired);
        List<AbiFact> described = [.. facts.Where(fact => fact.Text != AbiWords.Retired)];
        List<string> retrieves = [.. described.Where(IsRetrieves).Select(fact => fact.Text.Substring(AbiWords.Retrieves.Length + 1))];
        AbiDescription? description = null;
        // More strings may be retrieved later than when the string was shipped.
        if (!described.All(IsRetrieves))
        {
            description = AbiReader.Read(described, out IReadOnlyList<AbiFault> found);
            faults.AddRange(found);
        }
        return new AbiLockEntry(compatible, description, retrieves, isRetired, facts);
    }

    private static bool IsRetrieves(AbiFact fact) => fact.Text.StartsWith(AbiWords.Retrieves + " ", StringComparison.Ordinal);
}
