using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using LayoutKind = System.Runtime.InteropServices.LayoutKind;

namespace LuoHandlers.Generator.Layout;

/// <summary>What <c>[StructLayout]</c> says of a struct. In metadata it is no attribute any more, and the compiler does not pass it on.</summary>
internal sealed class StructLayout(LayoutKind kind, int pack, int size)
{
    private const string StructLayoutAttribute = "System.Runtime.InteropServices.StructLayoutAttribute";
    private const string FieldOffsetAttribute = "System.Runtime.InteropServices.FieldOffsetAttribute";

    public LayoutKind Kind { get; } = kind;

    /// <summary>The most that a field is aligned to; 0 if there is no limit.</summary>
    public int Pack { get; } = pack;

    /// <summary>The size that the struct has at least; 0 if nothing is said.</summary>
    public int Size { get; } = size;

    public static StructLayout Read(INamedTypeSymbol type, Compilation compilation)
    {
        if (FindMetadata(type, compilation) is not { } reader)
            return ReadAttribute(type);
        TypeDefinition definition = reader.GetTypeDefinition((TypeDefinitionHandle)FindHandle(type));
        TypeLayout layout = definition.GetLayout();
        LayoutKind kind = (definition.Attributes & TypeAttributes.LayoutMask) switch
        {
            TypeAttributes.SequentialLayout => LayoutKind.Sequential,
            TypeAttributes.ExplicitLayout => LayoutKind.Explicit,
            _ => LayoutKind.Auto,
        };
        return new StructLayout(kind, layout.PackingSize, layout.Size);
    }

    /// <summary>The offset that <c>[FieldOffset]</c> gives a field; null if there is none.</summary>
    public static int? ReadOffset(IFieldSymbol field, Compilation compilation)
    {
        if (FindMetadata(field.ContainingType, compilation) is { } reader)
        {
            int offset = reader.GetFieldDefinition((FieldDefinitionHandle)FindHandle(field)).GetOffset();
            return offset < 0 ? null : offset;
        }
        return field.FindAttribute(FieldOffsetAttribute) is { ConstructorArguments: { Length: 1 } arguments } ? arguments[0].Value as int? : null;
    }

    private static StructLayout ReadAttribute(INamedTypeSymbol type)
    {
        if (type.FindAttribute(StructLayoutAttribute) is not { ConstructorArguments: { Length: 1 } arguments } attribute)
            return new StructLayout(LayoutKind.Sequential, 0, 0);
        LayoutKind kind = arguments[0].Value switch
        {
            int value => (LayoutKind)value,
            // The attribute has a constructor for the number, too.
            short value => (LayoutKind)value,
            _ => LayoutKind.Sequential,
        };
        return new StructLayout(kind, FindNumber("Pack"), FindNumber("Size"));

        int FindNumber(string name) =>
            attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value is { Kind: TypedConstantKind.Primitive, Value: int number } ? number : 0;
    }

    private static MetadataReader? FindMetadata(INamedTypeSymbol type, Compilation compilation) =>
        type.OriginalDefinition.DeclaringSyntaxReferences.IsEmpty
        && compilation.GetMetadataReference(type.ContainingAssembly) is PortableExecutableReference reference
        && reference.GetMetadata() is AssemblyMetadata assembly
            ? assembly.GetModules()[0].GetMetadataReader()
            : null;

    private static EntityHandle FindHandle(ISymbol symbol) => MetadataTokens.EntityHandle(symbol.OriginalDefinition.MetadataToken);
}
