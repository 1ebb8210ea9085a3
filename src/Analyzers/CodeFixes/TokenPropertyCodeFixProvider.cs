using System.Collections.Immutable;
using System.Composition;
using LuoHandlers.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LuoHandlers.CodeFixes;

/// <summary>LUO5001: declares a token property as the generator needs it: partial, of an instance, with both accessors.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TokenPropertyCodeFixProvider))]
[Shared]
public sealed class TokenPropertyCodeFixProvider : ReplaceNodeCodeFixProvider
{
    private static readonly AccessorListSyntax Accessors = ((PropertyDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration("int P { get; set; }")!).AccessorList!;

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.InvalidTokenProperty];

    private protected override string CreateTitle(ImmutableArray<SyntaxNode> nodes) =>
        $"Declare '{((PropertyDeclarationSyntax)nodes[0]).Identifier.ValueText}' partial, with 'get; set;'";

    // Code in accessors is not thrown away; and that the type is no file is not mended by this.
    private protected override IEnumerable<SyntaxNode> FindNodes(SyntaxNode root, Diagnostic diagnostic) =>
        root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<PropertyDeclarationSyntax>() is { ExpressionBody: null, Initializer: null, AccessorList: { } accessors } property
        && accessors.Accessors.All(accessor => accessor is { Body: null, ExpressionBody: null })
        && !IsRight(property)
            ? [property]
            : [];

    private protected override SyntaxNode Replace(SyntaxNode node, Diagnostic diagnostic)
    {
        PropertyDeclarationSyntax property = TypeModifiers.Without((PropertyDeclarationSyntax)node, SyntaxKind.StaticKeyword);
        if (!property.Modifiers.Any(SyntaxKind.PartialKeyword))
            property = TypeModifiers.WithPartial(property);
        return HasBoth(property) ? property : property.WithAccessorList(Accessors.WithTriviaFrom(property.AccessorList!));
    }

    private static bool IsRight(PropertyDeclarationSyntax property) =>
        property.Modifiers.Any(SyntaxKind.PartialKeyword) && !property.Modifiers.Any(SyntaxKind.StaticKeyword) && HasBoth(property);

    private static bool HasBoth(PropertyDeclarationSyntax property) => property.AccessorList!.Accessors.Count == 2;
}
