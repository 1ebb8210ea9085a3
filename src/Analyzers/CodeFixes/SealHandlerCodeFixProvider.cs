using System.Collections.Immutable;
using System.Composition;
using LuoHandlers.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LuoHandlers.CodeFixes;

/// <summary>LUO1010: seals a handler.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SealHandlerCodeFixProvider))]
[Shared]
public sealed class SealHandlerCodeFixProvider : CodeFixProvider
{
    private const string EquivalenceKey = "Seal";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.NotSealed];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(
        static async (context, document, diagnostics) => await FixAsync(document, diagnostics, context.CancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root)
            return;
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (FindDeclaration(root, diagnostic) is not { } declaration)
                continue;
            context.RegisterCodeFix(
                CodeAction.Create(
                    $"Seal '{declaration.Identifier.ValueText}'",
                    cancellationToken => FixAsync(context.Document, [diagnostic], cancellationToken),
                    EquivalenceKey),
                diagnostic);
        }
    }

    private static async Task<Document> FixAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        if (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root)
            return document;
        IEnumerable<TypeDeclarationSyntax> declarations = diagnostics.Select(diagnostic => FindDeclaration(root, diagnostic)).OfType<TypeDeclarationSyntax>().Distinct();
        return document.WithSyntaxRoot(root.ReplaceNodes(declarations, static (_, declaration) => Seal(declaration)));
    }

    private static TypeDeclarationSyntax? FindDeclaration(SyntaxNode root, Diagnostic diagnostic) =>
        root.FindNode(diagnostic.Location.SourceSpan) is TypeDeclarationSyntax declaration and (ClassDeclarationSyntax or RecordDeclarationSyntax)
        && !declaration.Modifiers.Any(SyntaxKind.SealedKeyword)
            ? declaration
            : null;

    // After the accessibility, before all else. Without one, what stands before the first word (comments, indentation) belongs before it.
    private static TypeDeclarationSyntax Seal(TypeDeclarationSyntax declaration)
    {
        SyntaxToken keyword = SyntaxFactory.Token(SyntaxKind.SealedKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        SyntaxTokenList modifiers = declaration.Modifiers;
        int index = modifiers.TakeWhile(modifier => SyntaxFacts.IsAccessibilityModifier(modifier.Kind())).Count();
        if (index > 0)
            return declaration.WithModifiers(modifiers.Insert(index, keyword));
        if (modifiers.Count > 0)
        {
            SyntaxToken first = modifiers[0];
            modifiers = modifiers.Replace(first, first.WithLeadingTrivia()).Insert(0, keyword.WithLeadingTrivia(first.LeadingTrivia));
            return declaration.WithModifiers(modifiers);
        }
        return declaration
            .WithModifiers(SyntaxFactory.TokenList(keyword.WithLeadingTrivia(declaration.Keyword.LeadingTrivia)))
            .WithKeyword(declaration.Keyword.WithLeadingTrivia());
    }
}
