using System.Collections.Immutable;
using System.Composition;
using LuoHandlers.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LuoHandlers.CodeFixes;

/// <summary>LUO3004: writes the underlying type of an enum, which may be in another file than the state.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(EnumTypeCodeFixProvider))]
[Shared]
public sealed class EnumTypeCodeFixProvider : ReplaceOtherNodeCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.EnumWithoutType];

    private protected override string CreateTitle(SyntaxNode node) => $"Write 'enum {((EnumDeclarationSyntax)node).Identifier.ValueText} : int'";

    private protected override SyntaxNode? FindNode(SyntaxNode place) =>
        place.FirstAncestorOrSelf<EnumDeclarationSyntax>() is { BaseList: null } declaration ? declaration : null;

    private protected override SyntaxNode Replace(SyntaxNode node)
    {
        var declaration = (EnumDeclarationSyntax)node;
        SyntaxToken identifier = declaration.Identifier;
        BaseListSyntax type = SyntaxFactory.BaseList(
            SyntaxFactory.Token(SyntaxKind.ColonToken).WithTrailingTrivia(SyntaxFactory.Space),
            SyntaxFactory.SingletonSeparatedList<BaseTypeSyntax>(SyntaxFactory.SimpleBaseType(SyntaxFactory.PredefinedType(SyntaxFactory.Token(SyntaxKind.IntKeyword)))));
        return declaration
            .WithIdentifier(identifier.WithTrailingTrivia(SyntaxFactory.Space))
            .WithBaseList(type.WithTrailingTrivia(identifier.TrailingTrivia));
    }
}
