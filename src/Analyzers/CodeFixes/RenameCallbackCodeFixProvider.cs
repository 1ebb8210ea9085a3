using System.Collections.Immutable;
using System.Composition;
using LuoHandlers.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Rename;

namespace LuoHandlers.CodeFixes;

/// <summary>LUO2012: gives a method the name of the callback that it looks like, here and wherever else it is mentioned.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RenameCallbackCodeFixProvider))]
[Shared]
public sealed class RenameCallbackCodeFixProvider : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.LookAlike];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root)
            return;
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (root.FindNode(diagnostic.Location.SourceSpan) is not MethodDeclarationSyntax declaration
                || !diagnostic.Properties.TryGetValue(LookAlikeAnalyzer.NameProperty, out string? name))
            {
                continue;
            }
            context.RegisterCodeFix(
                CodeAction.Create($"Name it '{name}'", cancellationToken => RenameAsync(context.Document, declaration, name!, cancellationToken), GetType().Name),
                diagnostic);
        }
    }

    private static async Task<Solution> RenameAsync(Document document, MethodDeclarationSyntax declaration, string name, CancellationToken cancellationToken)
    {
        Solution solution = document.Project.Solution;
        return await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is { } model
            && model.GetDeclaredSymbol(declaration, cancellationToken) is { } method
            ? await Renamer.RenameSymbolAsync(solution, method, default, name, cancellationToken).ConfigureAwait(false)
            : solution;
    }
}
