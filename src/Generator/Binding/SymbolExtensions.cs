using Microsoft.CodeAnalysis;

namespace LuoHandlers.Generator.Binding;

/// <summary>Recognizes types by their metadata names, so that a type that is defined twice does not hide both.</summary>
internal static class SymbolExtensions
{
    /// <summary>Whether the type is the top-level type of this metadata name, or constructed from it.</summary>
    public static bool HasMetadataName(this ITypeSymbol? type, string metadataName)
    {
        if (type is not INamedTypeSymbol { ContainingType: null } named)
            return false;
        int end = metadataName.Length;
        string name = named.MetadataName;
        INamespaceSymbol? space = named.ContainingNamespace;
        while (true)
        {
            int start = end - name.Length;
            if (start < 0 || string.CompareOrdinal(metadataName, start, name, 0, name.Length) != 0)
                return false;
            if (space is null or { IsGlobalNamespace: true })
                return start == 0;
            if (start == 0 || metadataName[start - 1] != '.')
                return false;
            end = start - 1;
            name = space.Name;
            space = space.ContainingNamespace;
        }
    }

    /// <summary>Whether the type is the one of this metadata name or derives from it.</summary>
    public static bool IsOrDerivesFrom(this ITypeSymbol? type, string metadataName)
    {
        for (ITypeSymbol? each = type; each is not null; each = each.BaseType)
        {
            if (each.HasMetadataName(metadataName))
                return true;
        }
        return false;
    }

    /// <summary>The symbol's first attribute of this metadata name.</summary>
    public static AttributeData? FindAttribute(this ISymbol symbol, string metadataName)
    {
        foreach (AttributeData attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass.HasMetadataName(metadataName))
                return attribute;
        }
        return null;
    }

    /// <summary>Whether a type that this one is made of is <c>dynamic</c>.</summary>
    public static bool HasDynamic(this ITypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Dynamic } => true,
        IArrayTypeSymbol array => array.ElementType.HasDynamic(),
        INamedTypeSymbol named => named.TypeArguments.Any(argument => argument.HasDynamic()) || named.ContainingType?.HasDynamic() == true,
        _ => false,
    };

    /// <summary>Whether the type, or one that it is made of, could not be resolved; the compiler says so.</summary>
    public static bool IsUnresolved(this ITypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Error } => true,
        IArrayTypeSymbol array => array.ElementType.IsUnresolved(),
        IPointerTypeSymbol pointer => pointer.PointedAtType.IsUnresolved(),
        INamedTypeSymbol { IsGenericType: true } named => named.TypeArguments.Any(argument => argument.IsUnresolved()),
        _ => false,
    };
}
