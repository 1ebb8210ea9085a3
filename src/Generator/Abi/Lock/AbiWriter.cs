using System.Globalization;

namespace LuoHandlers.Abi;

/// <summary>Writes descriptions as facts, one a line, in ordinal order: equal descriptions give equal text.</summary>
internal static class AbiWriter
{
    /// <summary>The facts as one text, with line feeds between them.</summary>
    public static string WriteText(AbiDescription description) => string.Join("\n", WriteFacts(description));

    /// <summary>The facts, without the compatible string that they are of.</summary>
    public static IReadOnlyList<string> WriteFacts(AbiDescription description)
    {
        List<string> facts = [WriteHandle(description)];
        if (description.Semantics != 0)
            facts.Add($"{AbiWords.Semantics} {Text(description.Semantics)}");
        foreach (string compatible in description.Retrieves)
            facts.Add($"{AbiWords.Retrieves} {compatible}");
        foreach (AbiConstant constant in description.Constants)
            facts.Add($"{AbiWords.Constant} {constant.Path} {constant.Type} {constant.Value}");
        foreach (AbiField field in description.Fields)
            WriteField(field, WriteOffset(field), field.Name, facts);
        facts.Sort(StringComparer.Ordinal);
        return facts;
    }

    private static string WriteHandle(AbiDescription description)
    {
        string owner = description.Owner == AbiOwner.Flb ? AbiWords.Flb : AbiWords.FileHandler;
        string handle = AbiWords.Handles[(int)description.Handle];
        return description.Handle is AbiHandle.Inline or AbiHandle.Memory ? $"{owner} {handle} {Text(description.Size)}" : $"{owner} {handle}";
    }

    private static void WriteField(AbiField field, string place, string path, List<string> facts)
    {
        facts.Add($"{AbiWords.Field} {place} {Text(field.Size)} {field.Type} {path}");
        foreach (AbiValue value in field.Values)
            facts.Add($"{AbiWords.Value} {place} {value.Number} {path}.{value.Name}");
        foreach (AbiField inner in field.Fields)
            WriteField(inner, $"{place}.{WriteOffset(inner)}", $"{path}.{inner.Name}", facts);
        if (field.Element is { } element)
            WriteField(element, $"{place}[]", $"{path}[]", facts);
    }

    // Of as many digits that offsets sort as text, in all but huge states.
    private static string WriteOffset(AbiField field) => field.Offset.ToString("0000", CultureInfo.InvariantCulture);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
