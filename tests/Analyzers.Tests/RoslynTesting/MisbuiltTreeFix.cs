using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;

namespace LuoHandlers.Analyzers.Tests.RoslynTesting;

/// <summary>Writes the right text, but as one token that the parser would read as a token and two comments' worth of trivia.</summary>
public sealed class MisbuiltTreeFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds => [LowerCaseAnalyzer.Id];

    public override FixAllProvider? GetFixAllProvider() => null;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode root = (await context.Document.GetSyntaxRootAsync(context.CancellationToken))!;
        SyntaxToken name = root.FindToken(context.Span.Start);
        SyntaxToken misbuilt = SyntaxFactory.Identifier("Fixed : object").WithTriviaFrom(name);
        context.RegisterCodeFix(
            CodeAction.Create("Misbuild", _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceToken(name, misbuilt))), "Misbuild"),
            context.Diagnostics);
    }
}
