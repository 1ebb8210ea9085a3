using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Generator.Model;

/// <summary>Turns symbols into the names that generated code needs of them.</summary>
internal static class SymbolModels
{
    // Nullable type arguments are part of a type; whether the type itself may be null depends on the place.
    private static readonly SymbolDisplayFormat TypeFormat = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>The name as messages and comments give it.</summary>
    public static string GetDisplayName(INamedTypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat);

    /// <summary>The namespace of a type, as code gives it; null for the global one.</summary>
    public static string? GetNamespace(INamedTypeSymbol type) =>
        type.ContainingNamespace is { IsGlobalNamespace: false } space ? Identifier.Qualify(space) : null;

    /// <summary>A type and those that it is nested in, outermost first.</summary>
    public static EquatableArray<TypeDeclarationModel> Declare(INamedTypeSymbol type) => DeclareInsideOut(type).Reverse().ToEquatableArray();

    public static TypeModel Refer(ITypeSymbol type) => new(FullyQualify(type), IsAccessibleInAssembly(type));

    public static string FullyQualify(ITypeSymbol type) => type.ToDisplayString(TypeFormat);

    /// <summary>The widest accessibility that a member of this type can have.</summary>
    public static string FindAccessibility(ITypeSymbol type)
    {
        if (!IsAccessibleInAssembly(type))
            return "private";
        return IsPublic(type) ? "public" : "internal";
    }

    public static EquatableArray<CallbackModel> Create(IEnumerable<BoundCallback> callbacks, IReadOnlyList<UsedFlb> flbs) => callbacks
        .Select(callback => new CallbackModel(
            callback.Kind,
            callback.Returns,
            Create(callback.Parameters, flbs)))
        .ToEquatableArray();

    public static EquatableArray<ParameterModel> Create(IEnumerable<BoundParameter> parameters, IReadOnlyList<UsedFlb> flbs) => parameters
        .Select(parameter => new ParameterModel(parameter.Role, parameter.RefKind, IndexOf(flbs, parameter.Flb)))
        .ToEquatableArray();

    private static int IndexOf(IReadOnlyList<UsedFlb> flbs, UsedFlb? flb)
    {
        for (int i = 0; i < flbs.Count; i++)
        {
            if (flbs[i] == flb)
                return i;
        }
        return -1;
    }

    private static IEnumerable<TypeDeclarationModel> DeclareInsideOut(INamedTypeSymbol innermost)
    {
        for (INamedTypeSymbol? type = innermost; type is not null; type = type.ContainingType)
            yield return new TypeDeclarationModel(FindKeyword(type), Identifier.Escape(type.Name));
    }

    private static string FindKeyword(INamedTypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Interface } => "interface",
        { TypeKind: TypeKind.Struct, IsRecord: true } => "record struct",
        { TypeKind: TypeKind.Struct } => "struct",
        { IsRecord: true } => "record",
        _ => "class",
    };

    private static bool IsAccessibleInAssembly(ITypeSymbol type) => type switch
    {
        INamedTypeSymbol named =>
            TypeBinder.IsAccessibleInAssembly(named.DeclaredAccessibility)
            && !named.IsFileLocal
            && (named.ContainingType is null || IsAccessibleInAssembly(named.ContainingType))
            && named.TypeArguments.All(IsAccessibleInAssembly),
        IArrayTypeSymbol array => IsAccessibleInAssembly(array.ElementType),
        _ => true,
    };

    private static bool IsPublic(ITypeSymbol type) => type switch
    {
        INamedTypeSymbol named =>
            named.DeclaredAccessibility == Accessibility.Public
            && (named.ContainingType is null || IsPublic(named.ContainingType))
            && named.TypeArguments.All(IsPublic),
        IArrayTypeSymbol array => IsPublic(array.ElementType),
        _ => true,
    };
}
