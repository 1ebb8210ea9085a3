using System.Collections.Immutable;
using System.Composition;
using LuoHandlers.Analyzers;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LuoHandlers.CodeFixes;

/// <summary>LUO5002: gives a property a token that its session does not use.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RenumberTokenCodeFixProvider))]
[Shared]
public sealed class RenumberTokenCodeFixProvider : RenumberCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.TokenUsedTwice];

    private protected override ExpressionSyntax? FindToken(SyntaxNode root, Diagnostic diagnostic) =>
        (root.FindNode(diagnostic.Location.SourceSpan) as AttributeArgumentSyntax)?.Expression;

    // The class, which may have more than one part.
    private protected override object? FindScope(ExpressionSyntax token, SemanticModel model, CancellationToken cancellationToken) =>
        token.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } declaration ? model.GetDeclaredSymbol(declaration, cancellationToken) : null;

    private protected override IEnumerable<ulong> FindUsed(object scope, SemanticModel model, CancellationToken cancellationToken) =>
        SessionBinder.Bind((INamedTypeSymbol)scope, cancellationToken).Tokens.Select(token => token.Token);
}
