using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Generator.Model;

/// <summary>Turns a bound handler into a model that holds on to no symbol.</summary>
internal static class HandlerModelFactory
{
    // Nullable type arguments are part of a type; whether the type itself may be null depends on the place.
    private static readonly SymbolDisplayFormat TypeFormat = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>Makes the model of a handler that was bound without errors.</summary>
    public static HandlerModel Create(BoundHandler handler) => new(
        HintName.Create(handler.Type),
        handler.Type.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat),
        FullyQualify(handler.Type),
        handler.Type.ContainingNamespace is { IsGlobalNamespace: false } space ? Identifier.Qualify(space) : null,
        Declare(handler.Type).Reverse().ToEquatableArray(),
        handler.Compatible ?? throw new ArgumentException("The handler has no compatible string.", nameof(handler)),
        Refer(handler.FileType ?? throw new ArgumentException("The handler has no file type.", nameof(handler))),
        handler.StateType is { } state ? Refer(state) : null,
        handler.PrivateDataType is { } privateData ? Refer(privateData) : null,
        handler.IsConstructible,
        handler.Callbacks.Select(Create).ToEquatableArray());

    private static CallbackModel Create(BoundCallback callback) => new(
        callback.Kind,
        callback.Returns,
        callback.Parameters.Select(parameter => new ParameterModel(parameter.Role, parameter.RefKind)).ToEquatableArray());

    private static IEnumerable<TypeDeclarationModel> Declare(INamedTypeSymbol handler)
    {
        for (INamedTypeSymbol? type = handler; type is not null; type = type.ContainingType)
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

    private static TypeModel Refer(ITypeSymbol type) => new(FullyQualify(type), IsAccessibleInAssembly(type));

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

    private static string FullyQualify(ITypeSymbol type) => type.ToDisplayString(TypeFormat);
}
