using System.Globalization;
using System.Text;
using LuoHandlers.Abi;
using LuoHandlers.Generator.Binding;
using LuoHandlers.Generator.Layout;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Generator.Abi;

/// <summary>Describes the bytes of one state, down to its last number.</summary>
internal sealed class StateDescriber(Compilation compilation)
{
    private readonly PreservedLayoutComputer _computer = new(compilation);
    private readonly Dictionary<AbiField, DescribedField> _sources = [];
    private readonly List<ITypeSymbol> _around = [];
    private readonly List<AbiConstant> _constants = [];

    public IReadOnlyDictionary<AbiField, DescribedField> Sources => _sources;

    /// <summary>The constants of all the structs that were described.</summary>
    public IReadOnlyList<AbiConstant> Constants => _constants;

    /// <summary>The state as if it was a field, with its own fields in it; null if its layout can't be known.</summary>
    public AbiField? Describe(ITypeSymbol state)
    {
        if (_computer.Compute(state) is not { } layout)
            return null;
        var described = new AbiField(string.Empty, 0, layout.Size, AbiTypes.Struct);
        return DescribeFields(described, layout, string.Empty) ? described : null;
    }

    private bool DescribeFields(AbiField around, PreservedLayout layout, string path)
    {
        _around.Add(layout.Type);
        AddConstants(layout.Type, path);
        foreach (PreservedField field in layout.Fields.OrderBy(field => field.Offset))
        {
            AbiField? described = field.Symbol.IsFixedSizeBuffer
                ? DescribeArray(field.Declared, field.Offset, field, path + field.Declared.Name, field.Declared.Name)
                : DescribeType(field.Declared, field.Declared.Name, field.Offset, field.Layout, path + field.Declared.Name);
            if (described is null)
                return false;
            around.Fields.Add(described);
        }
        _around.RemoveAt(_around.Count - 1);
        return true;
    }

    /// <summary>Describes a field, or an element, of this type.</summary>
    private AbiField? DescribeType(ISymbol symbol, string name, long offset, PreservedLayout layout, string path)
    {
        ITypeSymbol type = layout.Type;
        if (WireTypes.FindNumber(type) is { } number)
        {
            AbiField described = Create(number);
            if (type.TypeKind == TypeKind.Enum)
                described.Values.AddRange(type.GetMembers().OfType<IFieldSymbol>().Where(member => member.IsConst).Select(DescribeValue));
            return described;
        }
        if (WireTypes.FindVmallocElement(type) is { } elementType)
        {
            AbiField described = Create(AbiTypes.Vmalloc);
            described.Element = _computer.Compute(elementType) is { } element ? DescribeType(symbol, string.Empty, 0, element, path + "[]") : null;
            return described.Element is null ? null : described;
        }
        // The layout of an inline array has one field, which is repeated.
        if (layout.Fields.Length == 1 && IsInlineArray(type))
            return DescribeArray(symbol, offset, layout.Fields[0], path, name);
        // A type of the framework that is no number has no bytes that mean the same everywhere.
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Struct } || PreservedLayoutComputer.IsOfFramework(type))
            return null;
        if (_around.Contains(type, SymbolEqualityComparer.Default))
            return Create(AbiTypes.Recursive);
        AbiField structure = Create(AbiTypes.Struct);
        return DescribeFields(structure, layout, path + ".") ? structure : null;

        AbiField Create(string word)
        {
            var created = new AbiField(name, offset, layout.Size, word);
            _sources.Add(created, new DescribedField(symbol, type));
            return created;
        }
    }

    private AbiField? DescribeArray(ISymbol symbol, long offset, PreservedField repeated, string path, string name)
    {
        var described = new AbiField(name, offset, repeated.Size, AbiTypes.Array)
        {
            Element = DescribeType(symbol, string.Empty, 0, repeated.Layout, path + "[]"),
        };
        _sources.Add(described, new DescribedField(symbol, repeated.Symbol.IsFixedSizeBuffer ? repeated.Symbol.Type : repeated.Symbol.ContainingType));
        return described.Element is null ? null : described;
    }

    private static bool IsInlineArray(ITypeSymbol type) => type.FindAttribute("System.Runtime.CompilerServices.InlineArrayAttribute") is not null;

    private static AbiValue DescribeValue(IFieldSymbol member) =>
        new(member.Name, Convert.ToString(member.ConstantValue, CultureInfo.InvariantCulture) ?? "0");

    private void AddConstants(ITypeSymbol type, string path)
    {
        foreach (IFieldSymbol field in type.GetMembers().OfType<IFieldSymbol>())
        {
            if (field is not { IsConst: true, HasConstantValue: true, ConstantValue: { } value } || field.FindAttribute(WellKnownTypeNames.AbiConstantAttribute) is null)
                continue;
            string word = WireTypes.FindNumber(field.Type) ?? AbiTypes.Text;
            _constants.Add(new AbiConstant(path + field.Name, word, WriteConstant(value)));
        }
    }

    private static string WriteConstant(object value) => value switch
    {
        string text => Quote(text),
        bool truth => truth ? "1" : "0",
        char character => ((int)character).ToString(CultureInfo.InvariantCulture),
        float number => number.ToString("R", CultureInfo.InvariantCulture),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "0",
    };

    // On one line, and with nothing in it that an editor could change.
    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (char each in text)
            quoted.Append(each is < ' ' or > '~' or '"' or '\\' ? $"\\u{(int)each:x4}" : each.ToString());
        return quoted.Append('"').ToString();
    }
}
