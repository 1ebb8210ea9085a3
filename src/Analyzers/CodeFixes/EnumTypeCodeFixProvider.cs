using System.Collections.Immutable;
using System.Composition;
using LuoHandlers.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LuoHandlers.CodeFixes;

/// <summary>LUO3004: writes the underlying type of an enum, which may be in another file than the state.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(EnumTypeCodeFixProvider))]
[Shared]
public sealed class EnumTypeCodeFixProvider : CodeFixProvider
{
    private const string EquivalenceKey = "EnumType";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.EnumWithoutType];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (await OtherPlace.FindAsync(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false) is not var (document, root, node)
                || node.FirstAncestorOrSelf<EnumDeclarationSyntax>() is not { BaseList: null } declaration)
            {
                continue;
            }
            context.RegisterCodeFix(
                CodeAction.Create(
                    $"Write 'enum {declaration.Identifier.ValueText} : int'",
                    _ => Task.FromResult(document.WithSyntaxRoot(root.ReplaceNode(declaration, AddType(declaration)))),
                    EquivalenceKey),
                diagnostic);
        }
    }

    private static EnumDeclarationSyntax AddType(EnumDeclarationSyntax declaration)
    {
        SyntaxToken identifier = declaration.Identifier;
        BaseListSyntax type = SyntaxFactory.BaseList(
            SyntaxFactory.Token(SyntaxKind.ColonToken).WithTrailingTrivia(SyntaxFactory.Space),
            SyntaxFactory.SingletonSeparatedList<BaseTypeSyntax>(SyntaxFactory.SimpleBaseType(SyntaxFactory.PredefinedType(SyntaxFactory.Token(SyntaxKind.IntKeyword)))));
        return declaration
            .WithIdentifier(identifier.WithTrailingTrivia(SyntaxFactory.Space))
            .WithBaseList(type.WithTrailingTrivia(identifier.TrailingTrivia));
    }
}
