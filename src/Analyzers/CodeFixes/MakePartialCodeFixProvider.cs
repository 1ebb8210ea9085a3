using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LuoHandlers.CodeFixes;

/// <summary>LUO1001: makes a type, and those it is nested in, partial.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakePartialCodeFixProvider))]
[Shared]
public sealed class MakePartialCodeFixProvider : ReplaceNodeCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Analyzers.RuleIds.NotPartial];

    private protected override string CreateTitle(ImmutableArray<SyntaxNode> nodes) =>
        $"Make {string.Join(" and ", nodes.Reverse().Cast<TypeDeclarationSyntax>().Select(declaration => $"'{declaration.Identifier.ValueText}'"))} partial";

    // From the inside out. A type with several declarations may be reported at one that is partial already, in another file.
    private protected override IEnumerable<SyntaxNode> FindNodes(SyntaxNode root, Diagnostic diagnostic) =>
        root.FindNode(diagnostic.Location.SourceSpan)
            .AncestorsAndSelf()
            .OfType<TypeDeclarationSyntax>()
            .Where(declaration => !declaration.Modifiers.Any(SyntaxKind.PartialKeyword));

    private protected override SyntaxNode Replace(SyntaxNode node, Diagnostic diagnostic) => TypeModifiers.WithPartial((TypeDeclarationSyntax)node);
}
