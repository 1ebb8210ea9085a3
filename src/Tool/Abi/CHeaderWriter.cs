using System.Globalization;
using System.Text;
using LuoHandlers.Abi;

namespace LuoHandlers.Tool;

/// <summary>Writes the macros and structs of one compatible string after the other.</summary>
internal sealed class CHeaderWriter
{
    private static readonly Dictionary<string, string> Types = new()
    {
        ["u8"] = "__u8",
        ["u16"] = "__u16",
        ["u32"] = "__u32",
        ["u64"] = "__u64",
        ["s8"] = "__s8",
        ["s16"] = "__s16",
        ["s32"] = "__s32",
        ["s64"] = "__s64",
        ["f16"] = "__u16",
        ["f32"] = "float",
        ["f64"] = "double",
    };

    private readonly StringBuilder _text = new();
    private readonly HashSet<string> _macros = [];
    private readonly HashSet<string> _structs = [];

    /// <summary>Whether a struct has an array in preserved pages.</summary>
    public bool HasVmalloc { get; private set; }

    public override string ToString() => _text.ToString();

    /// <summary>Adds what is handed over under a string.</summary>
    public void Add(string compatible, AbiDescription description)
    {
        string prefix = CName.Upper(compatible);
        Line();
        Line($"/* {compatible.Replace("*/", "* /", StringComparison.Ordinal)}: {Describe(description)} */");
        Define($"{prefix}_COMPATIBLE", $"\"{compatible.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"");
        if (description.Semantics != 0)
            Define($"{prefix}_SEMANTICS", Text(description.Semantics));
        foreach (AbiConstant constant in description.Constants.OrderBy(constant => constant.Path, StringComparer.Ordinal))
            Define($"{prefix}_{CName.Upper(constant.Path.Replace(AbiFieldPath.Element, string.Empty, StringComparison.Ordinal))}", WriteConstant(constant));
        foreach (AbiField field in description.Fields)
            DefineValues(field, $"{prefix}_{CName.Upper(field.Name)}");
        if (description.Size > 0)
            WriteStruct(FindFree(CName.Lower(compatible) + "_ser", _structs), CName.Lower(compatible), description.Fields, description.Size);
    }

    private static string Describe(AbiDescription description) => description.Handle switch
    {
        AbiHandle.None => "nothing, the handle is 0",
        AbiHandle.Raw => "the handle is a number of its own",
        AbiHandle.Inline => $"{description.Size} bytes in the handle itself",
        _ => $"{description.Size} bytes, the handle is their physical address",
    };

    private void DefineValues(AbiField field, string prefix)
    {
        foreach (AbiValue value in field.Values.OrderBy(value => decimal.Parse(value.Number, CultureInfo.InvariantCulture)))
            Define($"{prefix}_{CName.Upper(value.Name)}", WriteNumber(value.Number, field.Type));
        foreach (AbiField inner in field.Fields)
            DefineValues(inner, $"{prefix}_{CName.Upper(inner.Name)}");
        if (field.Element is { } element)
            DefineValues(element, prefix);
    }

    /// <summary>Writes a struct after all those that it needs.</summary>
    private void WriteStruct(string name, string prefix, List<AbiField> fields, long size)
    {
        var names = new HashSet<string>();
        List<(AbiField Field, string Name, string Declaration)> members = [];
        foreach (AbiField field in fields)
        {
            string member = FindFree(CName.Lower(field.Name), names);
            members.Add((field, member, Declare(field, member, $"{prefix}_{CName.Lower(field.Name)}")));
        }
        Line();
        Line($"struct {name} {{");
        if (IsOverlapping(fields))
            WriteUnion(members, size, names);
        else
            WriteMembers(members, size, names);
        Line("} __packed;");
        Line($"_Static_assert(sizeof(struct {name}) == {Text(size)}, \"size of struct {name}\");");
        foreach ((AbiField field, string member, _) in members)
            Line($"_Static_assert(offsetof(struct {name}, {member}) == {Text(field.Offset)}, \"offset of {member} in struct {name}\");");
    }

    private void WriteMembers(List<(AbiField Field, string Name, string Declaration)> members, long size, HashSet<string> names)
    {
        long end = 0;
        foreach ((AbiField field, _, string declaration) in members)
        {
            WritePadding("\t", field.Offset - end, names);
            Line($"\t{declaration}");
            end = field.End;
        }
        WritePadding("\t", size - end, names);
    }

    // Fields that share bytes: each in a struct that begins where all begin.
    private void WriteUnion(List<(AbiField Field, string Name, string Declaration)> members, long size, HashSet<string> names)
    {
        Line("\tunion {");
        foreach ((AbiField field, _, string declaration) in members)
        {
            Line("\t\tstruct {");
            WritePadding("\t\t\t", field.Offset, names);
            Line($"\t\t\t{declaration}");
            Line("\t\t} __packed;");
        }
        Line($"\t\t__u8 {FindFree("__bytes", names)}[{Text(size)}];");
        Line("\t} __packed;");
    }

    private static bool IsOverlapping(List<AbiField> fields)
    {
        long end = 0;
        foreach (AbiField field in fields)
        {
            if (field.Offset < end)
                return true;
            end = field.End;
        }
        return false;
    }

    private void WritePadding(string indentation, long size, HashSet<string> names)
    {
        if (size > 0)
            Line($"{indentation}__u8 {FindFree("__pad", names)}[{Text(size)}];");
    }

    /// <summary>The declaration of a member; what its type needs is written before.</summary>
    private string Declare(AbiField field, string member, string prefix)
    {
        switch (field.Type)
        {
            case AbiTypes.Struct:
                string structName = FindFree(prefix, _structs);
                WriteStruct(structName, prefix, field.Fields, field.Size);
                return $"struct {structName} {member};";
            case AbiTypes.Array when field.Element is { } element:
                return Declare(element, $"{member}[{Text(field.Size / element.Size)}]", prefix);
            case AbiTypes.Vmalloc when field.Element is { } element:
                HasVmalloc = true;
                return $"struct kho_vmalloc {member}; /* of {DescribeElement(element, prefix)} */";
            default:
                return Types.TryGetValue(field.Type, out string? type) ? $"{type} {member};" : $"__u8 {member}[{Text(field.Size)}]; /* {field.Type} */";
        }
    }

    private string DescribeElement(AbiField element, string prefix)
    {
        if (element.Type is AbiTypes.Recursive)
            return "what is around it";
        string declaration = Declare(element, string.Empty, prefix);
        int end = declaration.IndexOf(';', StringComparison.Ordinal);
        return declaration[..end].Replace(" [", "[", StringComparison.Ordinal).TrimEnd();
    }

    private static string WriteConstant(AbiConstant constant) =>
        constant.Type == AbiTypes.Text ? CText.Write(constant.Value) : WriteNumber(constant.Value, constant.Type);

    private static string WriteNumber(string number, string type) => type switch
    {
        "f32" or "f64" => number.Contains('.', StringComparison.Ordinal) || number.Contains('E', StringComparison.Ordinal) ? number : number + ".0",
        "u64" => number + "ULL",
        "u32" => number + "U",
        // The smallest number has no positive counterpart.
        "s64" when number == "-9223372036854775808" => "(-9223372036854775807LL - 1)",
        "s64" => number[0] == '-' ? $"({number}LL)" : number + "LL",
        "s32" when number == "-2147483648" => "(-2147483647 - 1)",
        _ => number[0] == '-' ? $"({number})" : number,
    };

    private void Define(string name, string value) => Line($"#define {FindFree(name, _macros)} {value}");

    private static string FindFree(string name, HashSet<string> names)
    {
        string free = name;
        for (int number = 2; !names.Add(free); number++)
            free = $"{name}_{Text(number)}";
        return free;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private void Line(string line = "") => _text.Append(line).Append('\n');
}
