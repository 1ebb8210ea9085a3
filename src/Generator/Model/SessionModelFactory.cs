using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LuoHandlers.Generator.Model;

/// <summary>Turns a bound typed session into a model that holds on to no symbol.</summary>
internal static class SessionModelFactory
{
    /// <summary>Makes the model of a session; null for one that can have no other part.</summary>
    // A partial property that nobody implements is an error of the compiler, which then says nothing of ours. So a session that is wrong is
    // implemented as well, in a way that does nothing but throw.
    public static SessionModel? Create(SessionBinding session, CancellationToken cancellationToken) => session.CanHaveOtherPart
        ? new(
            HintName.Create(session.Type, ".session"),
            SymbolModels.GetDisplayName(session.Type),
            SymbolModels.FullyQualify(session.Type),
            SymbolModels.GetNamespace(session.Type),
            SymbolModels.Declare(session.Type),
            session.Tokens.Where(token => CanBeImplemented(token.Property))
                .OrderBy(token => token.Token)
                .Select(token => Create(token, cancellationToken))
                .ToEquatableArray(),
            !session.IsValid,
            session.CanHaveMembers)
        : null;

    private static bool CanBeImplemented(IPropertySymbol property) =>
        property is { IsPartialDefinition: true, IsIndexer: false, PartialImplementationPart: null } && !property.Type.IsUnresolved();

    private static TokenPropertyModel Create(BoundToken token, CancellationToken cancellationToken)
    {
        // Both parts of a partial property have the same modifiers.
        var declaration = (PropertyDeclarationSyntax)token.Property.DeclaringSyntaxReferences[0].GetSyntax(cancellationToken);
        return new TokenPropertyModel(
            Identifier.Escape(token.Property.Name),
            Join(declaration.Modifiers),
            GetReference(token.Property.RefKind) + SymbolModels.FullyQualify(token.Property.Type),
            SymbolModels.FullyQualify(token.Property.Type.WithNullableAnnotation(NullableAnnotation.None)),
            token.Token,
            token.Property.NullableAnnotation == NullableAnnotation.Annotated,
            FindAccessor(declaration, isGetter: true),
            FindAccessor(declaration, isGetter: false));
    }

    // Only of a property that is wrong.
    private static string GetReference(RefKind kind) => kind switch
    {
        RefKind.Ref => "ref ",
        RefKind.RefReadOnly => "ref readonly ",
        _ => "",
    };

    private static string? FindAccessor(PropertyDeclarationSyntax declaration, bool isGetter) =>
        declaration.AccessorList?.Accessors.FirstOrDefault(each => each.IsKind(SyntaxKind.GetAccessorDeclaration) == isGetter) is { } accessor
            ? Join(accessor.Modifiers.Add(accessor.Keyword))
            : null;

    private static string Join(SyntaxTokenList tokens) => string.Join(" ", tokens.Select(token => token.ValueText));
}
