using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace LuoHandlers.Analyzers.Tests.RoslynTesting;

/// <summary>Puts what <see cref="Replace"/> gives in the place of a name; subclasses do it rightly and wrongly.</summary>
public abstract class ReplaceNameFix : CodeFixProvider
{
    public sealed override ImmutableArray<string> FixableDiagnosticIds => [LowerCaseAnalyzer.Id];

    public override FixAllProvider? GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public sealed override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            context.RegisterCodeFix(
                CodeAction.Create("Replace", token => ReplaceAsync(context.Document, context.Span, token), equivalenceKey: "Replace"),
                diagnostic);
        }
        return Task.CompletedTask;
    }

    protected abstract string Replace(string name);

    private async Task<Document> ReplaceAsync(Document document, TextSpan span, CancellationToken cancellationToken)
    {
        SourceText text = await document.GetTextAsync(cancellationToken);
        return document.WithText(text.Replace(span, Replace(text.ToString(span))));
    }
}
