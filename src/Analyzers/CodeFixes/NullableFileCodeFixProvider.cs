using System.Collections.Immutable;
using System.Composition;
using LuoHandlers.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LuoHandlers.CodeFixes;

/// <summary>LUO2009: lets the file be null, and calls its methods only if it is not. Where its values are needed, the compiler asks for the test.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NullableFileCodeFixProvider))]
[Shared]
public sealed class NullableFileCodeFixProvider : ReplaceNodeCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.FileNotNullable];

    private protected override string CreateTitle(ImmutableArray<SyntaxNode> nodes) => "Let the file be null";

    private protected override IEnumerable<SyntaxNode> FindNodes(SyntaxNode root, Diagnostic diagnostic)
    {
        if (root.FindNode(diagnostic.Location.SourceSpan) is not ParameterSyntax { Type: { } type, Identifier.ValueText: var name, Parent.Parent: MethodDeclarationSyntax method })
            yield break;
        yield return type;
        foreach (InvocationExpressionSyntax call in method.DescendantNodes().OfType<InvocationExpressionSyntax>())
        {
            if (NullableCall.IsOptional(call) && call is { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: var receiver } } } && receiver == name)
                yield return call;
        }
    }

    private protected override SyntaxNode Replace(SyntaxNode node, Diagnostic diagnostic) =>
        node is TypeSyntax type ? SyntaxFactory.NullableType(type.WithoutTrivia()) : NullableCall.Create((InvocationExpressionSyntax)node);
}
