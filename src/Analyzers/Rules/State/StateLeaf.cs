using LuoHandlers.Generator.Binding;
using LuoHandlers.Generator.Layout;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Analyzers;

/// <summary>
/// A type that a state consists of: that of a field, or of something in a field. Structs that are marked themselves are not looked into, as
/// they are analyzed on their own.
/// </summary>
internal sealed class StateLeaf
{
    private StateLeaf(IFieldSymbol field, string path, ITypeSymbol type)
    {
        Field = field;
        Path = path;
        Type = type;
    }

    /// <summary>The field of the state itself.</summary>
    public IFieldSymbol Field { get; }

    /// <summary>What to say of where it is: the field, or a path from it as <c>Range.First</c>.</summary>
    public string Path { get; }

    public ITypeSymbol Type { get; }

    /// <summary>Where the field of the state, or the property that it belongs to, is named.</summary>
    public Location Location => FindLocation(Field);

    public static Location FindLocation(IFieldSymbol field) =>
        (field.AssociatedSymbol ?? field).Locations.FirstOrDefault(location => location.IsInSource) ?? Location.None;

    /// <summary>All that the state consists of, structs before what is in them.</summary>
    public static IEnumerable<StateLeaf> FindAll(INamedTypeSymbol state) =>
        FindFields(state).SelectMany(field => Visit(field, FindName(field), FindElementType(field), [state]));

    /// <summary>The fields that have a place in the struct.</summary>
    public static IEnumerable<IFieldSymbol> FindFields(INamedTypeSymbol type) =>
        type.GetMembers().OfType<IFieldSymbol>().Where(field => !field.IsStatic);

    /// <summary>The name that the author wrote: of the field, or of the property that it belongs to.</summary>
    public static string FindName(IFieldSymbol field) => (field.AssociatedSymbol ?? field).Name;

    private static ITypeSymbol FindElementType(IFieldSymbol field) =>
        field is { IsFixedSizeBuffer: true, Type: IPointerTypeSymbol pointer } ? pointer.PointedAtType : field.Type;

    private static IEnumerable<StateLeaf> Visit(IFieldSymbol field, string path, ITypeSymbol type, INamedTypeSymbol[] around)
    {
        yield return new StateLeaf(field, path, type);
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Struct, SpecialType: SpecialType.None } structure
            || around.Contains(structure, SymbolEqualityComparer.Default)
            || PreservedLayoutComputer.IsOfFramework(structure)
            || structure.FindAttribute(WellKnownTypeNames.PreservedStateAttribute) is not null)
        {
            yield break;
        }
        foreach (IFieldSymbol inner in FindFields(structure))
        {
            foreach (StateLeaf leaf in Visit(field, $"{path}.{FindName(inner)}", FindElementType(inner), [.. around, structure]))
                yield return leaf;
        }
        // The elements lie elsewhere, but the next kernel reads them as well.
        if (structure is { Name: "KhoVmalloc", TypeArguments: { Length: 1 } elements } && structure.ContainingAssembly.Name == WellKnownAssemblyNames.Runtime)
        {
            foreach (StateLeaf leaf in Visit(field, $"{path}[]", elements[0], [.. around, structure]))
                yield return leaf;
        }
    }
}
