using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LuoHandlers.Analyzers.Tests.RoslynTesting;

/// <summary>Offered on the name of a class that begins with a small letter: a large one, or another name as well.</summary>
public sealed class CapitalizeRefactoring : CodeRefactoringProvider
{
    public override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        SyntaxNode root = (await context.Document.GetSyntaxRootAsync(context.CancellationToken))!;
        if (root.FindToken(context.Span.Start) is not { Parent: ClassDeclarationSyntax } name || !name.IsKind(SyntaxKind.IdentifierToken) || char.IsUpper(name.ValueText[0]))
            return;
        context.RegisterRefactoring(CodeAction.Create(
            "Rename",
            [Rename("Capitalize", char.ToUpperInvariant(name.ValueText[0]) + name.ValueText[1..]), Rename("Call it Other", "Other")],
            isInlinable: false));

        CodeAction Rename(string title, string text) => CodeAction.Create(
            title,
            _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceToken(name, SyntaxFactory.Identifier(name.LeadingTrivia, text, name.TrailingTrivia)))),
            title);
    }
}
