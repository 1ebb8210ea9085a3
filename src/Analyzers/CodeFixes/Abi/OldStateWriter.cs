using System.Globalization;
using System.Text;
using LuoHandlers.Abi;
using LuoHandlers.Generator.Abi;
using LuoHandlers.Generator.Layout;
using LuoHandlers.Generator.Model;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.CodeFixes;

/// <summary>
/// Writes the state that a lock file describes as a struct of C#. Types of fields that hand over the same as then are used again; those that
/// changed, structs, enums and arrays, are written as they were.
/// </summary>
/// <param name="current">What is handed over now.</param>
/// <param name="name">What the struct is to be called; the types that it needs begin with the same.</param>
/// <param name="modifiers">The modifiers of all of them.</param>
/// <param name="endOfLine">The end of lines.</param>
/// <param name="compilation">The compilation with the types of today.</param>
internal sealed class OldStateWriter(DescribedAbi current, string name, string modifiers, string endOfLine, Compilation compilation)
{
    private static readonly Dictionary<string, (string Type, int Alignment)> Numbers = new()
    {
        ["u8"] = ("byte", 1),
        ["u16"] = ("ushort", 2),
        ["u32"] = ("uint", 4),
        ["u64"] = ("ulong", 8),
        ["u128"] = ("global::System.UInt128", 16),
        ["s8"] = ("sbyte", 1),
        ["s16"] = ("short", 2),
        ["s32"] = ("int", 4),
        ["s64"] = ("long", 8),
        ["s128"] = ("global::System.Int128", 16),
        ["f16"] = ("global::System.Half", 2),
        ["f32"] = ("float", 4),
        ["f64"] = ("double", 8),
        ["guid"] = ("global::System.Guid", 4),
    };

    private readonly PreservedLayoutComputer _computer = new(compilation);
    private readonly List<string> _declarations = [];

    /// <summary>The state; null if it can't be written.</summary>
    public OldState? Write(AbiDescription shipped)
    {
        var root = new AbiField(string.Empty, 0, shipped.Size, AbiTypes.Struct);
        root.Fields.AddRange(shipped.Fields);
        string attribute = shipped.Semantics == 0
            ? "[global::LuoHandlers.PreservedState]"
            : $"[global::LuoHandlers.PreservedState(Semantics = {shipped.Semantics.ToString(CultureInfo.InvariantCulture)})]";
        List<(AbiField, string)> fields = [];
        if (WriteStruct(root, name, attribute, current.Description.Fields, fields) is null)
            return null;
        // The state first, and then what it consists of.
        _declarations.Reverse();
        return new OldState(name, _declarations, fields);
    }

    /// <summary>Writes a struct; its alignment, or null if it can't be written.</summary>
    private int? WriteStruct(AbiField structure, string structName, string? attribute, List<AbiField> today, List<(AbiField, string)> fields)
    {
        long end = 0;
        int largest = 1;
        bool isSequential = true;
        foreach (AbiField field in structure.Fields)
        {
            AbiField? same = today.Find(other => other.Name == field.Name) ?? today.Find(other => other.Offset == field.Offset && other.Type == field.Type);
            if (FindType(field, same, structName + field.Name) is not (string type, int alignment))
                return null;
            fields.Add((field, type));
            isSequential &= (end + alignment - 1) / alignment * alignment == field.Offset;
            end = field.End;
            largest = Math.Max(largest, alignment);
        }
        isSequential &= (end + largest - 1) / largest * largest == structure.Size;
        var code = new StringBuilder();
        if (attribute is not null)
            code.Append(attribute).Append(endOfLine);
        if (!isSequential)
            code.Append("[global::System.Runtime.InteropServices.StructLayout(global::System.Runtime.InteropServices.LayoutKind.Explicit, Pack = 1, Size = ").Append(structure.Size).Append(")]").Append(endOfLine);
        code.Append(modifiers).Append("struct ").Append(structName).Append(endOfLine).Append('{').Append(endOfLine);
        foreach ((AbiField field, string type) in fields)
        {
            if (!isSequential)
                code.Append("    [global::System.Runtime.InteropServices.FieldOffset(").Append(field.Offset).Append(")]").Append(endOfLine);
            code.Append("    public ").Append(type).Append(' ').Append(Identifier.Escape(field.Name)).Append(';').Append(endOfLine);
        }
        _declarations.Add(code.Append('}').ToString());
        return isSequential ? largest : 1;
    }

    private (string Type, int Alignment)? FindType(AbiField field, AbiField? today, string typeName)
    {
        if (today is not null && AbiComparer.AreSame(field, today) && FindToday(today) is { } known)
            return known;
        switch (field.Type)
        {
            case AbiTypes.Struct:
                List<(AbiField, string)> fields = [];
                return WriteStruct(field, typeName, null, today?.Fields ?? [], fields) is int structAlignment ? (typeName, structAlignment) : null;
            case AbiTypes.Vmalloc when field.Element is { } element:
                return FindType(element, today?.Element, typeName) is (string elementType, _) ? ($"global::LuoHandlers.Kho.KhoVmalloc<{elementType}>", 1) : null;
            case AbiTypes.Array when field.Element is { } element:
                if (FindType(element, today?.Element, typeName + "Element") is not (string repeated, int alignment))
                    return null;
                WriteArray(typeName, repeated, field.Size / element.Size);
                return (typeName, alignment);
            default:
                if (!Numbers.TryGetValue(field.Type, out (string Type, int Alignment) number))
                    return null;
                if (field.Values.Count == 0)
                    return number;
                WriteEnum(field, typeName, number.Type);
                return (typeName, number.Alignment);
        }
    }

    private (string Type, int Alignment)? FindToday(AbiField today) =>
        current.Sources.TryGetValue(today, out DescribedField? source)
        && source.Type.TypeKind is not (TypeKind.Pointer or TypeKind.FunctionPointer)
        && _computer.Compute(source.Type) is { } layout
            ? (source.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat), layout.Alignment)
            : null;

    private void WriteArray(string typeName, string elementType, long length) => _declarations.Add(string.Join(
        endOfLine,
        $"[global::System.Runtime.CompilerServices.InlineArray({length.ToString(CultureInfo.InvariantCulture)})]",
        $"{modifiers}struct {typeName}",
        "{",
        $"    private {elementType} _element;",
        "}"));

    private void WriteEnum(AbiField field, string typeName, string underlying) => _declarations.Add(string.Join(
        endOfLine,
        [
            $"{modifiers}enum {typeName} : {underlying}",
            "{",
            .. field.Values.OrderBy(value => decimal.Parse(value.Number, CultureInfo.InvariantCulture)).Select(value => $"    {Identifier.Escape(value.Name)} = {value.Number},"),
            "}",
        ]));
}
