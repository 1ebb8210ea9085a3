using LuoHandlers.Emulation;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LuoHandlers.Docs.Tests.Reference;

/// <summary>What users see of LuoHandlers.dll: its public types and their public and protected members, with their XML documentation.</summary>
internal sealed class PublicApi
{
    private static readonly SymbolDisplayFormat TypeFormat = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeTypeConstraints,
        kindOptions: SymbolDisplayKindOptions.IncludeTypeKeyword,
        delegateStyle: SymbolDisplayDelegateStyle.NameAndSignature,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly SymbolDisplayFormat MemberFormat = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypes,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeTypeConstraints,
        memberOptions: SymbolDisplayMemberOptions.IncludeType
            | SymbolDisplayMemberOptions.IncludeModifiers
            | SymbolDisplayMemberOptions.IncludeParameters
            | SymbolDisplayMemberOptions.IncludeConstantValue
            | SymbolDisplayMemberOptions.IncludeRef,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType
            | SymbolDisplayParameterOptions.IncludeName
            | SymbolDisplayParameterOptions.IncludeModifiers
            | SymbolDisplayParameterOptions.IncludeExtensionThis
            | SymbolDisplayParameterOptions.IncludeDefaultValue,
        propertyStyle: SymbolDisplayPropertyStyle.ShowReadWriteDescriptor,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private PublicApi(IReadOnlyList<INamedTypeSymbol> types) => Types = types;

    /// <summary>All types, by their full names; nested ones follow the type that they are in.</summary>
    public IReadOnlyList<INamedTypeSymbol> Types { get; }

    /// <summary>Reads the assembly that the tests run with.</summary>
    public static PublicApi Read()
    {
        string assembly = typeof(Machine).Assembly.Location;
        PortableExecutableReference reference = MetadataReference.CreateFromFile(
            assembly, documentation: XmlDocumentationProvider.CreateFromFile(Path.ChangeExtension(assembly, ".xml")));
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var compilation = CSharpCompilation.Create(
            "Api",
            references: [reference, .. Directory.EnumerateFiles(framework, "System*.dll").Select(path => MetadataReference.CreateFromFile(path))]);
        var symbol = (IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(reference)!;
        return new PublicApi([.. FindTypes(symbol.GlobalNamespace).OrderBy(type => type.ToDisplayString(), StringComparer.Ordinal)]);
    }

    /// <summary>The members that users see, in the order of their lines.</summary>
    public static IEnumerable<ISymbol> GetMembers(INamedTypeSymbol type) => type.TypeKind == TypeKind.Delegate
        ? []
        : type.GetMembers()
            .Where(member => IsVisible(member) && member is not INamedTypeSymbol && !IsImplied(member))
            .OrderBy(Describe, StringComparer.Ordinal);

    /// <summary>A type in one line.</summary>
    public static string Describe(INamedTypeSymbol type)
    {
        string modifiers = type switch
        {
            { TypeKind: TypeKind.Class, IsStatic: true } => "static ",
            { TypeKind: TypeKind.Class, IsAbstract: true } => "abstract ",
            { TypeKind: TypeKind.Class, IsSealed: true } => "sealed ",
            _ => "",
        };
        IEnumerable<INamedTypeSymbol> bases = type.Interfaces.OrderBy(each => each.ToDisplayString(), StringComparer.Ordinal);
        if (type is { TypeKind: TypeKind.Class, BaseType: { SpecialType: SpecialType.None } baseType })
            bases = bases.Prepend(baseType);
        if (type is { TypeKind: TypeKind.Enum, EnumUnderlyingType: { } underlying })
            bases = [underlying];
        string list = string.Join(", ", bases.Select(each => each.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)));
        return modifiers + type.ToDisplayString(TypeFormat) + (list.Length > 0 ? " : " + list : "");
    }

    /// <summary>A member in one line.</summary>
    public static string Describe(ISymbol member) =>
        (member.DeclaredAccessibility == Accessibility.Public ? "" : "protected ") + member.ToDisplayString(MemberFormat);

    private static IEnumerable<INamedTypeSymbol> FindTypes(INamespaceOrTypeSymbol container) => container.GetMembers()
        .OfType<INamespaceOrTypeSymbol>()
        .Where(member => member is INamespaceSymbol || IsVisible(member))
        .SelectMany(member => member is INamedTypeSymbol type ? FindTypes(type).Prepend(type) : FindTypes(member));

    private static bool IsVisible(ISymbol symbol) =>
        symbol.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal;

    // What a record, a property or an enum brings along says nothing that its own line does not.
    private static bool IsImplied(ISymbol member) =>
        member is IMethodSymbol { MethodKind: MethodKind.PropertyGet or MethodKind.PropertySet or MethodKind.EventAdd or MethodKind.EventRemove }
            or IMethodSymbol { MethodKind: MethodKind.StaticConstructor }
        || (member is IMethodSymbol { MethodKind: MethodKind.Constructor, Parameters.IsEmpty: true } && member.ContainingType.TypeKind is TypeKind.Struct or TypeKind.Enum)
        || member.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "CompilerGeneratedAttribute" && member is not IPropertySymbol);
}
