using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Options;
using Microsoft.CodeAnalysis.Simplification;
using Microsoft.CodeAnalysis.Text;

namespace LuoHandlers.CodeFixes;

/// <summary>Makes code that a fix wrote look like the file that it is in.</summary>
internal static class NewCode
{
    /// <summary>The line end of a file: that of its first line.</summary>
    public static string FindEndOfLine(SourceText text)
    {
        TextLine first = text.Lines[0];
        return first.EndIncludingLineBreak > first.End ? text.ToString(TextSpan.FromBounds(first.End, first.EndIncludingLineBreak)) : "\n";
    }

    /// <summary>A number as authors write it: without the suffix that a ulong would get.</summary>
    public static LiteralExpressionSyntax CreateNumber(ulong number) => SyntaxFactory.LiteralExpression(
        SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal(number.ToString(CultureInfo.InvariantCulture), number));

    /// <summary>Imports namespaces, shortens names and formats, wherever the annotations of the workspace ask for it.</summary>
    public static async Task<Document> FinishAsync(Document document, string endOfLine, CancellationToken cancellationToken)
    {
        document = await ImportAdder.AddImportsAsync(document, Simplifier.AddImportsAnnotation, cancellationToken: cancellationToken).ConfigureAwait(false);
        document = await Simplifier.ReduceAsync(document, Simplifier.Annotation, cancellationToken: cancellationToken).ConfigureAwait(false);
        OptionSet options = await document.GetOptionsAsync(cancellationToken).ConfigureAwait(false);
        options = options.WithChangedOption(FormattingOptions.NewLine, document.Project.Language, endOfLine);
        document = await Formatter.FormatAsync(document, Formatter.Annotation, options, cancellationToken).ConfigureAwait(false);
        return await WithoutFormattingAsync(document, cancellationToken).ConfigureAwait(false);
    }

    // Whoever applies the fix formats again what is still marked, with the line ends of the machine instead of the file's.
    private static async Task<Document> WithoutFormattingAsync(Document document, CancellationToken cancellationToken)
    {
        if (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root)
            return document;
        var marked = root.GetAnnotatedNodesAndTokens(Formatter.Annotation).ToImmutableArray();
        return document.WithSyntaxRoot(root.ReplaceSyntax(
            marked.Where(item => item.IsNode).Select(item => item.AsNode()!),
            (_, node) => node.WithoutAnnotations(Formatter.Annotation),
            marked.Where(item => item.IsToken).Select(item => item.AsToken()),
            (_, token) => token.WithoutAnnotations(Formatter.Annotation),
            [],
            (trivia, _) => trivia));
    }
}
