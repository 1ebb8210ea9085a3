namespace LuoHandlers.Abi;

/// <summary>Finds what changed between two descriptions. The names of fields count only for which field is which.</summary>
internal sealed class AbiComparer
{
    private readonly List<AbiChange> _changes = [];

    private AbiComparer()
    {
    }

    /// <summary>All changes of what is handed over, in the order of the fields.</summary>
    public static IReadOnlyList<AbiChange> Compare(AbiDescription before, AbiDescription after)
    {
        var comparer = new AbiComparer();
        comparer.CompareDescriptions(before, after);
        return comparer._changes;
    }

    /// <summary>All changes of which older strings are retrieved as well.</summary>
    public static IReadOnlyList<AbiChange> CompareReaders(AbiDescription before, AbiDescription after) =>
    [
        .. before.Retrieves.Except(after.Retrieves).Select(compatible => new AbiChange(AbiVerdict.NeedsReview, $"\"{compatible}\" is not retrieved any more", null)),
        .. after.Retrieves.Except(before.Retrieves).Select(compatible => new AbiChange(AbiVerdict.Compatible, $"\"{compatible}\" is retrieved as well", null)),
    ];

    /// <summary>Whether the bytes of two fields, or elements, mean the same, wherever they are.</summary>
    public static bool AreSame(AbiField before, AbiField after)
    {
        var comparer = new AbiComparer();
        comparer.CompareSame(before, after, string.Empty);
        return before.Type == after.Type && comparer._changes.Count == 0;
    }

    private void CompareDescriptions(AbiDescription before, AbiDescription after)
    {
        if (before.Owner != after.Owner)
            Add(AbiVerdict.NeedsBump, $"it was of {Describe(before.Owner)} and is of {Describe(after.Owner)}", null);
        CompareFields(before.Fields, after.Fields, string.Empty, null);
        if (before.Size != after.Size && before.Size != 0 && after.Size != 0)
            Add(AbiVerdict.NeedsBump, $"its size was {before.Size} and is {after.Size}", null);
        if (before.Handle != after.Handle)
            Add(AbiVerdict.NeedsBump, $"its handle was {AbiWords.Handles[(int)before.Handle]} and is {AbiWords.Handles[(int)after.Handle]}", null);
        if (before.Semantics != after.Semantics)
            Add(AbiVerdict.NeedsBump, $"its semantics was {before.Semantics} and is {after.Semantics}", null);
        CompareConstants(before.Constants, after.Constants);
    }

    private void CompareFields(List<AbiField> before, List<AbiField> after, string path, AbiField? around)
    {
        List<AbiField> gone = [.. before.Where(field => !IsReserved(field) && !after.Any(other => other.Name == field.Name))];
        List<AbiField> added = [.. after.Where(field => !IsReserved(field) && !before.Any(other => other.Name == field.Name))];
        Dictionary<AbiField, AbiField> renamed = [];
        foreach (AbiField field in gone.ToArray())
        {
            if (added.Find(other => other.Offset == field.Offset && other.Size == field.Size && other.Type == field.Type) is not { } other)
                continue;
            renamed.Add(field, other);
            gone.Remove(field);
            added.Remove(other);
        }
        // What comes first is the cause, and what moves behind it the consequence; of two that were swapped, the one that is first now.
        var steps = new List<(long Offset, int Order, Action Report)>();
        foreach (AbiField field in gone)
            steps.Add((field.Offset, 0, () => Add(AbiVerdict.NeedsBump, $"'{path}{field.Name}' is gone from offset {field.Offset}", around)));
        foreach (AbiField field in added)
            steps.Add((field.Offset, 1, () => AddNew(field, before, path)));
        foreach (KeyValuePair<AbiField, AbiField> pair in renamed)
            steps.Add((pair.Key.Offset, 2, () => CompareRenamed(pair.Key, pair.Value, path)));
        foreach (AbiField field in before.Where(field => !IsReserved(field)))
        {
            if (after.Find(other => other.Name == field.Name) is { } other)
                steps.Add((Math.Min(field.Offset, other.Offset), field.Offset <= other.Offset ? 4 : 3, () => ComparePair(field, other, path + field.Name)));
        }
        foreach (var step in steps.OrderBy(step => step.Offset).ThenBy(step => step.Order))
            step.Report();
    }

    private void AddNew(AbiField field, List<AbiField> before, string path)
    {
        if (before.Any(reserved => IsReserved(reserved) && reserved.Offset <= field.Offset && field.End <= reserved.End))
            Add(AbiVerdict.NeedsReview, $"'{path}{field.Name}' is new at offset {field.Offset}, which was reserved", field);
        else
            Add(AbiVerdict.NeedsBump, $"'{path}{field.Name}' is new at offset {field.Offset}", field);
    }

    private void CompareRenamed(AbiField before, AbiField after, string path)
    {
        Add(AbiVerdict.NeedsReview, $"'{path}{before.Name}' is called '{after.Name}'", after);
        CompareSame(before, after, path + after.Name);
    }

    private void ComparePair(AbiField before, AbiField after, string path)
    {
        if (before.Type != after.Type)
            Add(AbiVerdict.NeedsBump, $"'{path}' was {before.Type} at offset {before.Offset} and is {after.Type} at offset {after.Offset}", after);
        else if (before.Offset != after.Offset)
            Add(AbiVerdict.NeedsBump, $"'{path}' was at offset {before.Offset} and is at offset {after.Offset}", after);
        else
            CompareSame(before, after, path);
    }

    /// <summary>Compares what is in two fields, or elements, of the same type.</summary>
    private void CompareSame(AbiField before, AbiField after, string path)
    {
        int known = _changes.Count;
        CompareValues(before, after, path);
        CompareFields(before.Fields, after.Fields, path + ".", after);
        if (before.Element is { } beforeElement && after.Element is { } afterElement)
        {
            if (beforeElement.Type != afterElement.Type)
                Add(AbiVerdict.NeedsBump, $"'{path}' had elements of {beforeElement.Type} and has elements of {afterElement.Type}", after);
            else
                CompareSame(beforeElement, afterElement, path + AbiFieldPath.Element);
        }
        if (before.Size != after.Size && _changes.Skip(known).All(change => change.Verdict != AbiVerdict.NeedsBump))
            Add(AbiVerdict.NeedsBump, $"'{path}' took {before.Size} bytes and takes {after.Size}", after);
    }

    private void CompareValues(AbiField before, AbiField after, string path)
    {
        List<AbiValue> gone = [.. before.Values.Where(value => !after.Values.Any(other => other.Name == value.Name))];
        List<AbiValue> added = [.. after.Values.Where(value => !before.Values.Any(other => other.Name == value.Name))];
        foreach (AbiValue value in before.Values)
        {
            if (after.Values.Find(other => other.Name == value.Name) is { } other && other.Number != value.Number)
                Add(AbiVerdict.NeedsBump, $"'{path}.{value.Name}' was {value.Number} and is {other.Number}", after);
        }
        foreach (AbiValue value in gone)
        {
            if (added.Find(other => other.Number == value.Number) is { } other)
            {
                added.Remove(other);
                Add(AbiVerdict.NeedsReview, $"'{path}.{value.Name}' is called '{other.Name}'", after);
            }
            else if (after.Values.Count == 0 || after.Values.Any(same => same.Number == value.Number))
            {
                Add(AbiVerdict.NeedsReview, $"'{path}.{value.Name}' ({value.Number}) has no name of its own any more", after);
            }
            else
            {
                Add(AbiVerdict.NeedsBump, $"'{path}.{value.Name}' ({value.Number}) is gone", after);
            }
        }
        foreach (AbiValue value in added)
            Add(AbiVerdict.NeedsReview, $"'{path}.{value.Name}' ({value.Number}) is new", after);
    }

    private void CompareConstants(List<AbiConstant> before, List<AbiConstant> after)
    {
        foreach (AbiConstant constant in before)
        {
            if (after.Find(other => other.Path == constant.Path) is not { } other)
                Add(AbiVerdict.NeedsReview, $"the constant '{constant.Path}' is gone", null);
            else if (other.Type != constant.Type || other.Value != constant.Value)
                Add(AbiVerdict.NeedsReview, $"the constant '{constant.Path}' was {constant.Value} and is {other.Value}", null);
        }
        foreach (AbiConstant constant in after.Where(constant => !before.Any(other => other.Path == constant.Path)))
            Add(AbiVerdict.NeedsReview, $"the constant '{constant.Path}' is new", null);
    }

    // Bytes that nobody read and that were written as 0.
    private static bool IsReserved(AbiField field) =>
        field.Name.TrimStart('_').StartsWith("reserved", StringComparison.OrdinalIgnoreCase);

    private static string Describe(AbiOwner owner) => owner == AbiOwner.Flb ? "an FLB" : "a file handler";

    private void Add(AbiVerdict verdict, string text, AbiField? field) => _changes.Add(new AbiChange(verdict, text, field));
}
