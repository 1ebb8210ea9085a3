using System.Globalization;

namespace LuoHandlers.Abi;

/// <summary>Makes a description of facts. Nothing is taken for granted of them: they may come from outside.</summary>
internal sealed class AbiReader
{
    private readonly Dictionary<string, AbiField> _fields = [];
    private readonly Dictionary<string, string> _places = [];
    private readonly List<AbiFault> _faults = [];

    private AbiReader()
    {
    }

    /// <summary>The description that a text of facts gives, as <see cref="AbiWriter.WriteText"/> wrote it; null if it is none.</summary>
    public static AbiDescription? ReadText(string text) =>
        Read([.. text.Split('\n').Select((fact, line) => new AbiFact(line, fact))], out IReadOnlyList<AbiFault> faults) is { } description && faults.Count == 0
            ? description
            : null;

    /// <summary>The description that facts give, in any order; null if they don't say what the handle is.</summary>
    /// <param name="facts">The facts, without tombstones.</param>
    /// <param name="faults">Those that are none.</param>
    public static AbiDescription? Read(IReadOnlyList<AbiFact> facts, out IReadOnlyList<AbiFault> faults)
    {
        var reader = new AbiReader();
        AbiDescription? description = reader.Read(facts);
        faults = reader._faults;
        return description;
    }

    private AbiDescription? Read(IReadOnlyList<AbiFact> facts)
    {
        AbiDescription? description = null;
        List<(AbiFact Fact, string[] Words)> others = [];
        foreach (AbiFact fact in facts)
        {
            string[] words = fact.Text.Split(' ');
            if (words[0] is not (AbiWords.FileHandler or AbiWords.Flb))
                others.Add((fact, words));
            else if (description is not null)
                Fail(fact, "says again what the handle is");
            else if ((description = ReadHandle(words)) is null)
                Fail(fact, "does not say what the handle is: none, raw, inline or memory and a size");
        }
        description ??= _faults.Count == 0 ? null : new AbiDescription(AbiOwner.FileHandler, AbiHandle.None, 0);
        if (description is null)
        {
            if (facts.Count > 0)
                Fail(facts[0], "is of a string of which no line says what its handle is");
            return null;
        }
        var root = new AbiField(string.Empty, 0, description.Size, AbiTypes.Struct);
        // What is around comes first, whatever the order of the lines.
        foreach ((AbiFact fact, string[] words) in others.OrderBy(other => FindDepth(other.Words)))
        {
            if (!ReadFact(words, fact.Text, root, description))
                Fail(fact, FindReason(words[0]));
        }
        foreach ((AbiFact fact, string[] words) in others)
        {
            if (words[0] == AbiWords.Field && words.Length == 5 && _fields.TryGetValue(words[4], out AbiField? field)
                && field.Element is null && field.Type is AbiTypes.Array or AbiTypes.Vmalloc)
            {
                Fail(fact, "is an array of which no line says what its elements are");
            }
        }
        description.Fields.AddRange(root.Fields.OrderBy(field => field.Offset));
        description.Retrieves.Sort(StringComparer.Ordinal);
        return description;
    }

    private static int FindDepth(string[] words) => words[0] switch
    {
        AbiWords.Field when words.Length == 5 => AbiFieldPath.CountSteps(words[4]),
        AbiWords.Value => int.MaxValue,
        _ => 0,
    };

    private static string FindReason(string word) => word switch
    {
        AbiWords.Field => "is no field that fits to those around it: 'field OFFSET SIZE TYPE NAME'",
        AbiWords.Value => "is no member of an enum that is described: 'value OFFSET NUMBER NAME'",
        AbiWords.Constant => "is no constant: 'constant NAME TYPE VALUE'",
        AbiWords.Semantics => "is no count: 'semantics NUMBER'",
        AbiWords.Retrieves => "is no older string: 'retrieves STRING'",
        _ => "begins with no word that is known",
    };

    private static AbiDescription? ReadHandle(string[] words)
    {
        AbiOwner owner = words[0] == AbiWords.Flb ? AbiOwner.Flb : AbiOwner.FileHandler;
        int handle = words.Length < 2 ? -1 : AbiWords.Handles.ToList().IndexOf(words[1]);
        return (AbiHandle)handle switch
        {
            AbiHandle.None or AbiHandle.Raw when words.Length == 2 => new AbiDescription(owner, (AbiHandle)handle, 0),
            AbiHandle.Inline or AbiHandle.Memory when words.Length == 3 && TryReadNumber(words[2], out long size) && size > 0 =>
                new AbiDescription(owner, (AbiHandle)handle, size),
            _ => null,
        };
    }

    private bool ReadFact(string[] words, string text, AbiField root, AbiDescription description)
    {
        switch (words[0])
        {
            case AbiWords.Field:
                return words.Length == 5 && TryReadNumber(words[2], out long size) && AddField(words[1], size, words[3], words[4], root);
            case AbiWords.Value:
                return words.Length == 4 && AddValue(words[1], words[2], words[3]);
            case AbiWords.Constant:
                return words.Length >= 4
                    && AddConstant(words[1], words[2], text.Substring(words[0].Length + words[1].Length + words[2].Length + 3), description);
            case AbiWords.Semantics:
                if (words.Length != 2 || description.Semantics != 0 || !int.TryParse(words[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int semantics))
                    return false;
                description.Semantics = semantics;
                return true;
            case AbiWords.Retrieves:
                if (words.Length != 2 || words[1].Length == 0)
                    return false;
                description.Retrieves.Add(words[1]);
                return true;
            default:
                return false;
        }
    }

    private static bool AddConstant(string path, string type, string value, AbiDescription description)
    {
        bool fits = type == AbiTypes.Text
            ? value.Length >= 2 && value[0] == '"' && value[value.Length - 1] == '"' && value.All(character => character is >= ' ' and <= '~')
            : AbiTypes.Numbers.ContainsKey(type) && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _) && value.IndexOf(' ') < 0;
        if (!fits || path.Length == 0 || description.Constants.Any(constant => constant.Path == path))
            return false;
        description.Constants.Add(new AbiConstant(path, type, value));
        return true;
    }

    private bool AddField(string place, long size, string type, string path, AbiField root)
    {
        if (AbiFieldPath.CountSteps(path) == 0 || _fields.ContainsKey(path) || !IsType(type, size))
            return false;
        string parentPath = AbiFieldPath.FindParent(path);
        AbiField? parent = parentPath.Length == 0 ? root : _fields.TryGetValue(parentPath, out AbiField? known) ? known : null;
        string parentPlace = parentPath.Length == 0 ? string.Empty : _places.TryGetValue(parentPath, out string? knownPlace) ? knownPlace : string.Empty;
        if (parent is null)
            return false;
        AbiField field;
        if (AbiFieldPath.IsElement(path))
        {
            bool fits = parent.Type == AbiTypes.Vmalloc || (parent.Type == AbiTypes.Array && size > 0 && parent.Size % size == 0);
            if (!fits || place != parentPlace + AbiFieldPath.Element)
                return false;
            parent.Element = field = new AbiField(string.Empty, 0, size, type);
        }
        else
        {
            string prefix = parentPath.Length == 0 ? string.Empty : parentPlace + ".";
            if (parent.Type != AbiTypes.Struct
                || !place.StartsWith(prefix, StringComparison.Ordinal)
                || !TryReadNumber(place.Substring(prefix.Length), out long offset)
                || offset > parent.Size - size)
            {
                return false;
            }
            field = new AbiField(AbiFieldPath.FindName(path), offset, size, type);
            int index = parent.Fields.FindIndex(other => other.Offset > offset);
            parent.Fields.Insert(index < 0 ? parent.Fields.Count : index, field);
        }
        _fields.Add(path, field);
        _places.Add(path, place);
        return true;
    }

    private bool AddValue(string place, string number, string path)
    {
        string parentPath = AbiFieldPath.FindParent(path);
        if (AbiFieldPath.IsElement(path)
            || !_fields.TryGetValue(parentPath, out AbiField? field)
            || _places[parentPath] != place
            || !AbiTypes.Numbers.ContainsKey(field.Type)
            || !decimal.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
            || field.Values.Any(value => value.Name == AbiFieldPath.FindName(path)))
        {
            return false;
        }
        field.Values.Add(new AbiValue(AbiFieldPath.FindName(path), number));
        return true;
    }

    private static bool IsType(string type, long size) => type switch
    {
        AbiTypes.Vmalloc => size == 16,
        AbiTypes.Struct or AbiTypes.Array or AbiTypes.Recursive => size > 0,
        _ => AbiTypes.Numbers.TryGetValue(type, out int expected) && size == expected,
    };

    private static bool TryReadNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= int.MaxValue;

    private void Fail(AbiFact fact, string reason) => _faults.Add(new AbiFault(AbiFaultKind.Invalid, fact.Line, reason));
}
