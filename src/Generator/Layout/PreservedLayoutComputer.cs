using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using LayoutKind = System.Runtime.InteropServices.LayoutKind;

namespace LuoHandlers.Generator.Layout;

/// <summary>Computes layouts as the runtime does on 64-bit machines, where every state lives.</summary>
internal sealed class PreservedLayoutComputer(Compilation compilation)
{
    private const string InlineArrayAttribute = "System.Runtime.CompilerServices.InlineArrayAttribute";
    private const int PointerSize = 8;

    // No type is as large; it keeps products of lengths within a long.
    private const long MaximumSize = 1L << 31;

    // Structs of the namespace System whose bytes are specified, with their sizes and alignments.
    private static readonly ImmutableDictionary<string, (int Size, int Alignment)> KnownStructs = new Dictionary<string, (int, int)>
    {
        ["Guid"] = (16, 4),
        ["Half"] = (2, 2),
        ["Int128"] = (16, 16),
        ["UInt128"] = (16, 16),
    }.ToImmutableDictionary();

    private readonly HashSet<ITypeSymbol> _computing = new(SymbolEqualityComparer.Default);

    /// <summary>Whether the type is a struct of the framework whose bytes are specified.</summary>
    public static bool IsKnownStruct(ITypeSymbol type) => FindKnownStruct(type) is not null;

    /// <summary>Whether the type comes with .NET.</summary>
    public static bool IsOfFramework(ITypeSymbol type)
    {
        INamespaceSymbol? space = type.ContainingNamespace;
        while (space is { ContainingNamespace.IsGlobalNamespace: false })
            space = space.ContainingNamespace;
        return space?.Name == "System";
    }

    /// <summary>
    /// The layout of a type; null if it has none that is the same everywhere: it has references in it, is laid out as the runtime likes,
    /// is not resolved or contains itself.
    /// </summary>
    public PreservedLayout? Compute(ITypeSymbol type)
    {
        if (FindPrimitive(type) is var (size, alignment))
            return new PreservedLayout(type, size, alignment, [], []);
        if (type is INamedTypeSymbol { TypeKind: TypeKind.Enum, EnumUnderlyingType: { } underlying })
            return Compute(underlying) is { } layout ? new PreservedLayout(type, layout.Size, layout.Alignment, [], []) : null;
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Struct } structure || IsOfFramework(type) || !_computing.Add(type))
            return null;
        try
        {
            return ComputeStruct(structure);
        }
        finally
        {
            _computing.Remove(type);
        }
    }

    private static (int Size, int Alignment)? FindPrimitive(ITypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Pointer or TypeKind.FunctionPointer } => (PointerSize, PointerSize),
        { SpecialType: SpecialType.System_Boolean or SpecialType.System_SByte or SpecialType.System_Byte } => (1, 1),
        { SpecialType: SpecialType.System_Char or SpecialType.System_Int16 or SpecialType.System_UInt16 } => (2, 2),
        { SpecialType: SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Single } => (4, 4),
        { SpecialType: SpecialType.System_Int64 or SpecialType.System_UInt64 or SpecialType.System_Double } => (8, 8),
        { SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr } => (PointerSize, PointerSize),
        { SpecialType: SpecialType.System_Decimal } => (16, 8),
        _ => FindKnownStruct(type),
    };

    private static (int Size, int Alignment)? FindKnownStruct(ITypeSymbol type) =>
        type is INamedTypeSymbol
        {
            TypeKind: TypeKind.Struct,
            IsGenericType: false,
            ContainingType: null,
            ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true },
        }
        && KnownStructs.TryGetValue(type.Name, out (int Size, int Alignment) known)
            ? known
            : null;

    private PreservedLayout? ComputeStruct(INamedTypeSymbol type)
    {
        StructLayout layout = StructLayout.Read(type, compilation);
        if (layout.Kind == LayoutKind.Auto)
            return null;
        var placed = ImmutableArray.CreateBuilder<PreservedField>();
        long end = 0;
        int largestAlignment = 1;
        foreach (IFieldSymbol field in type.GetMembers().OfType<IFieldSymbol>())
        {
            if (field.IsStatic || field.IsConst)
                continue;
            ITypeSymbol elementType = field is { IsFixedSizeBuffer: true, Type: IPointerTypeSymbol pointer } ? pointer.PointedAtType : field.Type;
            if (field.RefKind != RefKind.None || Compute(elementType) is not { } element)
                return null;
            int count = field.IsFixedSizeBuffer ? field.FixedSize : FindInlineArrayLength(type) ?? 1;
            int alignment = layout.Pack == 0 ? element.Alignment : Math.Min(element.Alignment, layout.Pack);
            largestAlignment = Math.Max(largestAlignment, alignment);
            if (layout.Kind == LayoutKind.Sequential)
                Place(AlignUp(end, alignment));
            else if (StructLayout.ReadOffset(field, compilation) is { } offset)
                Place(offset);
            else
                return null;

            void Place(long offset)
            {
                PreservedField preserved = new(field, offset, element, count);
                placed.Add(preserved);
                end = Math.Max(end, Math.Min(MaximumSize, offset + preserved.Size));
            }
        }
        long size = Math.Max(Math.Max(AlignUp(end, largestAlignment), layout.Size), 1);
        return new PreservedLayout(type, size, largestAlignment, placed.ToImmutable(), FindPadding(placed, size));
    }

    private static int? FindInlineArrayLength(INamedTypeSymbol type) =>
        type.FindAttribute(InlineArrayAttribute) is { ConstructorArguments: { Length: 1 } arguments } && arguments[0].Value is int and > 0 and var length
            ? length
            : null;

    private static ImmutableArray<PaddingGap> FindPadding(IEnumerable<PreservedField> fields, long size)
    {
        var gaps = ImmutableArray.CreateBuilder<PaddingGap>();
        long end = 0;
        bool isEmpty = true;
        foreach (PreservedField field in fields.OrderBy(field => field.Offset))
        {
            isEmpty = false;
            if (field.Offset > end)
                gaps.Add(new PaddingGap(end, field.Offset - end, field.Symbol));
            end = Math.Max(end, field.Offset + field.Size);
        }
        if (size > end && !isEmpty)
            gaps.Add(new PaddingGap(end, size - end, null));
        return gaps.ToImmutable();
    }

    private static long AlignUp(long offset, int alignment) => (offset + alignment - 1) / alignment * alignment;
}
