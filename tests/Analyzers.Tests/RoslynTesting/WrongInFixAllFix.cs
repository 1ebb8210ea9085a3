using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace LuoHandlers.Analyzers.Tests.RoslynTesting;

/// <summary>Right for one diagnostic, but Fix All adds something.</summary>
public sealed class WrongInFixAllFix : ReplaceNameFix
{
    public override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(AppendAsync);

    protected override string Replace(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    private async Task<Document?> AppendAsync(FixAllContext context, Document document, ImmutableArray<Diagnostic> diagnostics)
    {
        SourceText text = await document.GetTextAsync(context.CancellationToken);
        text = text.WithChanges(diagnostics.Select(diagnostic =>
            new TextChange(diagnostic.Location.SourceSpan, Replace(text.ToString(diagnostic.Location.SourceSpan)))));
        return document.WithText(text.Replace(text.Length, 0, "// Fix All was here."));
    }
}
